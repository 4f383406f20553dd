"""Sending: the one gate in front of every message, and the way to the provider behind it."""
