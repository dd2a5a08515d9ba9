"""What turns a checked model into one that runs."""
