"""Letterheads: what goes around the words of a mail of ours."""
