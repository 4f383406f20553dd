"""A hub on a real socket, in the test's own process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hub.running.web import listen, server_of
from tests.hubs import Hub


@asynccontextmanager
async def serving(hub: Hub) -> AsyncIterator[str]:
    """Its URL, for the length of the block."""
    server = server_of(hub.app, hub.deps.settings, heeds_signals=False)
    with listen("127.0.0.1", 0) as sock:
        port = sock.getsockname()[1]
        task = asyncio.create_task(server.serve([sock]))
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            await task
