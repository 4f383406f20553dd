"""A process that merges two people and is killed over it: `python -m tests.hub.merging.dying SURVIVOR OTHER STEP`."""

import asyncio
import os
import signal
import sys

from pymongo.monitoring import CommandFailedEvent, CommandStartedEvent, CommandSucceededEvent

from hub.merging import actions
from hub.settings import load
from hub.store.mongo import CommandListener
from tests.hub.merging.known import act
from tests.hubs import running_hub


class Dying(CommandListener):
    """Dies before the command of this number in a transaction goes out."""

    def __init__(self, step: int) -> None:
        self.left = step

    def started(self, event: CommandStartedEvent) -> None:
        if event.command.get("autocommit") is False:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def succeeded(self, event: CommandSucceededEvent) -> None:
        """Of no interest."""

    def failed(self, event: CommandFailedEvent) -> None:
        """Of no interest."""


async def main(survivor: str, other: str, step: str) -> None:
    """Merge them, as far as it goes."""
    async with running_hub(load(os.environ), listeners=[Dying(int(step))]) as hub:
        await actions.merge(act(hub.deps), survivor, other)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
