"""A business with a line at the sandbox, and somebody who has written to it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from ipaddress import ip_network

import pytest

from hub.settings import Settings
from tests.clock import VirtualClock
from tests.fakes.sandbox.running import RunningSandbox, running_sandbox
from tests.hub.sending.scene import Scene, connect_to, make_someone
from tests.hubs import Hub, running_hub
from tests.people import found


@pytest.fixture
def sending_settings(settings: Settings) -> Settings:
    """Providers may be on this machine."""
    return replace(settings, open_sign_up=True, egress_allow=(ip_network("127.0.0.0/8"),))


@pytest.fixture
async def open_hub(sending_settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """A hub with time of its own."""
    async with running_hub(sending_settings, clock=clock) as hub:
        yield hub


@pytest.fixture
async def sandbox(clock: VirtualClock) -> AsyncIterator[RunningSandbox]:
    """The provider."""
    async with running_sandbox(now=clock.now) as sandbox:
        yield sandbox


@pytest.fixture
async def scene(open_hub: Hub, sandbox: RunningSandbox, clock: VirtualClock) -> Scene:
    """Somebody has written by SMS."""
    owner = await found(open_hub, "acme")
    line = await connect_to(open_hub.deps, owner.account, sandbox, "sandbox_sms")
    someone = await make_someone(open_hub.deps, owner.account)
    scene = Scene(open_hub, owner, sandbox, clock, line, someone)
    await scene.hears()
    return scene
