"""The chair's console."""
