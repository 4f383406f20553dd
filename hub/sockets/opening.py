"""The sockets of a web process: opened with it, and sent away when it ends."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import cast

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from hub.background import stop
from hub.bus import Speaker
from hub.deps import Deps
from hub.gateway import PATH, Gateway, RedisSpeaker
from hub.house import House
from hub.http.address import client_address, neighbourhood
from hub.presence.beating import beating
from hub.running.websockets import framed
from hub.sockets.guest import Colleagues
from hub.sockets.rechecking import recheck_always
from hub.sockets.serving import Doorkeeper
from hub.store.redis import Wire
from hub.visiting.guests import Visitors


@dataclass(frozen=True)
class Sockets:
    """All of them, and who keeps their doors."""

    deps: Deps
    gateway: Gateway
    doors: tuple[Doorkeeper, ...]


def speaking_and_hearing(wire: Wire) -> Speaker:
    """For a process that holds sockets."""
    return RedisSpeaker(wire, write_only=False)


@asynccontextmanager
async def open_sockets(deps: Deps, house: House) -> AsyncIterator[Sockets]:
    """For the length of the block."""
    gateway = Gateway(cast(RedisSpeaker, deps.bus.speaker), framed, lambda scope: address_of(deps, scope))
    doors = tuple(Doorkeeper(deps, gateway, guests, house.asks) for guests in (Colleagues(), Visitors()))
    for door in doors:
        gateway.open_to(door)
    sockets = Sockets(deps, gateway, doors)
    deps.metrics.sockets.set_function(lambda: gateway.count)
    gateway.start()
    rechecking = [asyncio.create_task(recheck_always(deps, door), name=f"recheck {door.namespace}") for door in doors]
    try:
        async with beating(deps):
            yield sockets
    finally:
        await stop(*rechecking)
        await gateway.stop()


def address_of(deps: Deps, scope: Scope) -> str:
    """Whom a limit counts a connection for."""
    return neighbourhood(client_address(HTTPConnection(scope), deps.settings.trusted_proxies))


class SocketsInFront:
    """Takes WebSockets before anything else does: whatever they pass through stays in memory as long as they do."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        sockets: Sockets | None = getattr(scope["app"].state, "sockets", None)
        if sockets is None or scope["path"].rstrip("/") != PATH:
            await receive()
            await send({"type": "websocket.close"})
            return
        await sockets.gateway(scope, receive, send)
