"""What can be wrong with the database, Redis, and our own processes."""

from datetime import UTC, datetime, timedelta

from hub.access import OPERATOR
from hub.deps import Deps
from hub.doctor import repository
from hub.doctor.models import Finding, failed, note, well
from hub.files.store import store_of
from hub.operations.presence import list_present
from hub.rooms import HOUSE
from hub.store import indexes as standing
from hub.store.ids import new_id
from hub.store.redis import RedisAway
from hub.work import actions

MOST_SKEW = timedelta(seconds=2)


async def database(deps: Deps) -> Finding:
    """Which server is it? That it is a replica set was required to come here."""
    version = (await deps.mongo.command("buildInfo"))["version"]
    if deps.servers.is_embedded:
        return note(
            "database",
            f"the embedded server (speaks MongoDB {version}): for trying out, and for small teams",
            "For more than a few thousand threads set PARLEY_MONGODB_URL to a MongoDB replica set.",
        )
    return well("database", f"MongoDB {version}, a replica set")


async def writes(deps: Deps) -> Finding:
    """Does a journalled majority write succeed, and is it read again as the majority has it?"""
    if not await repository.write_and_read(deps.mongo, new_id(deps.clock.now())):
        return failed("writes", "an acknowledged write was not there", "Check that a majority of the members is up.")
    return well("writes", "acknowledged by a majority, in the journal")


async def indexes(deps: Deps) -> Finding:
    """Does every index stand as its room declares it?"""
    drift = await standing.drift(deps.mongo, deps.declared.indexes)
    if drift:
        mend = (
            "Drop what differs or belongs to nobody (db.COLLECTION.dropIndex(NAME)); a restart makes what is missing."
        )
        return failed("indexes", "; ".join(drift), mend)
    return well("indexes", "as declared")


async def master_key(deps: Deps) -> Finding:
    """Does the master key open the data keys?"""
    await deps.sealer.check()
    if deps.settings.master_key:
        return well("master key", "opens every data key")
    return note(
        "master key",
        f"made by itself, in {deps.settings.data.absolute() / 'master.key'}",
        "Keep a copy where no backup of the database is: without it nothing stored can be read.",
    )


async def files(deps: Deps) -> Finding:
    """Does the store of the files keep what it is given, and give it back?"""
    store, name = store_of(deps), new_id(deps.clock.now())
    await store.put(name, b"parley")
    is_kept = await store.has(name) and await store.get(name) == b"parley"
    await store.remove(name)
    if not is_kept or await store.has(name):
        return failed("files", f"{store.about} does not keep what it is given, or keeps it for good", "Exchange it.")
    if deps.settings.files or deps.servers.is_embedded:
        return well("files", f"{store.about} takes them")
    return note(
        "files",
        f"{store.about} takes them; it is this machine's alone",
        "PARLEY_FILES=file:///a/folder/that/all/hubs/share, or s3://…",
    )


async def redis(deps: Deps) -> Finding:
    """Is it there, and does it forget?"""
    try:
        await deps.redis.ping()
    except RedisAway:
        return failed("redis", "does not answer", "Start it, or correct PARLEY_REDIS_URL.")
    if await redis_setting(deps, "maxmemory-policy") not in ("noeviction", ""):
        return note("redis", "may throw keys away when memory is short", "maxmemory-policy noeviction")
    if await redis_setting(deps, "appendonly") == "no":
        return note("redis", "forgets at a restart; nothing is lost, limits begin anew", "appendonly yes")
    return well("redis", "answers, and keeps what it has")


async def redis_setting(deps: Deps, name: str) -> str:
    """One of its settings; nothing where a hosted Redis does not tell."""
    try:
        with deps.redis.guard():
            return str((await deps.redis.client.config_get(name)).get(name, ""))
    except RedisAway:
        return ""


async def clocks(deps: Deps) -> Finding:
    """Do this machine and the servers agree about the time? Leases and windows are told by it."""
    skew = {"the database": abs(await deps.mongo.now() - deps.clock.now())}
    with deps.redis.guard():
        seconds, micros = await deps.redis.client.time()
    skew["Redis"] = abs(datetime.fromtimestamp(seconds + micros / 1e6, UTC) - deps.clock.now())
    off = [
        f"{name} by {difference.total_seconds():.1f} s" for name, difference in skew.items() if difference > MOST_SKEW
    ]
    if off:
        return failed("clocks", f"this machine differs from {' and '.join(off)}", "Run NTP on all machines.")
    return well("clocks", "agree")


async def processes(deps: Deps) -> Finding:
    """Is there a web process and a worker?"""
    kinds = [process["kind"] for process in await list_present(deps)]
    found = f"{kinds.count('web')} web, {kinds.count('worker')} worker"
    if not kinds:
        return note("processes", "none is running", "`python -m hub run`, or `serve` and `work`")
    if "worker" not in kinds:
        return failed("processes", f"{found}: nothing is sent, no agent answers", "python -m hub work")
    if "web" not in kinds:
        return failed("processes", f"{found}: nothing is received, nobody can look", "python -m hub serve")
    return well("processes", found)


async def buried(deps: Deps) -> Finding:
    """Was work given up?"""
    report = await actions.report(deps, OPERATOR, HOUSE.kinds)
    given_up = {kind.kind: kind.buried for kind in report.kinds if kind.buried}
    if given_up:
        return failed(
            "work", f"given up: {given_up}", "`python -m hub buried list` tells why, `buried revive` tries again"
        )
    return well("work", "nothing was given up")
