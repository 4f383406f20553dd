"""Deps on a database of their own, and somebody who has a login."""

from collections.abc import AsyncIterator

import pytest

from hub.deps import Deps, open_deps
from hub.logins import actions
from hub.logins.models import Login
from hub.rooms import HOUSE
from hub.settings import Settings
from tests.clock import VirtualClock
from tests.hub.sessions.conftest import LATER
from tests.people import PASSWORD

EMAIL = "asha@example.test"


@pytest.fixture
def clock() -> VirtualClock:
    """Time that passes when the test says so."""
    return VirtualClock(LATER)


@pytest.fixture
async def deps(settings: Settings, clock: VirtualClock) -> AsyncIterator[Deps]:
    """As a process opens them."""
    async with open_deps(HOUSE.wants(settings, clock=clock), report=lambda text: None) as deps:
        yield deps


@pytest.fixture
async def other(deps: Deps, settings: Settings, clock: VirtualClock) -> AsyncIterator[Deps]:
    """As another process opens them."""
    async with open_deps(HOUSE.wants(settings, clock=clock), report=lambda text: None) as other:
        yield other


@pytest.fixture
async def login(deps: Deps) -> Login:
    """Somebody's."""
    return await actions.make(deps, EMAIL, PASSWORD, is_proved=False)
