"""Transcribing: what people say aloud is written down by a model, where the account has one for it."""
