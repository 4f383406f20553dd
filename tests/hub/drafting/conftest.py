"""A hub behind a real socket with an account in it, and a worker beside it, which can only speak."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from hub.deps import Deps, open_deps
from hub.rooms import HOUSE
from hub.settings import Settings
from hub.threads.models import Thread
from tests.hub.inbox.talking import Talk
from tests.hubs import Hub, running_hub
from tests.people import Person, found
from tests.screens import Screen, at_screen
from tests.serving import serving


@pytest.fixture
async def live(settings: Settings) -> AsyncIterator[Hub]:
    """In which anybody may found an account, in the time of this machine."""
    async with running_hub(replace(settings, open_sign_up=True)) as hub:
        yield hub


@pytest.fixture
async def url(live: Hub) -> AsyncIterator[str]:
    """Where it is."""
    async with serving(live) as url:
        yield url


@pytest.fixture
async def worker(settings: Settings, live: Hub) -> AsyncIterator[Deps]:
    """What an agent's turn gets."""
    async with open_deps(HOUSE.wants(settings), report=print) as deps:
        yield deps


@pytest.fixture
async def owner(live: Hub) -> Person:
    """Who sees everything of the account."""
    return await found(live, "acme")


@pytest.fixture
async def talk(live: Hub, owner: Person) -> Talk:
    """The account's conversations."""
    return Talk(live.deps, owner.account)


@pytest.fixture
async def thread(talk: Talk) -> Thread:
    """Somebody has written."""
    return await talk.begin(says="How much is it?")


@pytest.fixture
async def watching(url: str, owner: Person, thread: Thread) -> AsyncIterator[Screen]:
    """The owner's screen, with the conversation open."""
    async with at_screen(url, owner) as screen:
        await screen.does("watch", {"thread_id": thread.id})
        yield screen
