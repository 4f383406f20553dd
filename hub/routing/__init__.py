"""Routing: who gets a conversation that nobody owns. It acts on what happens, and waits where nobody is there."""
