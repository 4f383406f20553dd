"""Merging: two people who are one become one, and two again when they were not."""
