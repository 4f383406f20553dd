"""A hub behind a real socket, with an account in it."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from hub.settings import Settings
from tests.hub.inbox.talking import Talk
from tests.hubs import Hub, running_hub
from tests.people import Person, found
from tests.serving import serving


@pytest.fixture
async def live(settings: Settings) -> AsyncIterator[Hub]:
    """A hub in which anybody may found an account, in the time of this machine."""
    async with running_hub(replace(settings, open_sign_up=True)) as hub:
        yield hub


@pytest.fixture
async def url(live: Hub) -> AsyncIterator[str]:
    """Where it is."""
    async with serving(live) as url:
        yield url


@pytest.fixture
async def owner(live: Hub) -> Person:
    """Who sees everything of the account."""
    return await found(live, "acme")


@pytest.fixture
async def talk(live: Hub, owner: Person) -> Talk:
    """The account's conversations."""
    return Talk(live.deps, owner.account)
