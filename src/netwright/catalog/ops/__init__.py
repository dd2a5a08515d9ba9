"""The functions of `keras.ops`, one family per file."""
