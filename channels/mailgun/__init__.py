"""Mailgun: e-mail by its HTTP API, its webhooks and its routes."""
