"""A web process that kills itself at a place of our choosing: `python -m tests.hub.intake.dying hub.intake.ledger
process`."""

import asyncio
import importlib
import os
import signal
import sys

from hub.app import create_app
from hub.running.web import listen, server_of
from hub.settings import load

# By then whoever waits for an answer has it.
PAUSE_S = 0.2


async def die(*_: object, **__: object) -> None:
    """No goodbye."""
    await asyncio.sleep(PAUSE_S)
    os.kill(os.getpid(), signal.SIGKILL)


async def main(module: str, name: str) -> None:
    """Serve until then."""
    settings = load(os.environ)
    setattr(importlib.import_module(module), name, die)
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        with listen("127.0.0.1", settings.port) as sock:
            await server_of(app, settings).serve(sockets=[sock])


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
