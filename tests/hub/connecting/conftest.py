"""A business that connects a line at the sandbox."""

from collections.abc import AsyncIterator
from dataclasses import replace
from ipaddress import ip_network

import pytest

from hub.settings import Settings
from tests.clock import VirtualClock
from tests.fakes.sandbox.running import running_sandbox
from tests.hub.connecting.desk import Desk
from tests.hubs import running_hub
from tests.people import found


@pytest.fixture
def reaching(settings: Settings) -> Settings:
    """Providers may be on this machine."""
    return replace(settings, open_sign_up=True, egress_allow=(ip_network("127.0.0.0/8"),))


@pytest.fixture
async def desk(reaching: Settings, clock: VirtualClock) -> AsyncIterator[Desk]:
    """The owner at work; the hub is known on the internet."""
    public = replace(reaching, public_url="https://parley.example.com")
    async with running_hub(public, clock=clock) as hub, running_sandbox(now=clock.now) as sandbox:
        yield Desk(hub, await found(hub, "acme"), sandbox)
