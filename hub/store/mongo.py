"""MongoDB, the only truth. The only file that imports motor, so that moving off it is moving this file."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorClientSession, AsyncIOMotorCollection
from pymongo import IndexModel
from pymongo.errors import (
    ConfigurationError,
    ConnectionFailure,
    DuplicateKeyError,
    ExecutionTimeout,
    OperationFailure,
    WTimeoutError,
)
from pymongo.monitoring import CommandListener as CommandListener
from pymongo.monitoring import CommandStartedEvent as CommandStartedEvent
from pymongo.read_concern import ReadConcern

from hub.errors import Conflict, Unavailable

Document = dict[str, Any]
Where = Mapping[str, Any]
Sort = Sequence[tuple[str, int]]
Result = TypeVar("Result")

# What it answers a user that it does not know, or that may not do this.
REFUSING_CODES = frozenset({13, 18, 8000})
# What MongoDB answers a command when it is shutting down, not primary, or cut off: all of it passes.
PASSING_CODES = frozenset({6, 7, 89, 91, 189, 9001, 10107, 11600, 11602, 13435, 13436})
RETRY_AFTER_S = 2
# Another write to the same document came first: the whole transaction can be tried again.
PASSED_BY = "TransientTransactionError"
# Each pause is longer than the one before: five seconds in all.
TRANSACTION_ATTEMPTS = 20
TRANSACTION_PAUSE_S = 0.05
KEYS, AUDIT_HEADS = "keys", "audit_heads"
# What stands in the other database, because whoever writes to the first must not reach it.
APART = frozenset({KEYS, AUDIT_HEADS})


class DatabaseAway(Unavailable):
    """MongoDB does not answer; what was asked may or may not have happened, and can safely be asked again."""

    code = "database_away"


class Duplicate(Conflict):
    """Something with this key is stored already; `index` names the rule it would have broken."""

    code = "duplicate"


class UnfitDatabase(Unavailable):
    """The server at the URL cannot keep Parley's promises."""

    code = "unfit_database"


class Collection:
    """One collection, with the few verbs that repositories need. Every write is a journalled majority write."""

    def __init__(self, raw: AsyncIOMotorCollection[Document], session: AsyncIOMotorClientSession | None = None) -> None:
        self._raw = raw
        # Of a transaction, when what is done here is a part of one.
        self._session = session

    @property
    def majority(self) -> "Collection":
        """The same collection, read as a majority has it: for catching up, where nothing read may roll back."""
        return Collection(self._raw.with_options(read_concern=ReadConcern("majority")), self._session)

    async def find_one(self, where: Where, *, fields: Where | None = None, sort: Sort | None = None) -> Document | None:
        """The first that fits, or None."""
        with translated():
            return await self._raw.find_one(where, fields, sort=sort, session=self._session)

    async def find(
        self, where: Where, *, limit: int, fields: Where | None = None, sort: Sort | None = None
    ) -> list[Document]:
        """Those that fit, at most `limit`: no query here is without an end."""
        with translated():
            cursor = self._raw.find(where, fields, sort=sort, limit=limit, session=self._session)
            return await cursor.to_list(limit)

    async def each(self, where: Where, *, fields: Where | None = None) -> AsyncIterator[Document]:
        """All that fit, in batches, for the few walks that must see everything."""
        with translated():
            async for document in self._raw.find(where, fields, session=self._session):
                yield document

    async def insert(self, document: Document) -> None:
        """Store it, or raise Duplicate."""
        with translated():
            await self._raw.insert_one(document, session=self._session)

    async def update(self, where: Where, change: Where, *, upsert: bool = False) -> bool:
        """Change the one that fits and say whether there was one: the compare and set on which all order rests."""
        with translated():
            result = await self._raw.update_one(where, change, upsert=upsert, session=self._session)
        return result.matched_count == 1 or result.upserted_id is not None

    async def update_all(self, where: Where, change: Where) -> int:
        """Change all that fit and say how many they were."""
        with translated():
            return (await self._raw.update_many(where, change, session=self._session)).matched_count

    async def delete(self, where: Where) -> bool:
        """Remove the one that fits and say whether there was one."""
        with translated():
            return (await self._raw.delete_one(where, session=self._session)).deleted_count == 1

    async def delete_all(self, where: Where) -> int:
        """Remove all that fit and say how many they were."""
        with translated():
            return (await self._raw.delete_many(where, session=self._session)).deleted_count

    async def count(self, where: Where, *, limit: int) -> int:
        """How many fit, counting no further than `limit`."""
        with translated():
            return await self._raw.count_documents(where, limit=limit, session=self._session)

    async def count_each(self, where: Where, by: Where, *, limit: int) -> list[tuple[Document, int]]:
        """How many fit of each kind there is, told apart by these expressions: at most `limit` kinds."""
        group = {"_id": by, "times": {"$sum": 1}}
        with translated():
            cursor = self._raw.aggregate([{"$match": where}, {"$group": group}], session=self._session)
            return [(one["_id"], one["times"]) for one in await cursor.to_list(limit)]

    async def indexes(self) -> dict[str, Document]:
        """The indexes that stand, by name."""
        with translated():
            return {index["name"]: dict(index) for index in await self._raw.list_indexes().to_list(None)}

    async def create_index(self, model: IndexModel) -> None:
        """Create it where it does not stand yet."""
        with translated():
            await self._raw.create_indexes([model])

    async def drop_index(self, name: str) -> None:
        """Remove an index that nobody declares any more."""
        with translated():
            await self._raw.drop_index(name)


class Mongo:
    """The databases of this installation: `parley`, and beside it `parley_keys`, which backups leave out."""

    def __init__(
        self, client: AsyncIOMotorClient[Document], database: str, session: AsyncIOMotorClientSession | None = None
    ) -> None:
        self._client = client
        self._name = database
        self._session = session
        self._database = client.get_database(database)
        self._keys = client.get_database(f"{database}_keys")
        self._collections: dict[str, Collection] = {}

    def __getitem__(self, collection: str) -> Collection:
        # Every command asks for one, and making one is not for nothing.
        if collection not in self._collections:
            # Wrapped data keys have a database of their own: erasing one makes every backup of the rest unreadable.
            database = self._keys if collection in APART else self._database
            self._collections[collection] = Collection(database[collection], self._session)
        return self._collections[collection]

    async def transaction(self, doing: Callable[["Mongo"], Awaitable[Result]]) -> Result:
        """All that `doing` writes by the Mongo that it is given stands together, or none of it. Where another write
        came in between it is run again, so it does nothing else; whatever it raises takes back what it wrote."""
        running = asyncio.create_task(self._repeat(doing), name="transaction")
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            # A command that is on its way cannot be called back, and would begin anew what was just ended: so whoever
            # is cut off waits for the end, whichever it is.
            await asyncio.wait([running])
            raise

    async def _repeat(self, doing: Callable[["Mongo"], Awaitable[Result]]) -> Result:
        for attempt in range(1, TRANSACTION_ATTEMPTS + 1):
            try:
                return await self._attempt(doing)
            except OperationFailure as error:
                if not error.has_error_label(PASSED_BY):
                    raise
            await asyncio.sleep(random.uniform(0, attempt * TRANSACTION_PAUSE_S))  # noqa: S311 - no secret
        raise database_away()

    async def _attempt(self, doing: Callable[["Mongo"], Awaitable[Result]]) -> Result:
        with translated():
            async with await self._client.start_session() as session, session.start_transaction():
                return await doing(Mongo(self._client, self._name, session))

    async def command(self, name: str, **more: Any) -> Document:
        """Ask the server itself."""
        with translated():
            return dict(await self._client.admin.command(name, 1, **more))

    async def ping(self) -> None:
        """Return when the server answers, raise DatabaseAway when it does not."""
        await self.command("ping")

    async def now(self) -> datetime:
        """The time, as the server has it."""
        here: datetime = (await self.command("hello"))["localTime"]
        return here.replace(tzinfo=UTC)

    async def check_fit(self) -> None:
        """Refuse a stand-alone server: it has no majority, and forgets what it acknowledged when it fails over."""
        hello = await self.command("hello")
        if "setName" not in hello and hello.get("msg") != "isdbgrid":
            raise UnfitDatabase(
                "MongoDB at PARLEY_MONGODB_URL is stand-alone, and Parley needs a replica set (one member is enough): "
                "start mongod with --replSet rs0, say rs.initiate() once, and add ?replicaSet=rs0 to the URL."
            )

    async def create_user(self, name: str, password: str) -> None:
        """Somebody who may do everything; where there is one of this name, with a new password."""
        with translated():
            known = await self._client.admin.command("usersInfo", name)
            command = "updateUser" if known["users"] else "createUser"
            await self._client.admin.command(command, name, pwd=password, roles=["root"])

    async def drop(self) -> None:
        """Remove both databases."""
        with translated():
            await self._client.drop_database(self._database)
            await self._client.drop_database(self._keys)


@asynccontextmanager
async def open_mongo(
    url: str, database: str, *, timeout_s: float, listeners: Sequence[CommandListener] = ()
) -> AsyncIterator[Mongo]:
    """A client for the length of the block. Nothing connects before the first command."""
    client = new_client(url, timeout_s, listeners)
    try:
        yield Mongo(client, database)
    finally:
        client.close()


def new_client(url: str, timeout_s: float, listeners: Sequence[CommandListener]) -> AsyncIOMotorClient[Document]:
    timeout_ms = int(timeout_s * 1000)
    options: dict[str, Any] = {
        "w": "majority",
        "journal": True,
        "tz_aware": True,
        "tzinfo": UTC,
        "appname": "parley",
        "uuidRepresentation": "standard",
        "connectTimeoutMS": timeout_ms,
        "serverSelectionTimeoutMS": timeout_ms,
        "socketTimeoutMS": timeout_ms * 4,
        "event_listeners": list(listeners),
    }
    try:
        return AsyncIOMotorClient(url, **options)
    except (ConfigurationError, ValueError) as error:
        # The driver's own words would quote what it took for a host or a port: a part of the password.
        raise UnfitDatabase(
            "PARLEY_MONGODB_URL cannot be read. It looks like mongodb://user:password@host:27017/?replicaSet=rs0, and "
            "what is no letter or digit in the password is percent-encoded (@ is %40, / is %2F, : is %3A)."
        ) from error


@contextmanager
def translated() -> Iterator[None]:
    """Third-party exceptions become ours where they enter."""
    try:
        yield
    except DuplicateKeyError as error:
        raise Duplicate("This is stored already.", index=_index_of(error)) from error
    except (ConnectionFailure, ExecutionTimeout, WTimeoutError) as error:
        raise database_away() from error
    except ConfigurationError as error:
        raise UnfitDatabase(f"PARLEY_MONGODB_URL cannot be used: {error}") from error
    except OperationFailure as error:
        if error.code in PASSING_CODES:
            raise database_away() from error
        if error.code in REFUSING_CODES:
            raise UnfitDatabase(
                "MongoDB refuses the user or the password of PARLEY_MONGODB_URL, or that user may not read and write "
                "Parley's two databases and list their indexes."
            ) from error
        raise


def database_away() -> DatabaseAway:
    return DatabaseAway("The database does not answer; try again in a moment.", retry_after_s=RETRY_AFTER_S)


def _index_of(error: DuplicateKeyError) -> str:
    pattern = (error.details or {}).get("keyPattern", {})
    return ",".join(pattern)
