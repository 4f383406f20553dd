"""Who could get a thread: the members who may reply, and how things are with each at this moment."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from hub.access import Permission
from hub.accounts.errors import MemberNotAble, NoSuchMember
from hub.accounts.hours import ALWAYS_OPEN, Hours, is_open
from hub.accounts.presence import look
from hub.accounts.rostering import hours_of_each, list_able
from hub.accounts.standing import get_able
from hub.deps import Deps
from hub.routing import repository
from hub.routing.choosing import Candidate
from hub.routing.models import Facts, Wait

# Who is in a team, and when they are there, may be so old; who is away and how much they have is always asked anew.
REMEMBERED_S = 5.0
# To find the next opening takes some milliseconds for each member.
OPENING_REMEMBERED_S = 60.0


@dataclass(frozen=True)
class Colleague:
    """A member who may reply, with the hours that count."""

    member: str
    hours: Sequence[Hours]


@dataclass(frozen=True)
class Seen:
    """A candidate, and the facts that it was made of: they are named by whoever takes the turn."""

    candidate: Candidate
    facts: Facts


async def roster_of(deps: Deps, account: str, team: str | None) -> Sequence[Colleague]:
    """Everybody who is asked for this team; without one, everybody who may reply."""

    async def read() -> Sequence[Colleague]:
        members = await list_able(deps, account, Permission.THREADS_REPLY, team=team)
        hours = await hours_of_each(deps, account, members)
        return [Colleague(member.id, hours[member.id]) for member in members]

    return await deps.memory.recall(roster_question(account, team), read, for_s=REMEMBERED_S)


def roster_question(account: str, team: str | None) -> str:
    """What a process remembers them by."""
    return f"routing roster:{account}:{team}"


async def is_asked_still(deps: Deps, account: str, team: str | None, member: str) -> bool:
    """Whether a member whom we remember is let in, may reply and is of the team at this moment. Whoever is not makes
    us forget."""
    with suppress(NoSuchMember, MemberNotAble):
        found = await get_able(deps, account, member, Permission.THREADS_REPLY)
        if team is None or team in found.teams:
            return True
    deps.memory.forget(roster_question(account, team))
    return False


async def look_at_all(deps: Deps, account: str, team: str | None, *, wait: Wait | None = None) -> list[Seen]:
    """All candidates, as they are now. The facts are read before the threads: a place that is kept is let go only once
    the thread counts, so that nothing falls between."""
    roster = await roster_of(deps, account, team)
    known = {facts.id: facts for facts in await repository.list_facts(deps.mongo, account, ids_of(roster))}
    passed = wait.passed if wait else []
    facts = [known.get(one.member) or Facts(id=one.member, account=account) for one in roster]
    loads = await loads_of(deps, account, facts)
    return [see(deps, one, its, loads[its.id], passed) for one, its in zip(roster, facts, strict=True)]


def see(deps: Deps, colleague: Colleague, facts: Facts, load: int, passed: Collection[str] = ()) -> Seen:
    """One of them."""
    now = deps.clock.now()
    candidate = Candidate(
        member=facts.id,
        capacity=facts.capacity,
        load=load,
        languages=facts.languages,
        skills=frozenset(facts.skills),
        lines=frozenset(facts.lines),
        is_away=facts.is_away,
        is_there=any(is_open(hours, now) for hours in colleague.hours or (ALWAYS_OPEN,)),
        has_passed=facts.id in passed,
        last_given_at=facts.last_given_at,
        freed_at=facts.freed_at,
    )
    return Seen(candidate, facts)


async def loads_of(deps: Deps, account: str, facts: Sequence[Facts]) -> Mapping[str, int]:
    """The load of each, by one query. What is on the way to somebody, and there already, counts once."""
    held = {one.id: held_by(deps, one) for one in facts}
    loads = {member: len(threads) for member, threads in held.items()}
    apart = set().union(*held.values())
    found = await repository.count_open_of_each(deps.mongo, account, list(held), apart=apart) if facts else []
    for owner, thread, times in found:
        if thread not in held[owner]:
            loads[owner] += times
    return loads


def held_by(deps: Deps, facts: Facts) -> set[str]:
    """The threads that are on the way to the member."""
    return {hold.thread for hold in facts.held if hold.until > deps.clock.now()}


async def load_of(deps: Deps, facts: Facts) -> int:
    """How many open threads are the member's or on the way there, counted as far as it matters."""
    held = held_by(deps, facts)
    limit = facts.capacity + 1
    return len(held) + await repository.count_open_of(deps.mongo, facts.account, facts.id, besides=held, limit=limit)


async def next_opening(deps: Deps, account: str, team: str | None) -> datetime | None:
    """When the next of those who are not there will be."""

    async def read() -> datetime | None:
        now = deps.clock.now()
        found = [look(one.hours, now)[1] for one in await roster_of(deps, account, team)]
        return min((opening for opening in found if opening), default=None)

    return await deps.memory.recall(f"routing opening:{account}:{team}", read, for_s=OPENING_REMEMBERED_S)


def ids_of(roster: Sequence[Colleague]) -> list[str]:
    """Of all of them."""
    return [one.member for one in roster]
