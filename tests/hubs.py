"""A hub in the test's own process: the real application, its real lifespan, a client that speaks to it directly."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx2
from starlette.applications import Starlette

from hub.access import Identify
from hub.app import create_app
from hub.clock import Clock
from hub.deps import Deps
from hub.house import Room
from hub.rooms import ROOMS
from hub.sessions.standing import identify
from hub.settings import Settings
from hub.store.mongo import CommandListener

ORIGIN = "http://parley.test"


@dataclass(frozen=True)
class Hub:
    """What a test speaks to."""

    app: Starlette
    client: httpx2.AsyncClient

    @property
    def deps(self) -> Deps:
        """What the hub has opened."""
        deps: Deps = self.app.state.deps
        return deps


@asynccontextmanager
async def running_hub(
    settings: Settings,
    *,
    rooms: Sequence[Room] = ROOMS,
    identify: Identify = identify,
    clock: Clock | None = None,
    listeners: Sequence[CommandListener] = (),
) -> AsyncIterator[Hub]:
    """Open for the length of the block."""
    app = create_app(settings, rooms=rooms, identify=identify, clock=clock, listeners=listeners)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url=ORIGIN) as client,
    ):
        yield Hub(app, client)
