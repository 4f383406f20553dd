"""The clocks of a thread after one more entry of its log. Pure: the same log always makes the same clocks.

A round lasts from when there is something to do until it is done. Each of its moments belongs to one: to the person
while nobody owes them an answer, else to whoever may speak for the account; or to nobody's while it is put off. The
clocks of answers run while the person waits, whatever is put off meanwhile: nobody gains time by a snooze.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from hub.clocks.models import ClockName, ClockState, Round, Running
from hub.threads import happenings
from hub.threads.happenings import NOBODY, OwnerKind
from hub.threads.models import Author, AuthorKind, Entry, EntryKind, ThreadStatus

MILLISECOND = timedelta(milliseconds=1)
OWNERS: Mapping[OwnerKind, str] = {OwnerKind.AGENT: "agent", OwnerKind.MEMBER: "human", OwnerKind.NOBODY: "queue"}
ANSWERING = frozenset({AuthorKind.AGENT, AuthorKind.MEMBER, AuthorKind.KEY, AuthorKind.ELSEWHERE})
STATUSES: Mapping[type, ThreadStatus] = {
    happenings.Closed: ThreadStatus.CLOSED,
    happenings.Reopened: ThreadStatus.OPEN,
    happenings.Woken: ThreadStatus.OPEN,
    happenings.Snoozed: ThreadStatus.SNOOZED,
}
# Nothing of these moves a clock, or changes whose thread it is and who may see it.
WITHOUT_EFFECT = (
    *(happenings.Tagged, happenings.Merged, happenings.PersonMerged, happenings.LeadChanged, happenings.StageChanged),
    *(happenings.OptChanged, happenings.SurveyAsked, happenings.RuleRan),
)


def advance(state: ClockState, entry: Entry) -> ClockState:
    """The clocks, with this entry as the last that they have seen."""
    # Two processes may disagree about the time by some milliseconds; nothing ends before it began.
    at = max(state.at, entry.stored_at) if state.at else entry.stored_at
    status, was_closed = status_after(state, entry), is_over(state)
    moved = replace(spend(state, at), seq=entry.seq, status=status)
    if state.round is None or (was_closed and status is not ThreadStatus.CLOSED):
        moved = replace(moved, round=Round(seq=entry.seq, opened_at=at), running=[])
    changed = happening(moved, entry) if entry.kind is EntryKind.EVENT else message(moved, entry)
    if status is ThreadStatus.CLOSED and not was_closed:
        return with_round(replace(changed, running=[]), closed_at=at)
    return changed


def is_over(state: ClockState) -> bool:
    """Whether nothing is left to do."""
    return state.round is not None and state.status is ThreadStatus.CLOSED


def status_after(state: ClockState, entry: Entry) -> ThreadStatus:
    """As the thread itself has it."""
    if is_question(entry):
        return ThreadStatus.OPEN
    if isinstance(entry.event, happenings.MergedInto):
        return ThreadStatus.OPEN if entry.event.is_undone else ThreadStatus.CLOSED
    return STATUSES.get(type(entry.event), state.status)


def spend(state: ClockState, at: datetime) -> ClockState:
    """The time until then belongs to somebody."""
    round = state.round
    if round is None or state.at is None or is_over(state):
        return replace(state, at=at)
    whose, passed = whose_time(state), (at - state.at) // MILLISECOND
    spent = replace(round.spent, **{whose: getattr(round.spent, whose) + passed})
    return replace(state, at=at, round=replace(round, spent=spent))


def whose_time(state: ClockState) -> str:
    """To which part of a round this moment belongs."""
    if state.status is ThreadStatus.SNOOZED:
        return "snoozed"
    return OWNERS[state.owner.kind] if waited_for(state) else "person"


def waited_for(state: ClockState) -> Running | None:
    """The clock of the answer that the person waits for."""
    return next((one for one in state.running if one.clock != "resolution"), None)


def is_question(entry: Entry) -> bool:
    """Whether the person has written, and wants an answer."""
    return entry.kind is EntryKind.MESSAGE and entry.direction == "in" and not entry.needs_no_answer


def is_answer(entry: Entry) -> bool:
    """Whether somebody has answered them: an agent, a member, a program of the account's own. What rules and campaigns
    send is no answer, nor is what was written before, to be sent later, nor an emoji that was put to a message."""
    is_said = entry.kind is EntryKind.MESSAGE and not entry.is_aside
    if not is_said or entry.direction != "out" or entry.author.kind not in ANSWERING:
        return False
    was_ready = entry.delivery is not None and entry.delivery.is_automated
    return entry.author.kind is AuthorKind.AGENT or not was_ready


def is_human(author: Author) -> bool:
    """Whether a person of ours is behind it: of a program nobody knows."""
    return author.kind is AuthorKind.MEMBER


def message(state: ClockState, entry: Entry) -> ClockState:
    """Somebody has said something."""
    if is_question(entry):
        return question(state, entry)
    return answer(state, entry) if is_answer(entry) else state


def question(state: ClockState, entry: Entry) -> ClockState:
    """The person waits from here on, unless they do already."""
    asked = replace(state, line=entry.line)
    if asked.round and asked.round.asked_at is None:
        asked = with_round(started(asked, "resolution"), asked_at=asked.at)
    if waited_for(asked):
        return asked
    is_first = asked.round is None or asked.round.first_answer_at is None
    return started(asked, "first_answer" if is_first else "next_answer")


def answer(state: ClockState, entry: Entry) -> ClockState:
    """The person waits no more."""
    round = state.round
    if round is None or round.asked_at is None:
        return state
    answered = with_round(
        state,
        first_answer_at=round.first_answer_at or state.at,
        first_human_answer_at=round.first_human_answer_at or (state.at if is_human(entry.author) else None),
    )
    return replace(answered, running=[one for one in state.running if one.clock == "resolution"])


def started(state: ClockState, clock: ClockName) -> ClockState:
    """One clock more, which runs once at a time."""
    if state.at is None or any(one.clock == clock for one in state.running):
        return state
    return replace(state, running=[*state.running, Running(clock=clock, seq=state.seq, since=state.at)])


def with_round(state: ClockState, **changed: Any) -> ClockState:
    """The round is otherwise."""
    return replace(state, round=replace(state.round, **changed)) if state.round else state


def happening(state: ClockState, entry: Entry) -> ClockState:
    """Something has happened; most of it moves no clock."""
    change = EVENTS.get(type(entry.event))
    return change(state, entry.event) if change else state


def owner_changed(state: ClockState, event: happenings.OwnerChanged) -> ClockState:
    return replace(state, owner=event.owner, team=event.team)


def priority_set(state: ClockState, event: happenings.PrioritySet) -> ClockState:
    return replace(state, priority=event.priority)


def reopened(state: ClockState, event: happenings.Reopened) -> ClockState:
    """It was not done after all."""
    return started(state, "resolution") if event.why in ("by_hand", "rule") else state


def merged_into(state: ClockState, event: happenings.MergedInto) -> ClockState:
    return state if event.is_undone else replace(state, owner=NOBODY)


def breached(state: ClockState, event: happenings.ClockBreached) -> ClockState:
    """It is known from here on."""
    known = {"is_warned": True} if event.is_warning else {"is_breached": True}
    return replace(state, running=[replace(one, **known) if one.clock == event.clock else one for one in state.running])


def surveyed(state: ClockState, _: happenings.SurveyAnswered) -> ClockState:
    return with_round(state, is_survey=True)


EVENTS: Mapping[type, Callable[[ClockState, Any], ClockState]] = {
    happenings.OwnerChanged: owner_changed,
    happenings.PrioritySet: priority_set,
    happenings.Reopened: reopened,
    happenings.MergedInto: merged_into,
    happenings.ClockBreached: breached,
    happenings.SurveyAnswered: surveyed,
}
