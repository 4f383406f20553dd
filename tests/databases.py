"""Databases that tests get one after the other. What a test has left is removed, and its indexes stay: making some
hundred of them anew for each test takes longer than most tests, and the embedded server gets slower with each that it
has ever made. Nor is it looked up for each hub again which of them stand."""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from pymongo import MongoClient, monitoring
from pymongo.monitoring import CommandListener, CommandStartedEvent

from hub.store import indexes
from hub.store.indexes import Index
from hub.store.mongo import Mongo

Document = dict[str, Any]

WRITING = frozenset({"insert", "update", "findAndModify"})
RESHAPING = frozenset({"createIndexes", "dropIndexes", "drop", "dropDatabase"})


class Written(CommandListener):
    """What the clients of this process have written, and whether it has started others, which may write anything."""

    def __init__(self) -> None:
        self.places: dict[str, set[str]] = defaultdict(set)
        self.reshaped: set[str] = set()
        self.has_others = False

    def notice_other(self, event: str, _: object) -> None:
        """Python tells of each process that is started."""
        self.has_others = self.has_others or event == "subprocess.Popen"

    def started(self, event: CommandStartedEvent) -> None:
        if event.command_name in WRITING:
            self.places[event.database_name].add(event.command[event.command_name])
        elif event.command_name in RESHAPING:
            self.reshaped.add(event.database_name)

    def succeeded(self, event: object) -> None: ...

    def failed(self, event: object) -> None: ...


WRITTEN = Written()
monitoring.register(WRITTEN)
sys.addaudithook(WRITTEN.notice_other)


class Standing:
    """What hubs of this process have made sure of, where nobody has changed it since."""

    def __init__(self) -> None:
        self._sure: dict[Any, set[frozenset[Index]]] = defaultdict(set)

    async def ensure(self, mongo: Mongo, declared: Iterable[Index]) -> None:
        """Create what is missing, as a hub does at its start."""
        wanted, name = [*declared], mongo["any"]._raw.database.name
        sure = self._sure[mongo._client.address, name]
        if name in WRITTEN.reshaped or frozenset(wanted) not in sure:
            await indexes.ensure(mongo, wanted)
            sure.add(frozenset(wanted))


@dataclass
class Databases:
    """Of one server: those that nobody uses now."""

    client: MongoClient[Document]
    free: list[str] = field(default_factory=list)
    whole: set[str] = field(default_factory=set)

    @contextmanager
    def lend(self, name: str) -> Iterator[str]:
        """One without any documents, for the length of the block: a new one of this name where none is free."""
        lent = self.free.pop() if self.free else name
        WRITTEN.has_others = False
        yield lent
        for part in both(lent):
            self.empty(part)
        if self.is_as_it_was(lent):
            self.free.append(lent)
        else:
            self.drop(lent)

    def empty(self, part: str) -> None:
        """Remove every document that was written; any, where somebody may have whom we do not hear."""
        written = WRITTEN.places.pop(part, set())
        for collection in self.client[part].list_collection_names() if WRITTEN.has_others else written:
            self.client[part][collection].delete_many({})

    def is_as_it_was(self, name: str) -> bool:
        """Whether it has the indexes with which it was lent. When it is new, it gets them from its first hub."""
        is_reshaped = bool(WRITTEN.reshaped & {*both(name)})
        WRITTEN.reshaped -= {*both(name)}
        is_new = name not in self.whole
        self.whole.add(name)
        return is_new or not is_reshaped

    def drop(self, name: str) -> None:
        """Begin anew next time."""
        self.whole.discard(name)
        for part in both(name):
            self.client.drop_database(part)
            WRITTEN.reshaped.discard(part)


def both(name: str) -> tuple[str, str]:
    """A database, and the one with its keys."""
    return name, f"{name}_keys"
