"""Who has a conversation open: seen by those who have it open, too, and by nobody else."""

from typing import Any

import pytest

from hub.presence import book
from hub.threads.models import Thread
from tests.hub.inbox.talking import Talk
from tests.hub.presence.conftest import Pair
from tests.people import Person, join
from tests.screens import at_screen


@pytest.fixture
async def rep(owner: Person) -> Person:
    """Who sees everything, too."""
    return await join(owner, "rep@acme.test")


@pytest.fixture
async def thread(talk: Talk) -> Thread:
    """Somebody has written."""
    return await talk.begin(says="Hello")


def looking(*people: Person) -> Any:
    """Whether an event says that just these look."""
    return lambda told: told["looking"] == sorted(person.member for person in people)


async def test_whoever_opens_and_closes_a_conversation_is_seen_by_those_who_have_it_open(
    pair: Pair, owner: Person, rep: Person, thread: Thread
) -> None:
    async with at_screen(pair.url, owner) as ours, at_screen(pair.other_url, rep) as theirs:
        opened = await ours.does("watch", {"thread_id": thread.id})
        watched = await theirs.does("watch", {"thread_id": thread.id})
        both = await ours.hears("thread_presence", looking(owner, rep))
        await theirs.does("unwatch", {"thread_id": thread.id})

        alone = await ours.hears("thread_presence", lambda told: looking(owner)(told) and told["rev"] > both["rev"])

    assert opened["presence"]["looking"] == [owner.member]
    assert watched["presence"]["looking"] == sorted((owner.member, rep.member))
    assert alone["thread"] == thread.id


async def test_whoever_goes_without_closing_it_is_soon_seen_no_more(
    pair: Pair, owner: Person, rep: Person, thread: Thread, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "GRACE_S", 0.2)
    async with at_screen(pair.url, owner) as ours:
        await ours.does("watch", {"thread_id": thread.id})
        async with at_screen(pair.other_url, rep) as theirs:
            await theirs.does("watch", {"thread_id": thread.id})
            both = await ours.hears("thread_presence", looking(owner, rep))

        await ours.hears("thread_presence", lambda told: looking(owner)(told) and told["rev"] > both["rev"])


async def test_whoever_does_not_have_it_open_or_may_not_see_it_hears_nothing(
    pair: Pair, owner: Person, rep: Person, thread: Thread, talk: Talk
) -> None:
    role = await owner.does(
        "POST", "/roles", {"name": "own", "grants": [{"permission": "threads.view", "scope": "own"}]}
    )
    other = await join(owner, "other@acme.test", role["id"])
    mine = await talk.give(thread, other.member)
    async with at_screen(pair.url, owner) as ours, at_screen(pair.url, rep) as idle, at_screen(pair.url, other) as lost:
        await lost.does("watch", {"thread_id": mine.id})
        await talk.give(thread, rep.member)
        lost.heard.clear()
        await ours.does("watch", {"thread_id": thread.id})

        await ours.hears("thread_presence", lambda told: owner.member in told["looking"])
        # What was published before is heard before.
        await pair.one.deps.bus.settle()
        there = await lost.does("presence")
        await idle.does("presence")

    assert "thread_presence" not in [*lost.names(), *idle.names()]
    assert there["threads"] == []


async def test_a_screen_that_has_missed_something_asks(pair: Pair, owner: Person, rep: Person, thread: Thread) -> None:
    async with at_screen(pair.url, owner) as ours, at_screen(pair.other_url, rep) as theirs:
        await ours.does("watch", {"thread_id": thread.id})
        await theirs.does("watch", {"thread_id": thread.id})

        (there,) = (await ours.does("presence"))["threads"]

    assert (there["thread"], there["looking"]) == (thread.id, sorted((owner.member, rep.member)))
