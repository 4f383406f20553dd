"""The post box: how mails come in without a provider's webhook: handed in by a mail server, or read in a mailbox."""
