"""Vonage: SMS and MMS over its Messages API. How a line of it is connected: docs/channels/vonage.md."""
