"""Minds: which models an account has, and for what."""
