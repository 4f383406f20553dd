"""Asking a line's provider to how many people the business may write first within a day, and keeping what it says: the
sending goes by it from then on."""

from channels.base import Rationed, Refused, Unreachable, Unsure
from hub.connecting.shapes import CheckStep
from hub.connecting.steps import well
from hub.deps import Deps
from hub.lines.actions import access_of
from hub.lines.channels import channel_of
from hub.lines.looking import note_allowed
from hub.lines.models import Allowed, Line
from hub.sending.ways import ways_of

UNLIMITED = "The business may write first to as many people as it likes."


async def learned(deps: Deps, line: Line) -> list[CheckStep]:
    """What it says, as a step of a check; nothing where it says nothing. What it has said before stands then."""
    channel = channel_of(line)
    if not isinstance(channel, Rationed):
        return []
    try:
        said = await channel.allowance(ways_of(deps), await access_of(deps, line))
    except (Refused, Unreachable, Unsure):
        return []
    if said is None:
        return []
    await note_allowed(deps, line, Allowed(people=said.people, shared=said.shared))
    return [well("new_people", in_words(said.people))]


def in_words(people: int | None) -> str:
    """How many that is."""
    if people is None:
        return UNLIMITED
    return f"The business may write first to {people:,} people within 24 hours, over all of its numbers together."
