"""A bare Starlette with motor, that answers after one journalled majority insert: python -m bench.reference.bare PORT
MONGODB_URL DATABASE"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from motor.motor_asyncio import AsyncIOMotorClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


def app_on(url: str, database: str) -> Starlette:
    """The driver's defaults, but for the promise: a majority has it in its journal."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        client: AsyncIOMotorClient[dict[str, Any]] = AsyncIOMotorClient(url, w="majority", journal=True)
        app.state.stored = client[database]["bare"]
        yield
        client.close()

    return Starlette(routes=[Route("/", take, methods=["GET", "POST"])], lifespan=lifespan)


async def take(request: Request) -> Response:
    """Store what came in; there is nothing to store when somebody only looks whether it runs."""
    if body := await request.body():
        await request.app.state.stored.insert_one({"body": body})
    return Response()


if __name__ == "__main__":
    uvicorn.run(app_on(sys.argv[2], sys.argv[3]), port=int(sys.argv[1]), log_level="warning", access_log=False)
