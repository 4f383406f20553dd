"""Threads: the conversation of one person with the account, as one log that orders everything."""
