"""Channels: one folder a provider. They know their provider's wire and nothing of the hub."""
