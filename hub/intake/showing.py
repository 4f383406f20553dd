"""The ledger as the API shows it."""

from hub.access import Caller, Permission, Scope
from hub.deps import Deps
from hub.intake import bodies, repository
from hub.intake.models import IntakeEvent, Replay
from hub.intake.shapes import EventOpened, EventPage, EventShown, IntakeQuery, ReplayShown, TroubleShown
from hub.store.paging import cursor_of, position_of

# Nobody reads on for longer, and a browser would take long to show it.
MOST_SHOWN = 1024 * 1024


async def list_events(deps: Deps, caller: Caller, query: IntakeQuery) -> EventPage:
    """The latest first."""
    after = position_of(query.cursor)
    found = await repository.list_events(
        deps.mongo, caller.account, line=query.line or None, state=query.state, after=after, limit=query.limit
    )
    is_full = len(found) == query.limit
    return EventPage(
        items=[event_shown(event) for event in found], next=cursor_of(found[-1].at, found[-1].id) if is_full else None
    )


async def event_opened(deps: Deps, caller: Caller, event: IntakeEvent) -> EventOpened:
    """With what was sent; what is no text is shown as well as it can be. There are messages in it: who may not read all
    conversations sees what has become of it, and no more."""
    if caller.grants.get(Permission.THREADS_VIEW) is not Scope.ALL:
        return EventOpened(event=event_shown(event), raw=None)
    raw = await bodies.body_of(deps, event)
    return EventOpened(event=event_shown(event), raw=raw[:MOST_SHOWN].decode(errors="replace"))


def event_shown(event: IntakeEvent) -> EventShown:
    """Without what was sent."""
    return EventShown(
        id=event.id,
        line_id=event.line,
        event_id=event.event_id,
        state=event.state,
        reason=event.reason,
        elements=event.elements,
        failed=[TroubleShown(element=one.element, reason=one.reason) for one in event.failed],
        unsupported=event.unsupported,
        repeats=event.repeats,
        at=event.at,
        is_due=event.due_at is not None,
    )


def replay_shown(replay: Replay) -> ReplayShown:
    """How far it has come."""
    return ReplayShown(
        id=replay.id,
        line_id=replay.line,
        since=replay.since,
        until=replay.until,
        state=replay.state,
        total=replay.total,
        done=replay.done,
        failed=replay.failed,
        made_at=replay.made_at,
    )
