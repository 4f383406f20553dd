"""A sandbox for each test."""

from collections.abc import AsyncIterator

import pytest

from tests.channels.sandbox.stage import SandboxStage
from tests.clock import MORNING
from tests.fakes.sandbox.running import RunningSandbox, running_sandbox


@pytest.fixture
async def sandbox() -> AsyncIterator[RunningSandbox]:
    """The server, at nine in the morning."""
    async with running_sandbox(now=lambda: MORNING) as sandbox:
        yield sandbox


@pytest.fixture
async def stage(sandbox: RunningSandbox) -> SandboxStage:
    """One of its channels; the contract is kept by each."""
    return await SandboxStage.of(sandbox, "sandbox_sms")
