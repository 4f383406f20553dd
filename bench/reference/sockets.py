"""python-socketio with motor: what comes in is stored by one journalled majority insert and said to one room. As it
comes, or `tuned`: without compression, and with uvloop. python -m bench.reference.sockets PORT bare|tuned MONGODB_URL
DATABASE"""

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import socketio
import uvicorn
from motor.motor_asyncio import AsyncIOMotorClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

EVERYBODY = "everybody"


class Server:
    """The library's server, and what the bench asks of it."""

    def __init__(self) -> None:
        self.sio = socketio.AsyncServer(async_mode="asgi")
        for handler in (self.connect, self.join, self.tell, self.tidy):
            self.sio.on(handler.__name__, handler)

    async def connect(self, sid: str, environ: Any, auth: Any) -> None:
        """Anybody may."""

    async def join(self, sid: str, body: Any) -> None:
        """Be in these rooms."""
        for room in body["rooms"]:
            await self.sio.enter_room(sid, room)

    async def tell(self, sid: str, body: Any) -> None:
        """One event to each of these rooms."""
        payload = {"text": body["text"]}
        for room in body["rooms"]:
            await self.sio.emit("told", payload, to=room)

    async def tidy(self, sid: str, body: Any) -> None:
        """Leave no garbage lying about."""
        gc.collect()


def app_on(url: str, database: str) -> Starlette:
    """The driver's defaults, but for the promise: a majority has it in its journal."""
    server = Server()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        client: AsyncIOMotorClient[dict[str, Any]] = AsyncIOMotorClient(url, w="majority", journal=True)
        app.state.stored, app.state.sio = client[database]["bare"], server.sio
        yield
        client.close()

    routes = [Route("/", take, methods=["GET", "POST"]), Mount("/socket.io", socketio.ASGIApp(server.sio, None, ""))]
    return Starlette(routes=routes, lifespan=lifespan)


async def take(request: Request) -> Response:
    """Store what came in and show it; there is nothing to store when somebody only looks whether it runs."""
    if body := await request.body():
        await request.app.state.stored.insert_one({"body": body})
        await request.app.state.sio.emit("told", body.decode(), to=EVERYBODY)
    return Response()


if __name__ == "__main__":
    port, how, url, database = sys.argv[1:]
    tuned: dict[str, Any] = {"loop": "uvloop", "ws_per_message_deflate": False}
    plain: dict[str, Any] = {"loop": "asyncio"}
    options = tuned if how == "tuned" else plain
    uvicorn.run(app_on(url, database), port=int(port), log_level="warning", access_log=False, **options)
