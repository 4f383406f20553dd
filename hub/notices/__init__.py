"""Notices: what has happened that a member should know of, and how they are told."""
