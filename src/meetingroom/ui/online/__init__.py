"""The day of an online meeting, for who leads it: reminder and checklist."""
