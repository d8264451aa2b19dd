"""What the room sees, painted at any size: on the display, and small on the console."""
