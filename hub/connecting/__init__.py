"""Connecting: getting a line to work, with its provider: a test message, a guided check, the webhook set by us."""
