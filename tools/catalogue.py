"""The catalogue of everything that goes over sockets: docs/live-events.md."""

import inspect
from collections.abc import Sequence
from types import NoneType

from hub.audiences import Namespace
from hub.bus import Event
from hub.sockets.ask import Ask
from tools.live_types import NAMESPACES, Live, answer_of, asks_of, events_of, live
from tools.typescript import Schema, written

HEAD = """# Events and asks

Everything that goes over sockets, made by `make types` from the declarations; a test fails when the two differ.
[live.md](live.md) says how to connect, and what a client does with all this. Types are written as in TypeScript; those
that the HTTP API has as well stand in `/api/openapi.json`, the others at [the end](#shapes).

Every event has `account`, `thread` (empty where it is about no conversation) and `rev`.
"""
EVERY_EVENTS = ("account", "thread", "rev")


def catalogue() -> str:
    """The whole page."""
    found = live()
    parts = [HEAD, *(part for namespace in NAMESPACES for part in of_namespace(namespace, found)), shapes(found)]
    return "\n".join(part for part in parts if part)


def of_namespace(namespace: Namespace, found: Live) -> list[str]:
    """What is told and asked there; nothing of one where nothing is."""
    told = [event_section(event, found) for event in events_of(namespace)]
    asked = [ask_section(ask, found) for ask in asks_of(namespace)]
    events = [f"## Told in `{namespace}`\n", *told] if told else []
    return [*events, *([f"## Asked in `{namespace}`\n", overview(namespace), *asked] if asked else [])]


def overview(namespace: Namespace) -> str:
    """What each is for, who may, and how much of the budget it takes."""
    rows = [f"| `{ask.name}` | {ask.summary} | `{ask.permission}` | {ask.weight} |" for ask in asks_of(namespace)]
    return "\n".join(["| ask | what for | permission | weight |", "|---|---|---|---|", *rows, ""])


def event_section(event: type[Event], found: Live) -> str:
    """One event: what it says, and who hears it."""
    fields = found.named[event.__name__]["properties"]
    own = {name: schema for name, schema in fields.items() if name not in EVERY_EVENTS}
    return f"### `{event.name()}`\n\n{words(event)}\n{table(own, [*own])}"


def ask_section(ask: Ask, found: Live) -> str:
    """One ask: what it does, what it takes, what it answers."""
    body = found.named[ask.body.__name__]
    answer = "null" if ask.answer is NoneType else code(answer_of(ask, found))
    rows = table(body["properties"], body.get("required", []))
    return f"### `{ask.name}`\n\n{words(ask.handler)} The answer is {answer}.\n{rows}"


def shapes(found: Live) -> str:
    """Those that only sockets have: not the events and bodies, which stand above."""
    above = {event.__name__ for one in NAMESPACES for event in events_of(one)}
    above |= {ask.body.__name__ for one in NAMESPACES for ask in asks_of(one)}
    own = sorted(found.named.keys() - found.shared - above)
    return "\n".join(["## Shapes\n", *(shape(name, found.named[name]) for name in own)])


def shape(name: str, schema: Schema) -> str:
    """One of them."""
    about = f"{' '.join(schema.get('description', '').split())}\n" if "description" in schema else ""
    if "properties" not in schema:
        return f"### {name}\n\n{about}\n{code(written(schema))}\n"
    return f"### {name}\n\n{about}{table(schema['properties'], schema.get('required', []))}"


def table(fields: dict[str, Schema], required: Sequence[str]) -> str:
    """The fields; those with a question mark may be left out."""
    if not fields:
        return ""
    rows = [f"| `{name}{'' if name in required else '?'}` | {code(written(one))} |" for name, one in fields.items()]
    return "\n".join(["", "| field | type |", "|---|---|", *rows, ""])


def code(type: str) -> str:
    """A type within a table."""
    return f"`{type}`".replace("|", "\\|")


def words(of: object) -> str:
    """Its docstring in one line."""
    return " ".join((inspect.getdoc(of) or "").split())
