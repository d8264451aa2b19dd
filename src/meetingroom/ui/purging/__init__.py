"""Withdrawing a paper for good, and what every computer says of it: for who leads a meeting."""
