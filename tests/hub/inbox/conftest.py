"""An account with an owner, and its conversations, on a clock that stands still."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from hub.settings import Settings
from tests.clock import VirtualClock
from tests.hub.inbox.talking import Commands, Talk
from tests.hubs import Hub, running_hub
from tests.people import Person, found


@pytest.fixture
def commands() -> Commands:
    """What the database of the hub is asked."""
    return Commands()


@pytest.fixture
async def hub(settings: Settings, clock: VirtualClock, commands: Commands) -> AsyncIterator[Hub]:
    """The hub as it ships; anybody may sign up."""
    async with running_hub(replace(settings, open_sign_up=True), clock=clock, listeners=[commands]) as hub:
        yield hub


@pytest.fixture
async def owner(hub: Hub) -> Person:
    """Of an account, signed in."""
    return await found(hub, "acme")


@pytest.fixture
def talk(hub: Hub, owner: Person) -> Talk:
    """The account's conversations."""
    return Talk(hub.deps, owner.account)
