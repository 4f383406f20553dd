"""A process that no longer hears the others notices, helps itself, says so, and ends in the end."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from hub import hearing
from hub.hearing import Hearing
from hub.store.redis import Wire
from tests.hub.inbox.talking import Talk
from tests.hubs import Hub
from tests.people import Person
from tests.screens import at_screen


class Blocked(Wire):
    """A way to Redis on which publishing works and nothing ever comes back."""

    async def listen(self, channel: str) -> AsyncIterator[bytes]:
        """Wait for good."""
        await asyncio.Event().wait()
        yield b""


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same, thirty times as fast."""
    for name, value in (("SPEAK_S", 0.05), ("DOUBT_S", 0.15), ("DEAF_S", 0.3), ("HOPELESS_S", 0.6), ("AGAIN_S", 0.02)):
        monkeypatch.setattr(hearing, name, value)


async def nothing(_: bytes) -> None:
    """Take it."""


@pytest.mark.usefixtures("impatient")
async def test_whoever_hears_nothing_is_deaf_soon_and_hopeless_later(live: Hub) -> None:
    ear = Hearing(Blocked(live.deps.redis.client, "t"), "channel")
    ear.begin(nothing)
    async with asyncio.timeout(30):
        was_deaf_at_first = ear.is_deaf

        await ear.until_hopeless()

    assert (was_deaf_at_first, ear.is_deaf) == (False, True)
    await ear.close()


@pytest.mark.usefixtures("impatient")
async def test_whoever_hears_itself_is_never_deaf(live: Hub) -> None:
    ear = Hearing(live.deps.redis, live.deps.redis.key("ear"))
    ear.begin(nothing)

    await asyncio.sleep(1.0)

    assert ear.silent_for_s == 0.0
    await ear.close()


async def test_a_process_whose_connection_was_cut_hears_again(live: Hub, url: str, owner: Person, talk: Talk) -> None:
    thread = await talk.begin(says="Hello")
    async with at_screen(url, owner) as screen:
        await live.deps.redis.client.client_kill_filter(_type="pubsub")

        await talk.hear(thread, "Again")

        await screen.hears("thread_changed", lambda told: told["state"]["last"]["text"] == "Again")


async def test_ready_says_when_a_process_is_deaf(live: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hearing, "DEAF_S", -1.0)

    answer = await live.client.get("/ready")

    assert answer.status_code == 503
    assert [part["state"] for part in answer.json()["parts"] if part["name"] == "live"] == ["down"]
