"""People: whoever the account talks with, by whatever they are known, from the first sight of them to a customer."""
