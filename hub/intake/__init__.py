"""Intake: the ledger of what providers have sent, stored before anything is answered, and what becomes of it."""
