"""Somebody at a screen is let in, told what happens, and answered."""

import asyncio
from typing import Any

import pytest

from hub.sockets import guest
from hub.threads.access import access_thread
from hub.threads.models import Thread
from tests.hub.inbox.talking import Talk
from tests.hubs import Hub
from tests.live.seats import all_told
from tests.people import Person, found, join
from tests.screens import Refused, at_screen, screen


async def test_a_message_stands_on_the_screen_of_whoever_has_the_conversation_open(
    url: str, owner: Person, talk: Talk
) -> None:
    thread = await talk.begin(says="Hello")
    async with at_screen(url, owner) as screen:
        watched = await screen.does("watch", {"thread_id": thread.id})

        await talk.hear(thread, "How much is it?")

        told = await screen.hears("entry_changed")
    assert [entry["content"]["text"] for entry in watched["entries"]] == ["Hello"]
    assert (told["thread"], told["entry"]["content"]["text"]) == (thread.id, "How much is it?")


async def test_lists_are_told_of_a_conversation_that_nobody_has_open(url: str, owner: Person, talk: Talk) -> None:
    async with at_screen(url, owner) as screen:
        thread = await talk.begin(says="Hello")

        told = await screen.hears("thread_changed", lambda told: told["state"]["last"])
        count = await screen.hears("count_changed", lambda told: told["view"] == "open")

    assert (told["thread"], told["state"]["person"]["name"], told["state"]["last"]["text"]) == (
        thread.id,
        "Asha",
        "Hello",
    )
    assert count["n"] == 1


async def test_what_is_said_over_a_socket_is_answered_with_its_place(url: str, owner: Person, talk: Talk) -> None:
    thread = await talk.begin(says="Hello")
    async with at_screen(url, owner) as screen:
        said = await screen.does(
            "say", {"thread_id": thread.id, "client_id": "1", "text": "She is a lead.", "note": True, "seen_seq": 0}
        )

    assert said["message"]["seq"] == 2
    assert [entry["content"]["text"] for entry in said["missed"]] == ["Hello"]


async def test_nobody_comes_in_without_a_token(url: str) -> None:
    with pytest.raises(Refused) as refused:
        async with screen(url, "nonsense"):
            pass

    assert refused.value.error["data"]["code"] == "unauthenticated"


async def test_whoever_sees_their_own_conversations_only_hears_of_no_other(
    live: Hub, url: str, owner: Person, talk: Talk
) -> None:
    role = await owner.does(
        "POST", "/roles", {"name": "own", "grants": [{"permission": "threads.view", "scope": "own"}]}
    )
    rep = await join(owner, "rep@acme.test", role["id"])
    async with at_screen(url, rep) as theirs, at_screen(url, owner) as owners:
        await talk.begin(says="Secret")
        await owners.hears("thread_changed")
        mine = await talk.give(await talk.begin("Mine"), rep.member)

        told = await theirs.hears("thread_changed")

    assert told["thread"] == mine.id
    assert {one.payload.get("thread") for one in theirs.heard} <= {mine.id, ""}


async def test_a_stranger_hears_nothing_while_it_is_looked_up_whether_they_may_see_a_conversation(
    live: Hub, url: str, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    thread, stranger = await talk.begin(says="Hello"), await found(live, "other")
    looking, go_on = asyncio.Event(), asyncio.Event()

    async def look(*arguments: Any) -> Thread:
        looking.set()
        await go_on.wait()
        return await access_thread(*arguments)

    monkeypatch.setattr(guest, "access_thread", look)
    async with at_screen(url, stranger) as screen:
        watching = asyncio.create_task(screen.is_refused("watch", {"thread_id": thread.id}))
        await looking.wait()
        await talk.hear(thread, "How much is it?")
        await all_told(live.deps)
        go_on.set()

        assert await watching == "no_such_thread"
        assert {one.payload["thread"] for one in screen.heard} <= {""}
