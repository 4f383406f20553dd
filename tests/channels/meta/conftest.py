"""A Meta for each test."""

from collections.abc import AsyncIterator

import pytest

from tests.channels.meta.stage import MetaStage
from tests.clock import MORNING
from tests.fakes.meta import RunningMeta, running_meta


@pytest.fixture
async def meta() -> AsyncIterator[RunningMeta]:
    """The server, at nine in the morning."""
    async with running_meta(now=lambda: MORNING) as meta:
        yield meta


@pytest.fixture
async def stage(meta: RunningMeta) -> MetaStage:
    """A number, to which Asha has just written."""
    return await MetaStage.of(meta)
