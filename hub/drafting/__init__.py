"""Drafting: an agent's answer is seen while it is written. Nothing of it is stored."""
