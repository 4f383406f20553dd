"""The audit log: who did what, on what, from where, before and after; chained, so that tampering shows."""
