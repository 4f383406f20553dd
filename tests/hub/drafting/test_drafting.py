"""An agent's answer is seen while it is written, by those who have the conversation open; nothing of it is stored."""

import asyncio

import pytest

from hub.deps import Deps
from hub.drafting.drafting import drafting
from hub.threads import ownership
from hub.threads.happenings import Followed
from hub.threads.models import Author, AuthorKind, Thread
from tests.hub.inbox.talking import Talk
from tests.hubs import Hub
from tests.people import Person, join
from tests.screens import Screen, at_screen

ANSWER = "It is 20 € 🙂, and there is one left. Shall I keep it for you?"


def drafted(screen: Screen) -> str:
    """What a screen makes of all frames: each stands where it says, as browsers count."""
    units = b""
    for one in screen.heard:
        if one.name == "agent_drafted":
            units = units[: one.payload["at"] * 2] + one.payload["text"].encode("utf-16-le")
    return units.decode("utf-16-le")


async def test_what_is_written_is_seen_and_the_message_takes_its_place(
    worker: Deps, thread: Thread, watching: Screen
) -> None:
    async with drafting(worker, thread, "turn") as draft:
        for letter in ANSWER:
            await draft.write(letter)
            await asyncio.sleep(0.005)
        await asyncio.sleep(0.2)
        draft.became("the entry")

    ended = await watching.hears("agent_draft_ended")
    assert drafted(watching) == ANSWER
    assert (ended["thread"], ended["turn"], ended["outcome"], ended["entry"]) == (
        thread.id,
        "turn",
        "said",
        "the entry",
    )


async def test_five_hundred_tokens_in_a_second_make_no_more_than_twenty_frames(
    worker: Deps, thread: Thread, watching: Screen
) -> None:
    async with asyncio.timeout(20), drafting(worker, thread, "turn") as draft:
        for _ in range(500):
            await draft.write("word ")
            await asyncio.sleep(0.001)
        await asyncio.sleep(0.5)
        draft.became("the entry")

    await watching.hears("agent_draft_ended")
    took_s = 500 * 0.001 + 0.5
    frames = [one.payload for one in watching.heard if one.name == "agent_drafted"]
    assert drafted(watching) == "word " * 500
    assert len(frames) <= 20 * max(1, took_s)
    assert [frame["rev"] for frame in frames] == [*range(1, len(frames) + 1)]


async def test_whoever_opens_the_conversation_late_sees_all_of_it(
    url: str, owner: Person, worker: Deps, thread: Thread
) -> None:
    async with drafting(worker, thread, "turn") as draft, at_screen(url, owner) as screen:
        await draft.write(ANSWER)
        await asyncio.sleep(0.2)
        await screen.does("watch", {"thread_id": thread.id})

        whole = await screen.hears("agent_drafted")

    assert (whole["at"], whole["text"]) == (0, ANSWER)


async def test_a_turn_that_fails_withdraws_its_draft(worker: Deps, thread: Thread, watching: Screen) -> None:
    with pytest.raises(ZeroDivisionError):
        async with drafting(worker, thread, "turn") as draft:
            await draft.write("It is ")
            await watching.hears("agent_drafted")
            raise ZeroDivisionError

    assert (await watching.hears("agent_draft_ended"))["outcome"] == "withdrawn"


async def test_a_takeover_in_the_middle_withdraws_the_draft(
    live: Hub, owner: Person, worker: Deps, thread: Thread, watching: Screen
) -> None:
    async with drafting(worker, thread, "turn") as draft:
        await draft.write("It is ")
        await watching.hears("agent_drafted")
        await ownership.take_over(live.deps, thread, Author(AuthorKind.MEMBER, owner.member), owner.member)

        ended = await watching.hears("agent_draft_ended")

        await draft.write("20 €.")
        await asyncio.sleep(0.3)
    assert draft.is_withdrawn
    assert ended["outcome"] == "withdrawn"
    assert watching.names().count("agent_draft_ended") == 1
    assert "20 €." not in drafted(watching)


async def test_nobody_else_hears_it(url: str, owner: Person, worker: Deps, thread: Thread, watching: Screen) -> None:
    role = await owner.does(
        "POST", "/roles", {"name": "own", "grants": [{"permission": "threads.view", "scope": "own"}]}
    )
    rep = await join(owner, "rep@acme.test", role["id"])
    async with at_screen(url, owner) as idle, at_screen(url, rep) as theirs:
        async with drafting(worker, thread, "turn") as draft:
            await draft.write(ANSWER)
            await watching.hears("agent_drafted")
        await watching.hears("agent_draft_ended")
        await asyncio.gather(idle.ask("presence"), theirs.ask("presence"))

    heard = {*idle.names(), *theirs.names()}
    assert heard & {"agent_drafted", "agent_draft_ended"} == set()


async def test_nobody_hears_it_any_more_whose_conversation_it_is_no_more(
    url: str, owner: Person, worker: Deps, talk: Talk, thread: Thread
) -> None:
    role = await owner.does(
        "POST", "/roles", {"name": "own", "grants": [{"permission": "threads.view", "scope": "own"}]}
    )
    rep = await join(owner, "rep@acme.test", role["id"])
    mine = await talk.happen(thread, Followed(member=rep.member))
    async with at_screen(url, rep) as theirs, drafting(worker, mine, "turn") as draft:
        await theirs.does("watch", {"thread_id": mine.id})
        await draft.write("It is ")
        await theirs.hears("agent_drafted")
        await talk.happen(thread, Followed(member=rep.member, is_following=False))
        await asyncio.sleep(1.2)
        theirs.heard.clear()

        await draft.write(ANSWER)
        await asyncio.sleep(0.3)
        await theirs.does("presence")

    assert "agent_drafted" not in theirs.names()
