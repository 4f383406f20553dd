"""Sockets: what a client may ask over one, and what is done around every question."""
