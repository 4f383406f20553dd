"""An account whose owner takes nothing, and two processes that serve it."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from hub.settings import Settings
from tests.clock import VirtualClock
from tests.hub.routing.crew import set_facts
from tests.hubs import Hub, running_hub
from tests.people import Person, found


@pytest.fixture
async def open_hub(settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """A hub with time of its own."""
    async with running_hub(replace(settings, open_sign_up=True), clock=clock) as hub:
        yield hub


@pytest.fixture
async def other_hub(open_hub: Hub, settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """Another process of the same installation."""
    async with running_hub(replace(settings, open_sign_up=True), clock=clock) as other:
        yield other


@pytest.fixture
async def boss(open_hub: Hub) -> Person:
    """The owner of an account, who is given nothing."""
    boss = await found(open_hub, "acme")
    await set_facts(boss, boss, capacity=0)
    return boss
