"""What needs no TensorFlow."""
