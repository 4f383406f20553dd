"""Consent: what people have said of being written to, and the addresses to which nothing goes any more."""
