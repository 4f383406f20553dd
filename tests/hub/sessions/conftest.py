"""A hub at which anybody may sign up, and its first member."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hub.settings import Settings
from tests.clock import VirtualClock
from tests.hub.sessions.commands import Commands
from tests.hub.sessions.people import Member, sign_up
from tests.hubs import Hub, running_hub

# Later than the database's own clock, by which it throws away whatever has expired.
LATER = datetime(2101, 3, 7, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> VirtualClock:
    """Time that passes when the test says so."""
    return VirtualClock(LATER)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Anybody may sign up."""
    return replace(settings, open_sign_up=True)


@pytest.fixture
def commands() -> Commands:
    """What the hub sends to its database."""
    return Commands()


@pytest.fixture
async def hub(settings: Settings, clock: VirtualClock, commands: Commands) -> AsyncIterator[Hub]:
    """One process of the installation."""
    async with running_hub(settings, clock=clock, listeners=(commands,)) as hub:
        yield hub


@pytest.fixture
async def other(hub: Hub, settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """Another process of it: the same database, a memory of its own."""
    async with running_hub(settings, clock=clock) as other:
        yield other


@pytest.fixture
async def asha(hub: Hub) -> Member:
    """The owner of an account, signed in."""
    return await sign_up(hub)
