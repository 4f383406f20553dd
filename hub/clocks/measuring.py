"""What an entry of the log has ended, and how long that took. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from hub.clocks.advancing import MILLISECOND, is_answer, is_human, is_over, waited_for
from hub.clocks.models import Clocks, ClockState, Deadline, Measure, Running, What
from hub.threads.happenings import Closed, OwnerKind
from hub.threads.models import AuthorKind, Entry

# What was spam, or goes on elsewhere, was not resolved.
RESOLVED = frozenset({"done", "silence", "rule"})


def measured(before: Clocks, entry: Entry, after: ClockState, reach: Sequence[str]) -> list[Measure]:
    """What this entry has ended."""
    if is_answer(entry):
        return list(of_answer(before, entry, after, reach))
    if is_over(after) and not is_over(before.state):
        return list(of_round(before, entry, after, reach))
    return []


def of_answer(before: Clocks, entry: Entry, after: ClockState, reach: Sequence[str]) -> Iterator[Measure]:
    """The person has waited until here: for an answer, and for a human one."""
    member = entry.author.id if entry.author.kind is AuthorKind.MEMBER else None
    told = {"by": entry.author.kind, "member": member, "reach": with_member(reach, member)}
    if running := waited_for(before.state):
        is_late = was_late(running, before.deadlines, after.at)
        yield measure(entry, after, running.clock, running.since, is_late=is_late, **told)
    was, now = before.state.round, after.round
    if is_human(entry.author) and was and now and was.asked_at and was.first_human_answer_at is None:
        yield measure(entry, after, "first_human_answer", was.asked_at, **told)


def of_round(before: Clocks, entry: Entry, after: ClockState, reach: Sequence[str]) -> Iterator[Measure]:
    """It is done: what somebody asked, or what was opened again by hand. Whoever only says how they found the round
    before has asked nothing."""
    running = next((one for one in before.state.running if one.clock == "resolution"), None)
    is_resolved = isinstance(entry.event, Closed) and entry.event.why in RESOLVED
    if running is None or after.round is None or not is_resolved or is_only_survey(entry, after):
        return
    owner = after.owner.id if after.owner.kind is OwnerKind.MEMBER else None
    member = owner or (entry.author.id if entry.author.kind is AuthorKind.MEMBER else None)
    yield measure(
        entry,
        after,
        "resolution",
        running.since,
        is_late=was_late(running, before.deadlines, after.at),
        by=entry.author.kind,
        member=member,
        reach=with_member(reach, member),
        spent=after.round.spent,
    )


def is_only_survey(entry: Entry, after: ClockState) -> bool:
    """Whether the hub has closed what a score had opened."""
    return after.round is not None and after.round.is_survey and entry.author.kind is AuthorKind.HUB


def measure(entry: Entry, after: ClockState, what: What, since: datetime, **more: Any) -> Measure:
    """How long it took from then until this entry."""
    at = after.at or entry.stored_at
    return Measure(
        id=f"{entry.thread}.{entry.seq}.{what}",
        account=entry.account,
        thread=entry.thread,
        at=at,
        what=what,
        took_ms=(at - since) // MILLISECOND,
        team=after.team,
        line=after.line,
        priority=after.priority,
        **more,
    )


def was_late(running: Running, deadlines: Sequence[Deadline], at: datetime | None) -> bool:
    """Whether it was stopped after its time, also where nobody had come to say so."""
    due_at = next((one.due_at for one in deadlines if one.clock == running.clock), None)
    return running.is_breached or (due_at is not None and at is not None and at > due_at)


def with_member(reach: Sequence[str], member: str | None) -> list[str]:
    """Whose it is: the thread's, and of whoever did it."""
    return sorted({*reach, *([f"member:{member}"] if member else [])})
