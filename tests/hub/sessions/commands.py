"""What a hub sends to its database, as an outsider could tell it by the time that it takes."""

from hub.operations.repository import PROCESSES
from hub.store.mongo import CommandListener, CommandStartedEvent


class Commands(CommandListener):
    """Notes each command and its collection, except that the process is still there."""

    def __init__(self) -> None:
        self._sent: list[str] = []

    def started(self, event: CommandStartedEvent) -> None:
        collection = event.command.get(event.command_name)
        # What a new connection begins with names no collection.
        if isinstance(collection, str) and collection != PROCESSES:
            self._sent.append(f"{event.command_name} {collection}")

    def succeeded(self, event: object) -> None:
        pass

    def failed(self, event: object) -> None:
        pass

    def take(self) -> list[str]:
        """What was sent since the last time."""
        taken, self._sent = self._sent, []
        return taken
