"""Who is typing: members to members, members to visitors without a name, visitors to members."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from hub.presence import book
from hub.presence.telling import PAUSE_S, tell_lead
from hub.presence.writing import visitor_types
from hub.threads.models import Thread
from tests.hub.inbox.talking import Talk
from tests.hub.presence.conftest import Pair
from tests.hub.visiting.pages import Page, Site, site_of
from tests.people import Person, join
from tests.screens import Screen, at_screen, screen


@pytest.fixture
async def rep(owner: Person) -> Person:
    """Who sees everything, too."""
    return await join(owner, "rep@acme.test")


@pytest.fixture
async def thread(talk: Talk) -> Thread:
    """Somebody has written."""
    return await talk.begin(says="Hello")


@pytest.fixture
async def ours(pair: Pair, owner: Person, thread: Thread) -> AsyncIterator[Screen]:
    """The owner's screen, with the conversation open."""
    async with at_screen(pair.url, owner) as screen:
        await screen.does("watch", {"thread_id": thread.id})
        yield screen


@pytest.fixture
async def theirs(pair: Pair, rep: Person, thread: Thread) -> AsyncIterator[Screen]:
    """The other one's, at the other process."""
    async with at_screen(pair.other_url, rep) as screen:
        await screen.does("watch", {"thread_id": thread.id})
        yield screen


def held_by(person: Person | None) -> Any:
    """Whether an event says so."""
    return lambda told: told["holder"] == (person.member if person else None)


async def types(screen: Screen, thread: Thread, **more: Any) -> Any:
    """Somebody types there."""
    return await screen.does("typing", {"thread_id": thread.id, "is_typing": True, **more})


async def test_whoever_types_is_seen_by_the_others(owner: Person, thread: Thread, ours: Screen, theirs: Screen) -> None:
    await types(ours, thread)

    told = await theirs.hears("thread_presence", held_by(owner))

    assert told["typing"] == [{"member": owner.member, "is_note": False}]


async def test_who_types_while_another_does_is_told_and_has_the_pen_once_that_one_stops(
    owner: Person, rep: Person, thread: Thread, ours: Screen, theirs: Screen
) -> None:
    first = await types(ours, thread)
    second = await types(theirs, thread)
    await ours.does("typing", {"thread_id": thread.id, "is_typing": False})

    await ours.hears("thread_presence", held_by(rep))

    third = await types(theirs, thread)
    assert [one["held_by"] for one in (first, second, third)] == [None, owner.member, None]


async def test_a_note_takes_no_pen(owner: Person, rep: Person, thread: Thread, ours: Screen, theirs: Screen) -> None:
    await types(ours, thread, is_note=True)

    answer = await types(theirs, thread)

    assert answer["held_by"] is None
    assert {"member": owner.member, "is_note": True} in answer["presence"]["typing"]
    assert answer["presence"]["holder"] == rep.member


async def test_a_key_does_not_type_whatever_it_may(pair: Pair, owner: Person, thread: Thread) -> None:
    grants = [{"permission": permission} for permission in ("threads.view", "threads.reply")]
    key = await owner.does("POST", "/keys", {"name": "Bot", "grants": grants})

    async with screen(pair.url, key["secret"]) as bot:
        answer = await bot.ask("typing", {"thread_id": thread.id, "is_typing": True})

    assert (answer["error"]["code"], answer["error"]["data"]) == ("forbidden", {})


async def test_typing_ends_by_itself(
    owner: Person, thread: Thread, ours: Screen, theirs: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "TYPING_S", 0.3)
    await types(ours, thread)
    typed = await theirs.hears("thread_presence", held_by(owner))

    await theirs.hears("thread_presence", lambda told: told["rev"] > typed["rev"] and not told["typing"])


async def test_what_is_said_is_typed_no_more(
    thread: Thread, ours: Screen, theirs: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "TYPING_S", 60.0)
    await types(ours, thread, is_note=True)
    typed = await theirs.hears("thread_presence", lambda told: told["typing"])

    await ours.does("say", {"thread_id": thread.id, "client_id": "1", "text": "She is a lead.", "note": True})

    await theirs.hears("thread_presence", lambda told: told["rev"] > typed["rev"] and not told["typing"])


async def test_much_typing_makes_a_few_events_a_second(thread: Thread, ours: Screen, theirs: Screen) -> None:
    theirs.heard.clear()
    began_s = time.monotonic()
    for number in range(50):
        await types(ours, thread, is_note=bool(number % 2))
        await asyncio.sleep(0.02)
    await asyncio.sleep(2 * PAUSE_S)

    # The first comes at once, and the one before the last may be late.
    most = (time.monotonic() - began_s) / PAUSE_S + 2
    assert 1 <= theirs.names().count("thread_presence") <= most


async def test_who_may_not_reply_does_not_type(pair: Pair, owner: Person, thread: Thread) -> None:
    viewer = await join(owner, "viewer@acme.test", "viewer")
    async with at_screen(pair.url, viewer) as screen:
        code = await screen.is_refused("typing", {"thread_id": thread.id, "is_typing": True})

    assert code == "forbidden"


# Members and visitors


@pytest.fixture
async def site(pair: Pair, owner: Person) -> Site:
    """The widget of the account, which visitors reach at the other process."""
    return await site_of(pair.other, pair.other_url, owner)


@pytest.fixture
async def page(site: Site) -> Page:
    """Of a visitor who has said something."""
    page = await site.page()
    async with page.opened() as (widget, _):
        await widget.does("say", {"client_id": "1", "text": "Hello"})
    await site.deps.background.settle()
    return page


async def test_a_visitor_sees_that_a_reply_is_typed_and_not_by_whom(
    pair: Pair, owner: Person, site: Site, page: Page
) -> None:
    body = {"thread_id": await site.thread_id(), "is_typing": True}
    async with at_screen(pair.url, owner) as screen, page.opened() as (widget, _):
        await screen.does("typing", body)
        told = await widget.hears("somebody_types")
        await screen.does("typing", {**body, "is_typing": False})

        await widget.hears("somebody_types", lambda told: not told["is_typing"])

    assert told == {"account": "", "thread": "", "rev": told["rev"], "is_typing": True}


async def test_a_visitor_sees_nothing_of_a_note_that_is_typed(
    pair: Pair, owner: Person, site: Site, page: Page
) -> None:
    body = {"thread_id": await site.thread_id(), "is_typing": True}
    async with at_screen(pair.url, owner) as screen, page.opened() as (widget, _):
        await screen.does("watch", {"thread_id": body["thread_id"]})
        await screen.does("typing", {**body, "is_note": True})
        await screen.hears("thread_presence", lambda told: told["typing"])
        await asyncio.sleep(0.5)
        await widget.does("open")

    assert widget.names().count("somebody_types") == 0


async def test_what_a_visitor_types_is_shown_where_the_account_wants_that(
    pair: Pair, owner: Person, thread: Thread, ours: Screen
) -> None:
    visitor_types(pair.other.deps, owner.account, thread.id, "How much")
    plain = await ours.hears("lead_types")
    await owner.does("PUT", "/presence-policy", {"shows_previews": True})
    pair.other.deps.memory.forget(f"presence policy:{owner.account}")

    visitor_types(pair.other.deps, owner.account, thread.id, "How much is it?")

    shown = await ours.hears("lead_types", lambda told: told["preview"])
    assert (plain["is_typing"], plain["preview"]) == (True, None)
    assert shown["preview"] == "How much is it?"


async def test_a_teller_that_finds_all_told_already_ends_no_typing(
    pair: Pair, owner: Person, thread: Thread, ours: Screen
) -> None:
    visitor_types(pair.one.deps, owner.account, thread.id, "How much")
    await ours.hears("lead_types")

    await tell_lead(pair.one.deps, owner.account, thread.id, frozenset())
    await pair.one.deps.bus.settle()
    await ours.does("presence")

    assert [one.payload["is_typing"] for one in ours.heard if one.name == "lead_types"] == [True]


async def test_what_a_visitor_types_is_heard_only_where_the_conversation_is_open(
    pair: Pair, owner: Person, rep: Person, thread: Thread, ours: Screen
) -> None:
    async with at_screen(pair.url, rep) as idle:
        visitor_types(pair.one.deps, owner.account, thread.id, "How much")
        await ours.hears("lead_types")
        visitor_types(pair.one.deps, owner.account, thread.id, None)
        await ours.hears("lead_types", lambda told: not told["is_typing"])
        await idle.does("presence")

    assert "lead_types" not in idle.names()
