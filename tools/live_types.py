"""What is told and asked over sockets, in TypeScript: web/shared/events.ts."""

import re
from collections.abc import Sequence
from types import NoneType
from typing import Any, NamedTuple

import msgspec

from hub.audiences import Namespace
from hub.bus import Event
from hub.http.openapi import REF, document
from hub.rooms import HOUSE
from hub.sockets.ask import Ask
from tools.typescript import HEAD, Schema, declaration, written

NAMESPACES: tuple[Namespace, ...] = ("/inbox", "/widget")


class Live(NamedTuple):
    """The schemas of everything that goes over sockets: of each event and ask, and of the shapes that they name."""

    of: dict[str, Schema]
    named: dict[str, Schema]
    # Those of them that the API has, too.
    shared: frozenset[str]


def live() -> Live:
    """As the rooms declare it."""
    types = [*HOUSE.events, *(type for ask in HOUSE.asks for type in types_of(ask))]
    schemas, named = msgspec.json.schema_components(types, ref_template=REF)
    for event in HOUSE.events:
        # Whoever makes one may leave something out; whoever gets one finds all of it.
        named[event.__name__]["required"] = [*named[event.__name__]["properties"]]
    api = document(HOUSE.endpoints, "")["components"]["schemas"]
    shared = frozenset(named.keys() & api.keys())
    # The one would be written in the place of the other.
    if alike := sorted(name for name in shared if named[name] != api[name]):
        raise TypeError(f"two shapes are called {', '.join(alike)}: one in the API, the other over sockets")
    return Live(dict(zip(map(repr, types), schemas, strict=True)), named, shared)


def types_of(ask: Ask) -> list[Any]:
    """The body and the answer, where there is one."""
    return [ask.body] if ask.answer is NoneType else [ask.body, ask.answer]


def events_of(namespace: Namespace) -> Sequence[type[Event]]:
    """What is told there, by name."""
    return sorted((event for event in HOUSE.events if event.namespace == namespace), key=lambda event: event.name())


def asks_of(namespace: Namespace) -> Sequence[Ask]:
    """What can be asked there, by name."""
    return sorted((ask for ask in HOUSE.asks if ask.namespace == namespace), key=lambda ask: ask.name)


def types() -> str:
    """The whole file."""
    found = live()
    shapes = [declaration(name, found.named[name]) for name in sorted(found.named.keys() - found.shared)]
    body = "\n".join([*shapes, *(part for one in NAMESPACES for part in (events_map(one), asks_map(one, found)))])
    used = sorted(name for name in found.shared if re.search(rf"\b{name}\b", body))
    return f"{HEAD}\n{imported(used)}{body}"


def imported(names: Sequence[str]) -> str:
    """What stands in the API's file."""
    return f'import type {{\n{"".join(f"  {name},{chr(10)}" for name in names)}}} from "./api";\n\n' if names else ""


def events_map(namespace: Namespace) -> str:
    """From the name of each event to who hears it."""
    lines = "".join(f"  {event.name()}: (told: {event.__name__}) => void;\n" for event in events_of(namespace))
    return interface(f"{title(namespace)}Events", f"What is told in `{namespace}`.", lines)


def asks_map(namespace: Namespace, found: Live) -> str:
    """From the name of each ask to its body and its answer."""
    lines = "".join(
        f"  {ask.name}: {{ body: {written(found.of[repr(ask.body)])}; answer: {answer_of(ask, found)} }};\n"
        for ask in asks_of(namespace)
    )
    return interface(f"{title(namespace)}Asks", f"What can be asked in `{namespace}`, and what is answered.", lines)


def answer_of(ask: Ask, found: Live) -> str:
    """Its type; null where there is nothing to say."""
    return "null" if ask.answer is NoneType else written(found.of[repr(ask.answer)])


def interface(name: str, comment: str, lines: str) -> str:
    """One exported map."""
    return f"/** {comment} */\nexport interface {name} {{\n{lines}}}\n"


def title(namespace: Namespace) -> str:
    """As types are named: `/inbox` is `Inbox`."""
    return namespace.removeprefix("/").title()
