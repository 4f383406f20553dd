"""A worker that kills itself between storing a mail and writing down that it was read: `python -m
tests.hub.postbox.dying`."""

import asyncio
import os
import signal
from typing import Any

from hub.deps import open_deps
from hub.postbox import repository
from hub.rooms import HOUSE
from hub.settings import load
from tests.hub.postbox.mailroom import at_work


async def die(*_: Any) -> None:
    """No goodbye."""
    os.kill(os.getpid(), signal.SIGKILL)


async def main() -> None:
    """Work until then."""
    repository.go_past = die  # type: ignore[assignment]
    async with open_deps(HOUSE.wants(load(os.environ)), report=print) as deps, at_work(deps):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
