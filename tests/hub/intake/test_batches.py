"""R4 at its largest: one webhook with as much as a provider may put into one, told to two processes at once."""

import asyncio
from collections.abc import AsyncIterator

import msgspec
import pytest

from hub.lines.models import Line
from hub.settings import Settings
from hub.threads import log
from hub.threads.repository import list_after
from tests.clock import VirtualClock
from tests.fakes.meta import Number, RunningMeta, running_meta, signed
from tests.fakes.meta.people import Person
from tests.hub.intake.webhooks import ledger_of
from tests.hub.lines.connected import connect
from tests.hubs import Hub, running_hub

MESSAGES = 1000
PEOPLE = [Person(f"US.{n:020}", f"120255501{n:02}") for n in range(50)]


@pytest.fixture
async def meta(clock: VirtualClock) -> AsyncIterator[RunningMeta]:
    """The provider."""
    async with running_meta(now=clock.now) as meta:
        yield meta


@pytest.fixture
async def hubs(settings: Settings, clock: VirtualClock) -> AsyncIterator[list[Hub]]:
    """Two processes' worth of hub, on the same servers."""
    async with running_hub(settings, clock=clock) as one, running_hub(settings, clock=clock) as other:
        yield [one, other]


async def connected(hub: Hub, meta: RunningMeta, number: Number) -> Line:
    """A line of the hub for the number."""
    values = {"phone_number_id": number.id, "waba_id": number.account, "app_secret": meta.secret}
    values |= {"access_token": meta.token, "verify_token": meta.verify_token}
    return await connect(hub.deps, "meta_whatsapp", address=f"+{number.shown}", values=values)


async def batch(meta: RunningMeta, number: Number) -> bytes:
    """All that these people have written, in turn, in one webhook."""
    meta.mood("batch", count=MESSAGES)
    for n in range(MESSAGES):
        await meta.say(PEOPLE[n % len(PEOPLE)], number.id, f"{n:04}")
    (told,) = meta.webhooks[number.account].told
    return msgspec.json.encode(told.body)


async def logs(hub: Hub) -> list[list[str]]:
    """What stands in each conversation, in order."""
    deps = hub.deps
    found = await deps.mongo["threads"].find({"account": "acme"}, limit=MESSAGES)
    entries = [await list_after(deps.mongo, "acme", thread["_id"], 0, limit=MESSAGES) for thread in found]
    return [[(await log.opened(deps, entry)).text for entry in one if entry.content] for one in entries]


@pytest.mark.slow
async def test_a_thousand_messages_of_fifty_people_told_twice_are_there_once_and_in_order(
    hubs: list[Hub], meta: RunningMeta
) -> None:
    number = meta.connect("12025550142")
    line = await connected(hubs[0], meta, number)
    body = await batch(meta, number)

    headers = signed(body, meta.secret)
    answers = await asyncio.gather(*(hub.client.post(f"/in/{line.id}", content=body, headers=headers) for hub in hubs))
    await asyncio.gather(*(hub.deps.background.settle() for hub in hubs))

    (event,) = await ledger_of(hubs[0].deps)
    expected = [[f"{n:04}" for n in range(first, MESSAGES, len(PEOPLE))] for first in range(len(PEOPLE))]
    assert ([answer.status_code for answer in answers], event.repeats, event.failed) == ([200, 200], 1, [])
    assert sorted(await logs(hubs[0])) == expected
