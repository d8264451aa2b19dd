"""What the office receives: the online meeting in a letter."""
