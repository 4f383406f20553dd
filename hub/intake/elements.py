"""What becomes of the elements of an event: messages go to their people's conversations, statuses to what we have sent.

Everything here may happen twice and does its work once. What one sender says is taken in one after the other, also
where several events bring it; what several say goes side by side.
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import structlog

from channels.base import Channel, Inbound, Parsed, Status
from hub.audit.errors import LogBusy
from hub.consent import ledger as consent
from hub.consent import opting
from hub.deps import Deps
from hub.intake.models import IntakeState, Outcome, Trouble
from hub.lines.models import Line
from hub.people import finding
from hub.people.models import Person
from hub.sending import statuses
from hub.store.mongo import DatabaseAway
from hub.threads import log as threads
from hub.threads.models import Thread
from hub.threads.receiving import receive
from hub.work.attempt import reason_of

log = structlog.get_logger()

# So many senders of one event at once: a batch must not take the database from everybody else.
SIDE_BY_SIDE = 8
MOST_KINDS, LONGEST_KIND = 10, 40
NOT_OF_A_NAME = re.compile("[^a-z_]+")
WAITED = "Something that the same sender has said before takes very long."
BEHIND = "Something that the same sender has said before could not be taken in yet."
# What somebody says in a language of this form is kept as theirs; whatever else a provider writes there is nothing.
LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}")
BEGINNING = datetime.min.replace(tzinfo=UTC)


@dataclass
class Tally:
    """What has become of the elements so far."""

    failed: list[Trouble] = field(default_factory=list)
    unsupported: list[str] = field(default_factory=list)
    blocked: int = 0

    def note_unsupported(self, kind: str) -> None:
        """By its name, as far as it is one: it stands open in the ledger, and whoever sends may write anything."""
        named = NOT_OF_A_NAME.sub("_", kind[:LONGEST_KIND].lower())
        if named not in self.unsupported and len(self.unsupported) < MOST_KINDS:
            self.unsupported.append(named)

    def outcome(self, elements: int) -> Outcome:
        """Of the whole event: what is worst of it."""
        state, reason = IntakeState.DONE, ""
        if self.failed:
            state, reason = IntakeState.FAILED, f"{len(self.failed)} of {elements} could not be taken in."
        elif self.unsupported:
            state, reason = IntakeState.UNSUPPORTED, f"Of an unknown kind: {', '.join(self.unsupported)}."
        elif self.blocked:
            state, reason = IntakeState.BLOCKED, "Whoever sent it is blocked."
        return Outcome(
            state=state,
            reason=reason,
            elements=elements,
            failed=sorted(self.failed, key=lambda trouble: trouble.element),
            unsupported=self.unsupported,
            is_over=not self.failed,
        )


async def take_in(
    deps: Deps, line: Line, channel: Channel, parsed: Sequence[Parsed], *, keeps_order: bool = True
) -> Outcome:
    """All elements, each sender's in the order in which they were said. None is in the way of another sender's; what
    the same one says goes on behind one that has failed only when, after some tries, the order is kept no more."""
    lanes: dict[str, list[int]] = {}
    for place in sorted(range(len(parsed)), key=lambda place: moment_of(parsed[place])):
        lanes.setdefault(lane_of(parsed[place]), []).append(place)
    tally, places = Tally(), asyncio.Semaphore(SIDE_BY_SIDE)

    async def go_along(lane: str) -> None:
        try:
            async with deps.turns.of(f"intake:{line.id}:{lane}"), places:
                for so_far, place in enumerate(lanes[lane], start=1):
                    is_taken = await take_one(deps, line, channel, place, parsed[place], tally)
                    if not is_taken and keeps_order:
                        tally.failed += [Trouble(behind, BEHIND) for behind in lanes[lane][so_far:]]
                        return
        except LogBusy:
            # Only the waiting for a turn raises it: whatever an element raises ends in `take_one`.
            tally.failed += [Trouble(place, WAITED) for place in lanes[lane]]

    try:
        async with asyncio.TaskGroup() as group:
            for lane in lanes:
                group.create_task(go_along(lane))
    except BaseExceptionGroup as several:
        # Only what stops everything comes here, such as a database that is away.
        raise several.exceptions[0] from None
    return tally.outcome(len(parsed))


def moment_of(element: Parsed) -> datetime:
    """When it was said, or happened."""
    if isinstance(element, Inbound):
        return element.said_at
    return element.at if isinstance(element, Status) else BEGINNING


def lane_of(element: Parsed) -> str:
    """Whose turn it is taken in at."""
    if isinstance(element, Inbound):
        return next((f"{first.kind}:{first.value}" for first in element.sender), element.id)
    return f"status:{element.id}" if isinstance(element, Status) else "strange"


async def take_one(deps: Deps, line: Line, channel: Channel, place: int, element: Parsed, tally: Tally) -> bool:
    """One element. Whatever is wrong with it is noted, and it is False."""
    try:
        if isinstance(element, Inbound):
            is_heard = await hear(deps, line, channel, element)
            tally.blocked += not is_heard
        elif isinstance(element, Status):
            await statuses.record_status(deps, line, element)
        else:
            tally.note_unsupported(element.kind)
    except DatabaseAway:
        raise
    except Exception as error:  # the outermost loop of an element
        log.warning("element_failed", line=line.id, part=place, exc_info=error)
        tally.failed.append(Trouble(place, reason_of(error)))
        return False
    return True


async def hear(deps: Deps, line: Line, channel: Channel, inbound: Inbound) -> bool:
    """Somebody has said something. An opt-out word counts before anything reacts, and also when they are blocked; else
    what the blocked say goes no further, and this is False."""
    person = await finding.find_or_make(
        deps,
        line.account,
        inbound.sender,
        name=inbound.sender_name,
        source=f"line:{line.id}",
        line=line.id,
        now=min(inbound.said_at, deps.clock.now()),
        locale=inbound.language if LANGUAGE.fullmatch(inbound.language) else "",
    )
    thread = await threads.find_or_make(deps, line.account, person.id)
    is_settled = await heed(deps, line, person, thread, inbound)
    if person.blocked_at:
        return False
    can = channel.capabilities
    await receive(deps, thread, inbound, line=line.id, medium=line.medium, can=can, needs_no_answer=is_settled)
    return True


async def heed(deps: Deps, line: Line, person: Person, thread: Thread, inbound: Inbound) -> bool:
    """Whoever writes to us may be answered, until they say no. True when that, or its contrary, is all they say."""
    if not person.blocked_at:
        await consent.note_inquiry(deps, person, line.medium, inbound.said_at)
    return await opting.obey(deps, person, thread, inbound, line=line.id, medium=line.medium)
