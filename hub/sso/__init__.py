"""Signing in by the provider of an account: OpenID Connect, and the proof that an account owns its domains."""
