"""The check of the room before a meeting: one button, one list, for who leads it."""
