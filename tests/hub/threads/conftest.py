"""An account with somebody who has written to it."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from hub.settings import Settings
from hub.threads.models import Thread
from tests.clock import VirtualClock
from tests.hub.threads.talk import a_thread, write
from tests.hubs import Hub, running_hub
from tests.people import Person, found


@pytest.fixture
async def open_hub(settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """A hub with time of its own."""
    async with running_hub(replace(settings, open_sign_up=True), clock=clock) as hub:
        yield hub


@pytest.fixture
async def asha(open_hub: Hub) -> Person:
    """The owner of an account."""
    return await found(open_hub, "acme")


@pytest.fixture
async def thread(asha: Person) -> Thread:
    """A conversation in which a person has asked something."""
    thread, _ = await write(asha.hub, await a_thread(asha))
    await asha.hub.deps.background.settle()
    return thread
