"""What adapters reach their providers' servers by."""

from collections.abc import AsyncIterator

import pytest

from channels.base import Out
from tests.channels.way_out import way_out

pytest.register_assert_rewrite("tests.channels.contract")


@pytest.fixture
async def out() -> AsyncIterator[Out]:
    """The hub's own way out."""
    async with way_out() as http:
        yield http
