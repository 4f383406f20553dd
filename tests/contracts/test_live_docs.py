"""What goes over sockets is written down, in the words of its declarations: for people, and for the front end."""

import re
from collections.abc import Callable

import pytest

from hub.bus import Event
from hub.rooms import HOUSE
from hub.running.websockets import MOST_WAITING
from hub.sockets import budget, connection, engine, places, serving
from hub.sockets.engine import Code
from hub.sockets.guest import Colleagues
from hub.visiting.guests import Visitors
from tests.contracts.source import ROOT
from tools.made import MADE

GUIDE = (ROOT / "docs/live.md").read_text()
CODES = {name: code for name, code in vars(Code).items() if name.isupper()}


@pytest.mark.parametrize(("name", "make"), MADE.items(), ids=[*MADE])
def test_what_is_made_from_the_declarations_is_what_they_make(name: str, make: Callable[[], str]) -> None:
    assert (ROOT / name).read_text() == make(), "run `make types`"


def test_events_have_names_of_their_own() -> None:
    names = [event.name() for event in HOUSE.events]

    assert len(set(names)) == len(names)


def test_asks_have_names_of_their_own_in_their_namespace() -> None:
    names = [(ask.namespace, ask.name) for ask in HOUSE.asks]

    assert len(set(names)) == len(names)


@pytest.mark.parametrize("event", HOUSE.events, ids=lambda event: event.name())
def test_every_event_says_who_hears_it(event: type[Event]) -> None:
    assert re.search(r"\bhears?\b", event.__doc__ or "")


@pytest.mark.parametrize("code", CODES.values(), ids=[*CODES])
def test_every_code_has_a_way_on(code: int) -> None:
    assert re.search(rf"^\| {code} \| [^|]+ \| [^|]+ \|$", GUIDE, re.MULTILINE)


def test_our_client_knows_every_code() -> None:
    client = (ROOT / "web/shared/live/pauses.ts").read_text()

    assert {*map(int, re.findall(r"\b4\d{3}\b", client))} == {*CODES.values()}


@pytest.mark.parametrize(
    "said",
    [
        f"{engine.FRAME_BYTES // 1024} kB. A longer message",
        f"{budget.PER_S:.0f} a second come back, up to {budget.MOST:.0f}.",
        f"{budget.CALLER_PER_S:.0f} a second, up to {budget.MOST_OF_CALLER:.0f}, and those of an account",
        f"one of {budget.ACCOUNT_PER_S:.0f} a second, up to {budget.MOST_OF_ACCOUNT:,.0f}.",
        f"{places.MOST_SOCKETS} a member, key or visitor",
        f"{Visitors.most_of_address} of visitors",
        f"{Colleagues.most_of_address:,} of members and keys",
        f"{engine.FRAMES_PER_S:.0f} a second, and {engine.MOST_FRAMES:.0f} at once",
        f"{serving.MEMBER_RATE.times} new ones a minute, and {serving.COME_RATE.times} of one address",
        f"of which {engine.MOST_UNKNOWN} at a time",
        f"once {MOST_WAITING // 1024**2} MB waits",
        f"{connection.MOST_WATCHED} a socket; with one more",
    ],
)
def test_limits_are_told_as_they_are(said: str) -> None:
    assert said in GUIDE


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#]+)", GUIDE))
def test_what_the_guide_leads_to_is_there(link: str) -> None:
    assert (ROOT / "docs" / link).exists()
