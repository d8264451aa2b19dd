"""What one can do: prepare, issue, read, mark, lead, follow, collect."""
