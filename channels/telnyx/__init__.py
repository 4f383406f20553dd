"""Telnyx: SMS and MMS over its messaging API. How a line of it is connected: docs/channels/telnyx.md."""
