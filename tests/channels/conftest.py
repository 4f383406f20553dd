"""What adapters reach their providers' servers by."""

from collections.abc import AsyncIterator

import pytest

from channels.base import Http
from tests.channels.way_out import way_out

pytest.register_assert_rewrite("tests.channels.contract")


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    """The hub's own way out."""
    async with way_out() as http:
        yield http
