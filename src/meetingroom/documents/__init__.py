"""How paper becomes pixels and words."""
