"""A business, and an endpoint of models on this machine."""

from collections.abc import AsyncIterator
from dataclasses import replace
from ipaddress import ip_network

import pytest

from hub.settings import Settings
from tests.fakes.openai.running import running_openai
from tests.hub.minds.scene import Scene
from tests.hubs import running_hub
from tests.people import found


@pytest.fixture
async def scene(settings: Settings) -> AsyncIterator[Scene]:
    """No model is set up."""
    reaching = replace(settings, open_sign_up=True, egress_allow=(ip_network("127.0.0.0/8"),))
    async with running_hub(reaching) as hub, running_openai() as openai:
        yield Scene(hub, await found(hub, "acme"), openai)
