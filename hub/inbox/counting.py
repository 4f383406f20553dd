"""How many conversations a view shows, kept up to date by whoever changes a conversation: no list is ever counted.

A crash between a change and its counting leaves a counter wrong by one. Once a day, soon after a process has died over
its work, and whenever it is asked for, all conversations are walked over, and what differs is corrected.
"""

from datetime import timedelta

from hub.access import Caller, Permission, Scope
from hub.act import Act
from hub.bus import changed
from hub.deps import Deps
from hub.inbox import repository
from hub.inbox.models import Tally
from hub.inbox.repository import RECOUNTS
from hub.inbox.shapes import Counts, RecountShown
from hub.threads.happenings import OwnerKind
from hub.threads.models import Entry, Thread, ThreadStatus

RECOUNT = "inbox.recount"
EVERY = timedelta(days=1)
# Nobody reacts to an entry so late, unless whoever wrote it has died; and then there is more to come.
LATE, SOON = timedelta(seconds=10), timedelta(minutes=2)
# A process asks no more often whether the recount of an account is planned.
REMEMBERED_S = 3600
ACCOUNT, TEAMS = "account", "teams"
# What screens are told of, when it changes.
COUNTS = "counts"

# What it belongs to, and its name there.
Key = tuple[str, str]


def keys_of(thread: Thread) -> set[Key]:
    """The counters that a conversation counts in."""
    keys = {(member, "unread") for member in thread.unread_for} | {(member, "mentions") for member in thread.mentions}
    keys.add((ACCOUNT, thread.status.value))
    return keys | of_open(thread) if thread.status is ThreadStatus.OPEN else keys


def of_open(thread: Thread) -> set[Key]:
    """Those of conversations in which there is something to do."""
    keys = {(TEAMS, thread.team)} if thread.team else set()
    if thread.owner.kind is OwnerKind.MEMBER:
        keys.add((thread.owner.id, "mine"))
    elif thread.owner.kind is OwnerKind.NOBODY:
        keys.add((ACCOUNT, "unassigned"))
    return keys


async def tally(deps: Deps, before: Thread | None, after: Thread) -> None:
    """Count a change: one update for each counter that it moves, and none where it moves none."""
    was, is_now = keys_of(before) if before else set(), keys_of(after)
    for of, name in sorted(was ^ is_now):
        await repository.count_by(deps.mongo, after.account, of, name, 1 if (of, name) in is_now else -1)
    if moved := was ^ is_now:
        changed(deps, COUNTS, after.account, "", *moved)
    if before is None:
        await deps.memory.recall(f"recount:{after.account}", lambda: plan(deps, after.account), for_s=REMEMBERED_S)


async def doubt(deps: Deps, _: Thread, entry: Entry) -> None:
    """Whoever wrote this has died before anybody reacted to it, perhaps before it was counted."""
    now = deps.clock.now()
    if now - entry.stored_at >= LATE:
        await repository.recount_by(deps.mongo, entry.account, now + SOON)


async def plan(deps: Deps, account: str) -> None:
    """The counters of the account are looked after from now on."""
    await repository.plan_recount(deps.mongo, account, deps.clock.now() + EVERY)


async def numbers_for(deps: Deps, caller: Caller) -> list[Tally]:
    """Those that the caller may see, by one query."""
    kept = await repository.list_counters(deps.mongo, caller.account, [ACCOUNT, TEAMS, caller.id])
    scope = caller.grants[Permission.THREADS_VIEW]
    return [one for one in kept if one.of == caller.id or is_of_all(one, scope) or is_of_teams(one, caller, scope)]


def is_of_all(one: Tally, scope: Scope) -> bool:
    """Whether whoever sees everything of the account sees it."""
    return one.of == ACCOUNT and scope is Scope.ALL


def is_of_teams(one: Tally, caller: Caller, scope: Scope) -> bool:
    """Whether it is of a team of which the caller sees everything."""
    return one.of == TEAMS and is_seen(caller, scope, one.name)


async def counts_for(deps: Deps, caller: Caller) -> Counts:
    """Those of all views that are counted, by one query."""
    kept = await repository.list_counters(deps.mongo, caller.account, [ACCOUNT, TEAMS, caller.id])
    counted = {(one.of, one.name): max(0, one.n) for one in kept}
    scope = caller.grants[Permission.THREADS_VIEW]
    whole = {name: counted.get((ACCOUNT, name), 0) if scope is Scope.ALL else None for name in ACCOUNTS_OWN}
    mine = {name: counted.get((caller.id, name), 0) for name in ("mine", "unread", "mentions")}
    teams = {name: n for (of, name), n in counted.items() if of == TEAMS and n and is_seen(caller, scope, name)}
    return Counts(
        mine=mine["mine"],
        unread=mine["unread"],
        mentions=mine["mentions"],
        unassigned=whole["unassigned"],
        all=whole[ThreadStatus.OPEN.value],
        snoozed=whole[ThreadStatus.SNOOZED.value],
        closed=whole[ThreadStatus.CLOSED.value],
        teams=teams,
    )


ACCOUNTS_OWN = ("unassigned", *(status.value for status in ThreadStatus))


def is_seen(caller: Caller, scope: Scope, team: str) -> bool:
    """Whether the caller sees all conversations of the team."""
    return scope is Scope.ALL or (scope is Scope.TEAM and team in caller.teams)


async def recount_now(act: Act) -> RecountShown:
    """Compare the counters with what they count, as soon as a worker is free."""
    now = act.deps.clock.now()
    await repository.recount_now(act.deps.mongo, act.account, now)
    await act.deps.bell.ring(RECOUNT, act.account)
    planned = RecountShown(due_at=now)
    act.note.target, act.note.after = {"collection": RECOUNTS}, planned
    return planned
