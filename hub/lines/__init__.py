"""Lines: the numbers, mailboxes and sites that an account is reached at: a provider's channel, with credentials."""
