"""What several layers share: window arithmetic, and abstract layers with common arguments. Nothing here is a layer."""
