"""Logins: one e-mail address and how it proves itself. They know nothing of accounts."""
