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

from channels.base import Elsewhere, Inbound, LineNews, Parsed, Preference, Renamed, Status, Strange, TemplateNews
from hub.consent import preferences
from hub.deps import Deps
from hub.intake import mails
from hub.intake.hearing import hear, hear_elsewhere
from hub.intake.models import IntakeState, Outcome, Trouble
from hub.intake.namesakes import told_apart
from hub.lines import health
from hub.lines.actions import access_of, find_named, list_named
from hub.lines.looking import SOON, look_after
from hub.lines.models import Line
from hub.people import renaming
from hub.sending import statuses
from hub.store.mongo import DatabaseAway
from hub.templates import hearing as templates
from hub.turns import NotYet
from hub.work.attempt import reason_of

log = structlog.get_logger()

# So many senders of one event at once: a batch must not take the database from everybody else.
SIDE_BY_SIDE = 8
MOST_KINDS, LONGEST_KIND = 10, 40
OF_NO_LINE, OF_A_STRANGER = "of_no_line_of_ours", "of_a_stranger"
NOT_OF_A_NAME = re.compile("[^a-z_]+")
WAITED = "Something that the same sender has said before takes very long."
BEHIND = "Something that the same sender has said before could not be taken in yet."
BEGINNING = datetime.min.replace(tzinfo=UTC)
Told = Inbound | Elsewhere | Status | Preference | Renamed | TemplateNews | LineNews


@dataclass
class Tally:
    """What has become of the elements so far."""

    failed: list[Trouble] = field(default_factory=list)
    unsupported: list[str] = field(default_factory=list)
    blocked: int = 0
    # What is nobody's message, and why.
    aside: list[str] = field(default_factory=list)

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
        elif self.aside:
            reason = f"Not taken as a message: {', '.join(dict.fromkeys(self.aside))}."
        return Outcome(
            state=state,
            reason=reason,
            elements=elements,
            failed=sorted(self.failed, key=lambda trouble: trouble.element),
            unsupported=self.unsupported,
            is_over=not self.failed,
        )


async def take_in(deps: Deps, line: Line, parsed: Sequence[Parsed], *, keeps_order: bool = True) -> Outcome:
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
                    is_taken = await take_one(deps, line, place, parsed[place], tally)
                    if not is_taken and keeps_order:
                        tally.failed += [Trouble(behind, BEHIND) for behind in lanes[lane][so_far:]]
                        return
        except NotYet:
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
    if isinstance(element, Inbound | Elsewhere):
        return element.said_at
    return element.at if isinstance(element, Status | Preference | Renamed) else BEGINNING


def lane_of(element: Parsed) -> str:
    """Whose turn it is taken in at."""
    if isinstance(element, Inbound | Elsewhere):
        others = element.sender if isinstance(element, Inbound) else element.to
        return next((f"{first.kind}:{first.value}" for first in others), element.id)
    if isinstance(element, Renamed):
        return f"{element.was[0].kind}:{element.was[0].value}"
    if isinstance(element, Preference):
        return f"{element.address.kind}:{element.address.value}"
    return f"status:{element.id}" if isinstance(element, Status) else "strange"


async def take_one(deps: Deps, line: Line, place: int, element: Parsed, tally: Tally) -> bool:
    """One element. Whatever is wrong with it is noted, and it is False."""
    try:
        if isinstance(element, Strange):
            tally.note_unsupported(element.kind)
        elif meant := await line_of(deps, line, element):
            await take_to(deps, meant, element, tally)
        else:
            tally.note_unsupported(OF_NO_LINE)
    except DatabaseAway:
        raise
    except Exception as error:  # the outermost loop of an element
        log.warning("element_failed", line=line.id, part=place, exc_info=error)
        tally.failed.append(Trouble(place, reason_of(error)))
        return False
    return True


async def line_of(deps: Deps, line: Line, element: Told) -> Line | None:
    """Which line it is of: a provider may tell of all of an account's by the webhook of one."""
    name = element.at_line
    is_of_this = not name or name in (await access_of(deps, line)).names
    return line if is_of_this else await find_named(deps, line, name)


async def take_to(deps: Deps, line: Line, element: Told, tally: Tally) -> None:
    """To wherever such things go."""
    if isinstance(element, Inbound | Elsewhere):
        await take_message(deps, line, element, tally)
    elif isinstance(element, Status):
        await statuses.record_status(deps, line, element)
    elif isinstance(element, Preference):
        await take_preference(deps, line, element, tally)
    elif isinstance(element, Renamed):
        await learn(deps, line, element, tally)
    elif isinstance(element, LineNews):
        for concerned in await list_named(deps, line, element.at_line) or [line]:
            await note_news(deps, concerned, element)
    else:
        await templates.hear(deps, line, element)


async def learn(deps: Deps, line: Line, told: Renamed, tally: Tally) -> None:
    """By what somebody is known now, if it is anybody whom we know."""
    at = min(told.at, deps.clock.now())
    if not await renaming.learn(deps, line.account, told.was, told.now, line=line.id, at=at):
        tally.aside.append(OF_A_STRANGER)


async def take_preference(deps: Deps, line: Line, told: Preference, tally: Tally) -> None:
    """What somebody wants, if it can be true that they want it."""
    if await mails.is_believed(deps, line, told):
        await preferences.heed(deps, line.account, told, line=line.id, medium=line.medium)
    else:
        tally.note_unsupported(told.wants)


async def note_news(deps: Deps, line: Line, news: LineNews) -> None:
    """What its provider says of a line by itself is mostly that something is wrong; all of it, it says when asked."""
    if news.code:
        health.failed(deps, line, news.code)
    await look_after(deps, line, after=SOON)


async def take_message(deps: Deps, line: Line, said: Inbound | Elsewhere, tally: Tally) -> None:
    """Into its conversation, unless it is nobody's message."""
    if reason := await mails.set_aside(deps, line, said):
        tally.aside.append(reason)
        return
    told, reason = await told_apart(deps, line, said)
    if reason:
        tally.aside.append(reason)
        return
    await take_called(deps, line, told, tally)
    # At the same moment somebody else may have taken in another mail by its name, and this one for a repeat of that.
    again, _ = await told_apart(deps, line, said)
    if again.id != told.id:
        await take_called(deps, line, again, tally)


async def take_called(deps: Deps, line: Line, said: Inbound | Elsewhere, tally: Tally) -> None:
    """Under the name that it bears."""
    if isinstance(said, Elsewhere):
        await hear_elsewhere(deps, line, said)
    else:
        tally.blocked += not await hear(deps, line, said)
