"""The room display."""
