"""A hub that may reach the sandbox, and a model, on this machine."""

from collections.abc import AsyncIterator
from dataclasses import replace
from ipaddress import ip_network

import pytest

from hub.settings import Settings
from tests.clock import VirtualClock
from tests.fakes.openai.running import running_openai
from tests.fakes.sandbox.running import running_sandbox
from tests.hub.lines.connected import SECRET, connect
from tests.hub.transcribing.scene import Scene
from tests.hubs import running_hub
from tests.people import found


@pytest.fixture
async def scene(settings: Settings, clock: VirtualClock) -> AsyncIterator[Scene]:
    """Nobody has written yet, and no model is set up."""
    reaching = replace(settings, open_sign_up=True, egress_allow=(ip_network("127.0.0.0/8"),))
    async with (
        running_hub(reaching, clock=clock) as hub,
        running_sandbox(now=clock.now) as sandbox,
        running_openai() as openai,
    ):
        owner = await found(hub, "acme")
        values = {"url": sandbox.url, "key": sandbox.key, "webhook_secret": SECRET}
        line = await connect(hub.deps, account=owner.account, values=values)
        yield Scene(hub, owner, sandbox, clock, line, openai)
