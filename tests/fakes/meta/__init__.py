"""Meta's WhatsApp Cloud API as a server that a test or a person can order about: numbers, people who write to them,
templates that are looked at, and all that was sent.

async with running_meta(now=clock.now) as meta:
    number = meta.connect("12025550142", webhook=f"{ORIGIN}/in/{line_id}", client=hub.client)
    await meta.say(ASHA, number.id, "Hello")
    meta.mood("refuse", code="130429", times=1)
"""

from tests.fakes.meta.people import ASHA, RAVI, Person
from tests.fakes.meta.provider import Meta, Number, Sent
from tests.fakes.meta.running import RunningMeta, running_meta
from tests.fakes.meta.signing import signed
from tests.fakes.meta.templates import Template

__all__ = ["ASHA", "RAVI", "Meta", "Number", "Person", "RunningMeta", "Sent", "Template", "running_meta", "signed"]
