"""What a stage noticed, put into words: one kind of fault per file."""
