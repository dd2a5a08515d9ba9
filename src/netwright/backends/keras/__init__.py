"""Keras: the one door to TensorFlow. Importing anything here is cheap; `keras` is imported inside functions only."""
