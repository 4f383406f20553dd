"""SendGrid: e-mail by its Web API, version 3, its event webhook and its Inbound Parse."""
