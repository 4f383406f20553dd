"""A bare Starlette echo under uvicorn: python -m bench.reference.http PORT"""

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


async def echo(request: Request) -> Response:
    """What came in."""
    return Response(await request.body())


if __name__ == "__main__":
    app = Starlette(routes=[Route("/", echo, methods=["GET", "POST"])])
    uvicorn.run(app, port=int(sys.argv[1]), log_level="warning", access_log=False)
