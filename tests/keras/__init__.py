"""What asks Keras."""
