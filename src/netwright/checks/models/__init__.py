"""What only the whole model shows: one diagnostic per file."""
