"""Unsubscribing: the link in every mail that a machine has written of its own accord, by which one click ends them."""
