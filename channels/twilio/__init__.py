"""Twilio: SMS, MMS and WhatsApp over one wire. How a line of it is connected: docs/channels/twilio.md."""
