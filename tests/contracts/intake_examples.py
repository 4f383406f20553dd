"""Requests about what providers send that succeed, and the requests of providers themselves."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import msgspec

from hub.intake import ledger
from hub.intake.replaying import replay_range
from hub.intake.repository import REPLAYS
from hub.intake.shapes import ReplayWanted
from hub.lines.actions import get_line
from hub.lines.shapes import LineShown
from hub.store.ids import new_id
from tests.contracts.companies import Person
from tests.contracts.core import a_phone, line_wanted, make_line
from tests.contracts.matrix import Example, Maker
from tests.fakes.mailgun.signing import signed as mailgun_signed
from tests.fakes.sandbox import signed
from tests.hub.intake.webhooks import hook_to


async def an_event(person: Person) -> Example:
    """Somebody writes. The address of a webhook is the same for everybody who knows it."""
    line = await make_line(person.company)
    body = {"events": [message(person)]}
    return Example(
        path={"line_id": line.id}, body=body, headers=headers(person, msgspec.json.encode(body)),
        words=frozenset({"line_id"}),
    )  # fmt: skip


async def an_event_with_a_mail(person: Person) -> Example:
    """A provider of mail tells something."""
    values = {"api_key": "key", "signing_key": f"secret of {person.company.word}"}
    line = await make_line(person.company, "mailgun_email", address=person.company.email(), values=values)
    told = {"event": "accepted", "id": new_id(person.deps.clock.now())}
    body = {"signature": mailgun_signed(person.deps.clock.now(), values["signing_key"]), "event-data": told}
    return Example(path={"line_id": line.id}, body=body, words=frozenset({"line_id"}))


async def a_check(person: Person) -> Example:
    """Somebody looks whether the address is right."""
    return Example(path={"line_id": (await make_line(person.company)).id}, words=frozenset({"line_id"}))


def message(person: Person) -> dict[str, Any]:
    """Somebody writes something that is the company's own."""
    now = person.deps.clock.now()
    return {
        "type": "message",
        "id": new_id(now),
        "from": a_phone(),
        "at": now.isoformat(),
        "name": person.company.name(),
        "text": person.company.name(),
    }


def headers(person: Person, body: bytes) -> dict[str, str]:
    """As the sandbox signs it for lines of the company."""
    secret = line_wanted(person.company)["values"]["webhook_secret"]
    return signed(body, person.deps.clock.now(), secret)


async def take_event(person: Person) -> tuple[LineShown, str]:
    """A line, and the id of an event that came on it and was taken in."""
    deps, line = person.deps, await make_line(person.company)
    body = msgspec.json.encode({"events": [message(person)]})
    stored = await get_line(deps, person.company.account, line.id)
    event = await ledger.take(deps, stored, hook_to(deps, stored, body, headers(person, body)))
    assert event
    await ledger.process(deps, event)
    await deps.background.settle()
    return line, event.id


async def an_entry(person: Person) -> Example:
    """An event of the ledger."""
    _, event = await take_event(person)
    return Example(path={"event_id": event}, owned=frozenset({"event_id"}))


async def a_page(person: Person) -> Example:
    """What came on a line."""
    line, _ = await take_event(person)
    return Example(query={"line": line.id})


async def a_range(person: Person) -> Example:
    """What came on a line within a day, where no other replay is running."""
    line, _ = await take_event(person)
    running = {"account": person.company.account, "ended_at": {"$exists": False}}
    await person.deps.mongo[REPLAYS].update_all(running, {"$set": {"ended_at": person.deps.clock.now()}})
    now = person.deps.clock.now()
    times = {"since": (now - timedelta(days=1)).isoformat(), "until": (now + timedelta(days=1)).isoformat()}
    return Example(body={"line_id": line.id, **times}, owned=frozenset({"line_id"}))


async def a_replay(person: Person) -> Example:
    """One that was asked for."""
    wanted = msgspec.convert((await a_range(person)).body, ReplayWanted)
    made = await replay_range(person.company.act(), wanted)
    return Example(path={"replay_id": made.id}, owned=frozenset({"replay_id"}))


EXAMPLES: Mapping[str, Maker] = {
    "receive_event": an_event,
    "receive_mail": an_event_with_a_mail,
    "check_webhook": a_check,
    "list_intake": a_page,
    "show_intake": an_entry,
    "replay_intake": an_entry,
    "replay_intake_range": a_range,
    "show_replay": a_replay,
}
