"""The hook, through the real pre-commit."""
