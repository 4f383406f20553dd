"""Fetching: what people send beside words is brought from their provider, and kept as files of the conversation."""
