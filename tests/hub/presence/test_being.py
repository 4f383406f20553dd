"""Who is online: told when somebody comes or goes, whichever process they are connected to."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from hub.presence import boards, book
from hub.presence.boards import look
from hub.presence.book import Book, Screen, members_of
from tests.hub.inbox.talking import Talk
from tests.hub.presence.conftest import Pair
from tests.own_redis import OwnRedis
from tests.people import Person, found, join
from tests.screens import Screen as Opened
from tests.screens import at_screen


def about(member: str, *, is_online: bool) -> Any:
    """Whether an event says this."""
    return lambda told: (told["member"], told["is_online"]) == (member, is_online)


async def until_online(screen: Opened, *members: str) -> None:
    """Return once exactly these are there."""
    async with asyncio.timeout(30):
        while set((await screen.does("presence"))["online"]) != set(members):
            await asyncio.sleep(0.05)


async def test_whoever_comes_and_goes_is_told_to_everybody_of_the_account(
    pair: Pair, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "GRACE_S", 0.2)
    rep = await join(owner, "rep@acme.test")
    async with at_screen(pair.url, owner) as screen:
        async with at_screen(pair.other_url, rep):
            await screen.hears("member_presence", about(rep.member, is_online=True))
            await until_online(screen, owner.member, rep.member)

        await screen.hears("member_presence", about(rep.member, is_online=False))
        await until_online(screen, owner.member)


async def test_that_nobody_sits_before_a_screen_is_told_to_no_colleague(pair: Pair, owner: Person, talk: Talk) -> None:
    rep, thread = await join(owner, "rep@acme.test"), await talk.begin(says="Hello")
    async with at_screen(pair.url, owner) as screen, at_screen(pair.other_url, rep) as theirs:
        for each in (screen, theirs):
            await each.does("watch", {"thread_id": thread.id})
        await screen.hears("thread_presence", lambda told: rep.member in told["looking"])
        await until_online(screen, owner.member, rep.member)
        before = len(screen.heard)

        for is_there in (False, True, False):
            await theirs.does("attention", {"is_there": is_there})
            await pair.other.deps.bus.settle()
        await asyncio.sleep(0.5)

        assert (await screen.does("presence"))["online"] == sorted((owner.member, rep.member))
    assert {one.name for one in screen.heard[before:]} & {"member_presence", "thread_presence"} == set()


async def test_another_account_hears_nothing_of_it(pair: Pair, owner: Person) -> None:
    stranger = await found(pair.one, "other")
    async with at_screen(pair.url, stranger) as theirs, at_screen(pair.url, owner) as ours:
        async with at_screen(pair.other_url, owner):
            await ours.hears("member_presence", about(owner.member, is_online=True))
        there = await theirs.does("presence")

    assert {one.payload["account"] for one in theirs.heard} <= {stranger.account}
    assert there["online"] == [stranger.member]


async def test_a_page_that_is_loaded_anew_does_not_flicker(
    pair: Pair, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "GRACE_S", 1.5)
    rep = await join(owner, "rep@acme.test")
    async with at_screen(pair.url, owner) as screen:
        async with at_screen(pair.url, rep):
            await screen.hears("member_presence", about(rep.member, is_online=True))
        await asyncio.sleep(0.7)
        async with at_screen(pair.other_url, rep):
            await asyncio.sleep(1.5)

    told = [one.payload["is_online"] for one in screen.heard if one.payload.get("member") == rep.member]
    assert told == [True]


async def test_a_process_that_dies_without_a_word_is_forgotten(
    pair: Pair, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boards, "LASTS_S", 1.0)
    dead = Book(pair.other.deps.clock)
    dead.enter(Screen("its only socket", owner.account, "rep", ()))
    async with at_screen(pair.url, owner) as screen:
        await look(replace(pair.other.deps, presence=dead), members_of(owner.account))
        await until_online(screen, owner.member, "rep")

        await screen.hears("member_presence", about("rep", is_online=False))

        await until_online(screen, owner.member)


async def test_a_redis_that_has_lost_everything_knows_it_again(pair: Pair, owner: Person, redis: OwnRedis) -> None:
    rep = await join(owner, "rep@acme.test")
    async with at_screen(pair.url, owner) as screen, at_screen(pair.other_url, rep):
        await until_online(screen, owner.member, rep.member)
        redis.kill()
        await until_online(screen, owner.member)

        await redis.start()

        await until_online(screen, owner.member, rep.member)


async def test_a_flush_makes_nobody_seem_to_go(pair: Pair, owner: Person) -> None:
    rep = await join(owner, "rep@acme.test")
    async with at_screen(pair.url, owner) as screen, at_screen(pair.other_url, rep):
        await screen.hears("member_presence", about(rep.member, is_online=True))

        await pair.one.deps.redis.client.flushall()

        await until_online(screen, owner.member, rep.member)
        await asyncio.sleep(0.5)
    assert [one.payload for one in screen.heard if one.payload.get("is_online") is False] == []


async def test_without_redis_each_process_tells_of_its_own(pair: Pair, owner: Person, redis: OwnRedis) -> None:
    rep = await join(owner, "rep@acme.test")
    async with at_screen(pair.url, owner) as screen:
        await until_online(screen, owner.member)
        redis.kill()

        async with at_screen(pair.url, rep):
            await screen.hears("member_presence", about(rep.member, is_online=True))
            await until_online(screen, owner.member, rep.member)
