"""Twilio, as far as a line needs it: messages, files, numbers, a service and senders, on the wire that Twilio speaks.

async with running_twilio(now=clock.now) as twilio:
    twilio.connect(NUMBER, webhook=f"{ORIGIN}/in/{line_id}", client=hub.client)
    await twilio.say("+447700900123", NUMBER, "Hello")
    twilio.mood("refuse", code="21610")
"""

from tests.fakes.twilio.provider import Sent, Told, Twilio
from tests.fakes.twilio.running import running_twilio
from tests.fakes.twilio.signing import signature

__all__ = ["Sent", "Told", "Twilio", "running_twilio", "signature"]
