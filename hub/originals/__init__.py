"""Originals: a mail as it came, whole, and harmless to look at."""
