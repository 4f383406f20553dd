"""What the lifespan opened, handed to everybody as an argument."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import cast

from starlette.requests import HTTPConnection

from hub.apart.reading import Apart, Queue
from hub.background import Background, open_background
from hub.bell import Bell, open_bell
from hub.bus import Bus, Speaker, Teller, open_bus
from hub.children import Report
from hub.clock import Clock
from hub.declared import Declared
from hub.egress import Egress
from hub.limits import Limiter
from hub.lines.pulses import Pulses, open_pulses
from hub.memory import Memory
from hub.metrics import Metrics
from hub.passwords import Passwords
from hub.places import Places
from hub.presence.book import Book
from hub.settings import BadSetting, Settings
from hub.store import indexes
from hub.store.embedded import Servers, open_servers
from hub.store.installation import installation_id
from hub.store.mongo import KEYS, CommandListener, DatabaseAway, Mongo, open_mongo
from hub.store.redis import Wire, open_redis
from hub.store.sealed import MasterKeys, Sealer
from hub.together import Together
from hub.turns import Turns

# What is large and comes from outside, in the memory of one process at once: each may be 32 MB, some times over.
LARGE_AT_ONCE = 6

# What carries events from here to all processes that hold sockets.
Speaking = Callable[[Wire], Speaker]


# Its words would fill a page of every log and every failing test.
@dataclass(frozen=True, kw_only=True, repr=False)
class Deps:
    """Everything that outlives a request."""

    settings: Settings
    servers: Servers
    installation: str
    declared: Declared
    clock: Clock
    metrics: Metrics
    mongo: Mongo
    redis: Wire
    sealer: Sealer
    limiter: Limiter
    memory: Memory
    passwords: Passwords
    bell: Bell
    egress: Egress
    # Where any member's browser says its push service is: nobody's own networks are for that.
    push_egress: Egress
    pulses: Pulses
    bus: Bus
    presence: Book
    background: Background
    turns: Turns = field(default_factory=Turns)
    together: Together = field(default_factory=Together)
    large: Places = field(default_factory=lambda: Places(LARGE_AT_ONCE))
    apart: Apart = field(default_factory=Apart)
    # One at a time of those that are brought: a large one takes half a gigabyte.
    pictures: Apart = field(default_factory=lambda: Apart(at_once=1))
    # And one of those in mails that are looked at: however many there are, nobody's file waits for them.
    mail_pictures: Apart = field(default_factory=lambda: Apart(at_once=1))
    # So many of these are fetched and drawn at once, each of 5 MB at most; whoever waits holds nothing but a request.
    mail_picture_queue: Queue = field(default_factory=lambda: Queue(8, most_waiting=500))


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is decided before anything opens."""

    settings: Settings
    declared: Declared
    tellers: Sequence[Teller]
    speaking: Speaking
    clock: Clock
    metrics: Metrics
    listeners: Sequence[CommandListener] = ()


@asynccontextmanager
async def open_deps(wanted: Wanted, *, report: Report) -> AsyncIterator[Deps]:
    """Open all of it for the length of the block, and close it in reverse. Redis may be away; the database may not."""
    settings = wanted.settings
    async with AsyncExitStack() as stack:
        servers = await stack.enter_async_context(open_servers(settings, role="command", report=report))
        mongo = await stack.enter_async_context(open_database(wanted, servers.mongodb_url))
        installation = await installation_id(mongo, wanted.clock.now())
        redis = await stack.enter_async_context(open_redis(servers.redis_url, installation))
        sealer = Sealer(mongo[KEYS], master_keys(settings, servers), wanted.clock)
        await sealer.check()
        yield Deps(
            settings=settings,
            servers=servers,
            installation=installation,
            declared=wanted.declared,
            clock=wanted.clock,
            metrics=wanted.metrics,
            mongo=mongo,
            redis=redis,
            sealer=sealer,
            limiter=Limiter(redis, wanted.clock),
            memory=Memory(wanted.clock),
            passwords=Passwords(settings.password_memory_mb),
            bell=await stack.enter_async_context(open_bell(servers.redis_url, redis)),
            egress=await stack.enter_async_context(Egress.open(allow=settings.egress_allow)),
            push_egress=await stack.enter_async_context(Egress.open(allow=settings.push_allow)),
            pulses=await stack.enter_async_context(open_pulses(mongo, wanted.clock)),
            bus=await stack.enter_async_context(
                open_bus(wanted.speaking(redis), wanted.tellers, wanted.metrics, settings.stop_timeout_s)
            ),
            presence=Book(wanted.clock),
            background=await stack.enter_async_context(open_background(settings.stop_timeout_s)),
        )


@asynccontextmanager
async def open_database(wanted: Wanted, url: str) -> AsyncIterator[Mongo]:
    """The database, fit and with its indexes."""
    settings = wanted.settings
    opened = open_mongo(
        url,
        settings.mongodb_database,
        timeout_s=settings.mongodb_timeout_s,
        listeners=(*wanted.listeners, wanted.metrics.listener),
    )
    async with opened as mongo:
        await until_fit(mongo, wanted.clock, settings.start_timeout_s)
        await indexes.ensure(mongo, wanted.declared.indexes)
        yield mongo


def deps_of(connection: HTTPConnection) -> Deps:
    """The deps of the application that got this request."""
    return cast(Deps, connection.app.state.deps)


async def until_fit(mongo: Mongo, clock: Clock, timeout_s: float) -> None:
    """Wait for a database that is still starting; refuse one that cannot keep our promises."""
    give_up_at = clock.monotonic_s() + timeout_s
    while True:
        try:
            await mongo.check_fit()
            return
        except DatabaseAway:
            if clock.monotonic_s() >= give_up_at:
                raise DatabaseAway(
                    f"MongoDB did not answer within {timeout_s:g} s: check that it runs and that PARLEY_MONGODB_URL "
                    "names its host, port, replica set, user and password."
                ) from None
        await clock.sleep(0.2)


def master_keys(settings: Settings, servers: Servers) -> MasterKeys:
    """From the settings, or from the data folder when the database is the embedded one."""
    current = settings.master_key or servers.master_key
    if not current:
        raise BadSetting(
            "PARLEY_MASTER_KEY is not set: what is stored in a database of your own is sealed by a key of your own. "
            "Make one with `openssl rand -base64 32`, and keep a copy where no backup of the database is."
        )
    return MasterKeys(current, settings.master_key_previous)
