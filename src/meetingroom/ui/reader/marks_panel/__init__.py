"""All marks of a page, a paper or the meeting: found, answered, shared, taken away."""
