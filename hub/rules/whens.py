"""Which of the things that rules wait for an entry of a log is."""

from collections.abc import Mapping

from channels.base import Purpose
from hub.deps import Deps
from hub.rules import repository
from hub.rules.models import When
from hub.threads import happenings
from hub.threads.models import Entry, EntryKind

EVENTS: Mapping[type, When] = {
    happenings.Closed: When.THREAD_CLOSED,
    happenings.Reopened: When.THREAD_REOPENED,
    happenings.Snoozed: When.THREAD_SNOOZED,
    happenings.OwnerChanged: When.OWNER_CHANGED,
    happenings.Tagged: When.TAGGED,
    happenings.PrioritySet: When.PRIORITY_SET,
    happenings.LeadChanged: When.LEAD_CHANGED,
    happenings.StageChanged: When.STAGE_CHANGED,
    happenings.SurveyAnswered: When.SURVEY_ANSWERED,
}
HEARD = frozenset({When.MESSAGE_RECEIVED, When.FIRST_MESSAGE, When.THREAD_REOPENED})


def whens_of(entry: Entry) -> frozenset[When]:
    """What it is, or may be: without asking anybody."""
    opening = {When.THREAD_OPENED} if entry.seq == 1 else set()
    if entry.kind is EntryKind.NOTE:
        return frozenset({When.NOTE_WRITTEN} | opening)
    if entry.is_aside:
        return frozenset(opening)
    if entry.kind is EntryKind.MESSAGE:
        heard = HEARD - {When.THREAD_REOPENED} if entry.needs_no_answer else HEARD
        return frozenset((heard if entry.direction == "in" else {When.MESSAGE_SENT}) | opening)
    happened = when_of(entry.event)
    return frozenset(({happened} if happened else set()) | opening)


def when_of(event: happenings.Happening | None) -> When | None:
    """What an event is to rules; None of most."""
    if isinstance(event, happenings.OptChanged):
        return When.OPTED_OUT if not event.is_in and event.purpose is Purpose.ALL else None
    if isinstance(event, happenings.ClockBreached):
        return When.CLOCK_WARNING if event.is_warning else When.CLOCK_BREACHED
    return EVENTS.get(type(event))


async def is_so(deps: Deps, entry: Entry, when: When) -> bool:
    """Whether it is that, where the entry alone does not tell."""
    if when not in whens_of(entry):
        return False
    if when is When.FIRST_MESSAGE:
        return not await repository.has_heard_before(deps.mongo, entry.account, entry)
    if when is When.THREAD_REOPENED and entry.direction == "in":
        return await repository.was_closed(deps.mongo, entry.account, entry)
    return True
