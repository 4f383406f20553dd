"""A business whose owner's browser is pushed to by a service of the test."""

from collections.abc import AsyncIterator
from dataclasses import replace
from ipaddress import ip_network

import pytest

from hub.settings import Settings
from tests.clock import VirtualClock
from tests.fakes.push import Browser, FakePush, fake_push
from tests.hub.push.browsers import subscribe
from tests.hubs import Hub, running_hub
from tests.people import Person, found

HERE = (ip_network("127.0.0.0/8"),)


@pytest.fixture
def push_settings(settings: Settings) -> Settings:
    """Push services may be on this machine."""
    return replace(settings, open_sign_up=True, push_allow=HERE)


@pytest.fixture
async def open_hub(push_settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """A hub with time of its own."""
    async with running_hub(push_settings, clock=clock) as hub:
        yield hub


@pytest.fixture
async def service(clock: VirtualClock) -> AsyncIterator[FakePush]:
    """The push service."""
    async with fake_push(now=clock.now) as fake:
        yield fake


@pytest.fixture
async def owner(open_hub: Hub) -> Person:
    """Who is told."""
    return await found(open_hub, "acme")


@pytest.fixture
async def browser(owner: Person, service: FakePush) -> Browser:
    """The owner's, subscribed."""
    return await subscribe(owner, service)
