"""A hub at which anybody may sign up, on a real socket, and a clock that the test moves."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hub.settings import Settings
from tests.clock import VirtualClock
from tests.hub.sessions.people import Member, sign_up
from tests.hubs import Hub, running_hub
from tests.serving import serving

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
async def hub(settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """The hub as it ships."""
    async with running_hub(settings, clock=clock) as hub:
        yield hub


@pytest.fixture
async def url(hub: Hub) -> AsyncIterator[str]:
    """Where its pages are."""
    async with serving(hub) as url:
        yield url


@pytest.fixture
async def asha(hub: Hub) -> Member:
    """The owner of an account, who has signed up elsewhere."""
    return await sign_up(hub)
