"""A worker that is killed after a message was taken, and before that is written: `python -m tests.faults.killed`."""

import asyncio
import os
import signal
from typing import Any

from hub.deps import open_deps
from hub.rooms import HOUSE
from hub.sending.delivery import KINDS
from hub.sending.errand import Errand
from hub.settings import load
from tests.hub.sending.scene import work_off


async def die(*_: Any) -> None:
    """No goodbye."""
    os.kill(os.getpid(), signal.SIGKILL)


async def main() -> None:
    """Send whatever is due."""
    Errand.sent = die  # type: ignore[assignment, method-assign]
    async with open_deps(HOUSE.wants(load(os.environ)), report=print) as deps:
        await work_off(deps, KINDS)


if __name__ == "__main__":
    asyncio.run(main())
