"""Every query of the rules: about rules and their runs, which are their own; and about threads and entries, which they
read and never write."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from hub.rules.models import RULES, RUNS, Rule, Run, When
from hub.store.documents import as_document, read
from hub.store.indexes import Index
from hub.store.mongo import Document, Mongo
from hub.threads.models import Entry, Thread

THREADS, MESSAGES = "threads", "messages"
# Long after the last process could take over a run.
KEPT_FOR = timedelta(days=30)
INDEXES = (
    Index(RULES, (("account", 1), ("position", 1), ("_id", 1))),
    Index(RUNS, (("account", 1), ("entry", 1))),
    Index(RUNS, (("account", 1), ("thread", 1), ("at", 1))),
    Index(RUNS, (("at", 1),), expire_after=KEPT_FOR),
)
SEALED = (RULES,)
MOST_RULES = 100
# So many entries of a conversation are looked at for one that reopened it.
LOOKED_AT = 20

# An emoji that was put to a message is neither word nor answer.
SPOKEN: Document = {"kind": "message", "is_reaction": {"$ne": True}, "is_automatic": {"$ne": True}}
IN: Document = {**SPOKEN, "direction": "in"}
ANSWER: Document = {
    **SPOKEN,
    "direction": "out",
    "author.kind": {"$in": ["member", "agent", "key"]},
    "delivery.state": {"$ne": "cancelled"},
}
STATES = ("closed", "reopened", "snoozed", "woken")


def named(name: str, **more: Any) -> Document:
    """Events of this name."""
    return {"kind": "event", "event.name": name} | {f"event.{field}": value for field, value in more.items()}


# What may be that; `whens.is_so` says whether it is.
MAY_BE: Mapping[When, Document] = {
    When.MESSAGE_RECEIVED: IN,
    When.FIRST_MESSAGE: IN,
    When.MESSAGE_SENT: {"kind": "message", "direction": "out"},
    When.NOTE_WRITTEN: {"kind": "note"},
    When.THREAD_OPENED: {"seq": 1},
    When.THREAD_CLOSED: named("closed"),
    When.THREAD_REOPENED: {"$or": [IN, named("reopened")]},
    When.THREAD_SNOOZED: named("snoozed"),
    When.OWNER_CHANGED: named("owner_changed"),
    When.TAGGED: named("tagged"),
    When.PRIORITY_SET: named("priority_set"),
    When.LEAD_CHANGED: named("lead_changed"),
    When.STAGE_CHANGED: named("stage_changed"),
    When.OPTED_OUT: named("opt_changed", is_in=False),
    When.CLOCK_WARNING: named("clock_breached", is_warning=True),
    When.CLOCK_BREACHED: named("clock_breached", is_warning=False),
    When.SURVEY_ANSWERED: named("survey_answered"),
}


async def add_rule(mongo: Mongo, rule: Rule) -> None:
    """Store it, or raise Duplicate."""
    await mongo[RULES].insert(as_document(rule))


async def count_rules(mongo: Mongo, account: str) -> int:
    """How many the account has; no further than one too many."""
    return await mongo[RULES].count({"account": account}, limit=MOST_RULES + 1)


async def find_rule(mongo: Mongo, account: str, id: str) -> Rule | None:
    """One of the account's."""
    found = await mongo[RULES].find_one({"_id": id, "account": account})
    return read(Rule, found) if found else None


async def list_rules(mongo: Mongo, account: str) -> list[Rule]:
    """All of the account's, in their order."""
    found = await mongo[RULES].find({"account": account}, sort=[("position", 1), ("_id", 1)], limit=MOST_RULES)
    return [read(Rule, document) for document in found]


async def change_rule(mongo: Mongo, seen: Rule, change: Document) -> bool:
    """Change what it says; False when somebody else has done so since it was seen."""
    where = {"_id": seen.id, "account": seen.account, "rev": seen.rev}
    return await mongo[RULES].update(where, {**change, "$inc": {"rev": 1}})


async def set_position(mongo: Mongo, account: str, id: str, position: int) -> bool:
    """Where it stands among the others; False when it is gone."""
    return await mongo[RULES].update({"_id": id, "account": account}, {"$set": {"position": position}})


async def remove_rule(mongo: Mongo, account: str, id: str) -> bool:
    """False when there was none."""
    return await mongo[RULES].delete({"_id": id, "account": account})


async def count_failures(mongo: Mongo, account: str, id: str, *, seen: int, now: int, more: Mapping[str, Any]) -> bool:
    """How often it has failed by now; False when somebody else has counted since it was seen."""
    where = {"_id": id, "account": account, "failures": seen}
    return await mongo[RULES].update(where, {"$set": {"failures": now, **more}})


async def add_run(mongo: Mongo, run: Run) -> None:
    """Store it, or raise Duplicate: another process has."""
    await mongo[RUNS].insert(as_document(run))


async def list_runs(mongo: Mongo, account: str, entry: str) -> list[Run]:
    """The rules that have decided to act on an entry."""
    found = await mongo[RUNS].find({"account": account, "entry": entry}, limit=MOST_RULES + 1)
    return [read(Run, document) for document in found]


async def find_run(mongo: Mongo, account: str, id: str) -> Run | None:
    """One of the account's."""
    found = await mongo[RUNS].find_one({"_id": id, "account": account})
    return read(Run, found) if found else None


async def note_done(mongo: Mongo, run: Run, deed: int) -> None:
    """This one of its deeds is done."""
    await mongo[RUNS].update({"_id": run.id, "account": run.account}, {"$addToSet": {"done": deed}})


async def list_runs_since(mongo: Mongo, account: str, thread: str, since: datetime, *, limit: int) -> list[Run]:
    """What rules have decided to do in a conversation since then."""
    where = {"account": account, "thread": thread, "at": {"$gt": since}, "deeds": {"$gt": 0}}
    return [read(Run, document) for document in await mongo[RUNS].find(where, limit=limit)]


async def finish_run(mongo: Mongo, run: Run, now: datetime) -> bool:
    """All of it is done; False when another process has said so."""
    where = {"_id": run.id, "account": run.account, "done_at": {"$exists": False}}
    return await mongo[RUNS].update(where, {"$set": {"done_at": now}})


async def was_answered(mongo: Mongo, account: str, entry: Entry) -> bool:
    """Whether somebody other than a rule has answered behind this place."""
    where = {"account": account, "thread": entry.thread, "seq": {"$gt": entry.seq}, **ANSWER}
    return await mongo[MESSAGES].find_one(where, sort=[("seq", 1)]) is not None


async def has_heard_before(mongo: Mongo, account: str, entry: Entry) -> bool:
    """Whether the person has written in front of this place."""
    where = {"account": account, "thread": entry.thread, "seq": {"$lt": entry.seq}, **IN}
    return await mongo[MESSAGES].find_one(where, sort=[("seq", 1)]) is not None


async def was_closed(mongo: Mongo, account: str, entry: Entry) -> bool:
    """Whether the conversation was closed right in front of this place."""
    before = {"account": account, "thread": entry.thread, "seq": {"$lt": entry.seq}}
    where = {**before, "$or": [IN, {"event.name": {"$in": STATES}}]}
    found = await mongo[MESSAGES].find_one(where, sort=[("seq", -1)])
    return found is not None and (found.get("event") or {}).get("name") == "closed"


async def list_latest(mongo: Mongo, account: str, thread: str, when: When) -> list[Entry]:
    """The entries of a conversation that may be that, the last first; of first messages, the first."""
    is_first = when is When.FIRST_MESSAGE
    limit = LOOKED_AT if when is When.THREAD_REOPENED else 1
    where = {"account": account, "thread": thread, **MAY_BE[when]}
    found = await mongo[MESSAGES].find(where, sort=[("seq", 1 if is_first else -1)], limit=limit)
    return [read(Entry, document) for document in found]


async def list_threads(mongo: Mongo, account: str, reach: Collection[str] | None, *, limit: int) -> Sequence[Thread]:
    """Those that moved last, as far as a permission reaches."""
    within: Document = {} if reach is None else {"reach": {"$in": sorted(reach)}}
    where = {"account": account, "status": {"$in": ["open", "snoozed", "closed"]}, **within}
    found = await mongo[THREADS].find(where, sort=[("moved_at", -1), ("_id", -1)], limit=limit)
    return [read(Thread, document) for document in found]
