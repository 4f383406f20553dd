"""An endpoint of models, and a way to it."""

from collections.abc import AsyncIterator
from ipaddress import ip_network

import pytest

from agents.models.endpoint import HttpClient
from hub.egress import Egress
from tests.fakes.openai.running import RunningOpenAI, running_openai


@pytest.fixture
async def openai() -> AsyncIterator[RunningOpenAI]:
    """In a good mood."""
    async with running_openai() as running:
        yield running


@pytest.fixture
async def client() -> AsyncIterator[HttpClient]:
    """The hub's way out, as far as this machine."""
    async with Egress.open(allow=[ip_network("127.0.0.0/8")]) as egress, egress.client() as client:
        yield client
