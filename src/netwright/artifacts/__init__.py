"""What `compile` leaves on disk: how it gets there whole, what its manifest says, and whether that is so.

Nothing here needs TensorFlow.
"""
