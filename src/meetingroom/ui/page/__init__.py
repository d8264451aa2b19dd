"""A page under glass: pixels, marks and the pen."""
