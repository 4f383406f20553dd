"""What the benchmark of the inbox needs: accounts with so many conversations, written straight into the collections."""

import asyncio
import os
import random
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from pymongo import MongoClient

from bench.machine import on, shared_out
from channels.base import Content, IdentityKind, Medium
from hub.access import Caller
from hub.accounts.roles import BUILT_IN, OWNER
from hub.children import Report
from hub.deps import Deps, open_deps
from hub.inbox.indexing import LONGEST, SHORTEST
from hub.inbox.models import Findable
from hub.people.models import Identity, Person, Stage
from hub.people.naming import NAME_PLACE
from hub.rooms import HOUSE
from hub.settings import Secret, Settings, load
from hub.store.documents import as_document
from hub.store.embedded import open_servers
from hub.store.ids import new_id
from hub.store.mongo import Document
from hub.store.sealed import Keyring, new_master_key
from hub.store.tokens import tokens_of
from hub.threads.fold import reach_of
from hub.threads.happenings import NOBODY, Owner, OwnerKind
from hub.threads.models import PLACE, Author, AuthorKind, Entry, EntryKind, Heard, Last, Thread, ThreadStatus

BATCH = 1000
# A team of so many conversations, which the reference finds, and so many messages in those that are opened.
PAGE, LOG, LONG_LOGS = 50, 50, 20
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ME, MEMBERS = "me", 20
# Every so many-th message has the word that is searched for.
RARE, EVERY = "orchard", 200
VOCABULARY = [
    f"{a}{b}" for a in ("gar", "flo", "ren", "vil", "mar", "sun", "pol") for b in ("den", "or", "tal", "la", "ket")
]
SEEDED = ("threads", "messages", "people", "search")


@dataclass(frozen=True)
class Inbox:
    """One account with so many conversations, of which some have a longer log."""

    deps: Deps
    account: str
    size: int
    long: Sequence[str]

    @property
    def caller(self) -> Caller:
        """Somebody who sees all of it."""
        return Caller("member", ME, self.account, BUILT_IN[OWNER])


@asynccontextmanager
async def open_inboxes(sizes: Sequence[int], report: Report) -> AsyncIterator[Mapping[int, Inbox]]:
    """An account of each size in one database: the embedded one, or that of PARLEY_MONGODB_URL."""
    given = load(os.environ)
    server_cores, load_cores = shared_out()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="parley-bench-")))
        with on(server_cores):
            opening = open_servers(replace(given, data=folder), role="command", report=report)
            servers = await stack.enter_async_context(opening)
        stack.enter_context(on(load_cores))
        settings = Settings(
            data=folder,
            mongodb_url=Secret(servers.mongodb_url),
            mongodb_database=f"bench{new_id(NOW)}",
            redis_url=Secret(servers.redis_url),
            master_key=servers.master_key or given.master_key or Secret(new_master_key()),
            mongodb_timeout_s=120,
        )
        # The embedded server builds an index over what is there many times slower than along with it.
        deps = await stack.enter_async_context(open_deps(HOUSE.wants(settings), report=report))
        if given.mongodb_url:
            # The embedded one goes with its folder.
            stack.push_async_callback(deps.mongo.drop)
        yield {size: await seeded(deps, settings, size, report) for size in sizes}


async def seeded(deps: Deps, settings: Settings, size: int, report: Report) -> Inbox:
    """One account."""
    report(f"inbox: writing {size:,} conversations")
    account = f"of{size}"
    writer = Writer(account, await deps.sealer.keyring(account))
    await asyncio.to_thread(write, settings, writer, size)
    return Inbox(deps, account, size, [f"{account}-thread-{number}" for number in range(LONG_LOGS)])


def write(settings: Settings, writer: "Writer", size: int) -> None:
    """In large parts, without waiting for the journal: nobody needs it after us."""
    with MongoClient[Document](settings.mongodb_url.reveal(), w=1, journal=False, tz_aware=True) as client:
        database = client[settings.mongodb_database]
        for first in range(0, size, BATCH):
            parts: dict[str, list[Document]] = {name: [] for name in SEEDED}
            for number in range(first, min(size, first + BATCH)):
                for name, document in writer.conversation(number):
                    parts[name].append(document)
            for name, documents in parts.items():
                database[name].insert_many(documents, ordered=False)


@dataclass(frozen=True)
class Writer:
    """Makes the documents of one account; the same ones each time, but for what is sealed."""

    account: str
    keyring: Keyring

    def conversation(self, number: int) -> Iterator[tuple[str, Document]]:
        """A person, a thread, its messages, and what these are found by."""
        chance = random.Random(number)  # noqa: S311 - no secret
        moved_at = NOW - timedelta(seconds=number * 37 + chance.random())
        person, thread = f"{self.account}-person-{number}", f"{self.account}-thread-{number}"
        yield "people", as_document(self.person(person, moved_at))
        seqs = LOG if number < LONG_LOGS else 1
        entries = [self.entry(thread, person, seq, moved_at, self.words(chance, number)) for seq in range(1, seqs + 1)]
        for entry, text in entries:
            yield "messages", as_document(entry)
            yield "search", as_document(self.findable(entry, text))
        yield "threads", as_document(self.thread(thread, person, entries[-1][0], number, chance))

    def words(self, chance: random.Random, number: int) -> str:
        """A short message."""
        return " ".join([*chance.choices(VOCABULARY, k=8), *([RARE] if number % EVERY == 0 else [])])

    def person(self, id: str, at: datetime) -> Person:
        """Somebody with a name."""
        name = self.keyring.seal(NAME_PLACE, f"Lead {id}".encode())
        identity = Identity(kind=IdentityKind.CUSTOM, key=id.encode(), value=name)
        return Person(
            id=id, account=self.account, stage=Stage.LEAD, identities=[identity], made_at=at, updated_at=at, name=name
        )

    def entry(self, thread: str, person: str, seq: int, at: datetime, text: str) -> tuple[Entry, str]:
        """A message of the person."""
        id = f"{thread}-{seq}"
        content = self.keyring.seal(PLACE, msgspec.json.encode(Content(text=text)))
        entry = Entry(
            id=id,
            account=self.account,
            thread=thread,
            seq=seq,
            kind=EntryKind.MESSAGE,
            author=Author(AuthorKind.PERSON, person),
            said_at=at,
            stored_at=at,
            changed_at=at,
            client_id=id,
            provider_id=id,
            line="line",
            medium=Medium.SMS,
            direction="in",
            content=content,
        )
        return entry, text

    def findable(self, entry: Entry, text: str) -> Findable:
        """As the reaction to a message has it."""
        tokens = tokens_of(self.keyring, text, prefixes=True, shortest=SHORTEST, longest=LONGEST)
        return Findable(id=entry.id, account=self.account, thread=entry.thread, at=entry.stored_at, tokens=tokens)

    def thread(self, id: str, person: str, last: Entry, number: int, chance: random.Random) -> Thread:
        """A third are open, and of these a third are nobody's."""
        status = ThreadStatus.OPEN if number % 3 == 0 else ThreadStatus.CLOSED
        member = chance.randrange(MEMBERS * 3 // 2)
        owner = Owner(OwnerKind.MEMBER, ME if member == 0 else f"member-{member}") if member < MEMBERS else NOBODY
        thread = Thread(
            id=id,
            account=self.account,
            person=person,
            key=person,
            made_at=last.stored_at,
            moved_at=last.stored_at,
            updated_at=last.stored_at,
            seq=last.seq,
            rev=last.seq,
            status=status,
            owner=owner,
            team="fifty" if number < PAGE else f"team-{chance.randrange(8)}",
            media=[Medium.SMS],
            lines=["line"],
            last=Last(entry=last.id, seq=last.seq, at=last.stored_at, direction="in"),
            heard=Heard(seq=last.seq, at=last.said_at, line="line", medium=Medium.SMS),
            waiting_since=last.stored_at,
            followed=last.seq,
        )
        return msgspec.structs.replace(thread, reach=reach_of(thread))


def one_page(inbox: Inbox) -> Any:
    """The reference: as many conversations as a page has, by one index and nothing else."""
    where = {"account": inbox.account, "team": "fifty"}
    return inbox.deps.mongo["threads"].find(where, limit=PAGE)
