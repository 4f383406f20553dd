"""Clocks as the API shows them: of one conversation, and those that are, or soon will be, late."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from hub.access import Caller, Permission
from hub.clocks import repository
from hub.clocks.advancing import is_over, spend
from hub.clocks.keeping import read_on
from hub.clocks.models import Clocks, ClockState, Lateness, Round, Spent
from hub.clocks.shapes import ClockShown, ClocksShown, LatePage, LateQuery, LateShown, RoundShown, SpentShown
from hub.deps import Deps
from hub.store.paging import cursor_of, position_of
from hub.threads.access import access_thread, reach_of

ALL_LATE: Sequence[Lateness] = ("warned", "breached")


async def show_clocks(deps: Deps, caller: Caller, id: str) -> ClocksShown:
    """Those of a conversation that the caller may see, at this moment."""
    thread = await access_thread(deps, caller, id, Permission.THREADS_VIEW)
    clocks = (await read_on(deps, thread)).now
    return ClocksShown(
        thread_id=id,
        seq=clocks.state.seq,
        round=round_shown(at_moment(clocks.state, deps.clock.now()).round),
        clocks=clocks_shown(clocks),
    )


def at_moment(state: ClockState, now: datetime) -> ClockState:
    """With the time that has passed since the last entry."""
    return state if is_over(state) or (state.at and now <= state.at) else spend(state, now)


async def list_late(deps: Deps, caller: Caller, query: LateQuery) -> LatePage:
    """As far as the caller may see conversations."""
    found = await repository.list_late(
        deps.mongo,
        caller.account,
        (query.state,) if query.state else ALL_LATE,
        await reach_of(deps, caller, Permission.THREADS_VIEW),
        position_of(query.cursor),
        limit=query.limit + 1,
    )
    page = [late_shown(clocks) for clocks in found[: query.limit]]
    last = page[-1] if len(found) > query.limit else None
    return LatePage(items=page, next=cursor_of(last.late_at, last.thread_id) if last else None)


def late_shown(clocks: Clocks) -> LateShown:
    """One conversation of the list."""
    late_at = clocks.late_at or datetime.max
    return LateShown(thread_id=clocks.id, state=clocks.late or "warned", late_at=late_at, clocks=clocks_shown(clocks))


def clocks_shown(clocks: Clocks) -> list[ClockShown]:
    """Those that run."""
    deadlines = {one.clock: one for one in clocks.deadlines}
    return [
        ClockShown(
            clock=one.clock,
            since=one.since,
            due_at=deadlines[one.clock].due_at if one.clock in deadlines else None,
            warn_at=deadlines[one.clock].warn_at if one.clock in deadlines else None,
            is_warned=one.is_warned,
            is_breached=one.is_breached,
        )
        for one in clocks.state.running
    ]


def round_shown(round: Round | None) -> RoundShown | None:
    """The one that goes on, or the last."""
    if round is None:
        return None
    return RoundShown(
        opened_at=round.opened_at,
        closed_at=round.closed_at,
        asked_at=round.asked_at,
        first_answer_at=round.first_answer_at,
        first_human_answer_at=round.first_human_answer_at,
        spent=spent_shown(round.spent),
    )


def spent_shown(spent: Spent) -> SpentShown:
    """In seconds."""
    return SpentShown(
        agent_s=seconds(spent.agent),
        queue_s=seconds(spent.queue),
        human_s=seconds(spent.human),
        person_s=seconds(spent.person),
        snoozed_s=seconds(spent.snoozed),
    )


def seconds(milliseconds: int) -> float:
    """The same time."""
    return timedelta(milliseconds=milliseconds).total_seconds()
