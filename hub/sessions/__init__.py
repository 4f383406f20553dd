"""Sessions: signing in, staying so, and what a caller may do at this moment."""
