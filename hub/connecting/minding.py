"""Once a day every line is looked at: its provider is asked how it stands, without sending anything, and so are its
mailbox and its webhook. Whoever manages lines hears of what is wrong before it hurts: a token that expires, a key that
is good no more, a webhook that leads elsewhere, a folder that is not read."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from channels.base import Probed
from hub.access import Permission
from hub.accounts.members import EMAIL_PLACE
from hub.accounts.rostering import list_able
from hub.audit.telling import SETTING
from hub.bus import changed
from hub.connecting.allowing import learned
from hub.connecting.checking import ADDRESS, PROVIDER, asked, step_of
from hub.connecting.shapes import CheckStep
from hub.connecting.steps import SIGNATURES, missing, signatures
from hub.deps import Deps
from hub.lines.actions import get_line
from hub.lines.channels import channel_of
from hub.lines.looking import LINES, MINDED, note_wrong
from hub.lines.models import Line, Minded
from hub.lines.shapes import LineWrong
from hub.lines.showing import name_of, wrong_of
from hub.mail import actions as mail
from hub.mail.letters import line_needs_somebody
from hub.postbox import showing as postbox
from hub.store.mongo import Document
from hub.work.kinds import Kind, Later, Lease

EVERY, AGAIN = timedelta(days=1), timedelta(hours=1)
# While something stays wrong it is told once a week.
TELL_AGAIN = timedelta(days=7)
# That a provider is away has passed by then, mostly.
PASSES_WITHIN = timedelta(hours=3)
# What stands in the way of asking it; all else it has said itself.
IN_THE_WAY = (PROVIDER, ADDRESS)


async def mind(deps: Deps, document: Document, lease: Lease) -> None:
    """Look at it, as long as it is there."""
    line = await get_line(deps, document["account"], document["_id"])
    if line.removed_at or not isinstance(channel_of(line), Probed):
        return
    said = await asked(deps, line)
    is_answered = all(step.is_well is not None for step in said)
    if is_answered:
        await learned(deps, line)
    away_since = since_when(deps, line, said)
    before = [] if is_answered else await said_before(deps, line)
    wrong = [*before, *failing(deps, said, away_since), *await known_of(deps, line)]
    told_at = await tell_in_time(deps, line, wrong)
    await keep(deps, line, wrong, told_at=told_at, away_since=away_since)
    raise Later(deps.clock.now() + (EVERY if is_answered else AGAIN))


def since_when(deps: Deps, line: Line, said: Sequence[CheckStep]) -> datetime | None:
    """Since when the provider does not answer, if it does not."""
    if all(step.is_well or step.about != PROVIDER for step in said):
        return None
    return line.minded.away_since if line.minded and line.minded.away_since else deps.clock.now()


def failing(deps: Deps, said: Sequence[CheckStep], away_since: datetime | None) -> list[CheckStep]:
    """What is not well; that the provider does not answer, once it has not for hours."""
    is_long = away_since is not None and deps.clock.now() - away_since >= PASSES_WITHIN
    gone = [missing(PROVIDER, step.words, step.advice) for step in said if step.about == PROVIDER and is_long]
    return [*gone, *(step for step in said if step.is_well is False and step.about != PROVIDER)]


async def known_of(deps: Deps, line: Line) -> list[CheckStep]:
    """What the hub itself knows to be wrong: with the mailbox, or where what comes in is not the provider's word."""
    steps = [*map(step_of, await postbox.needs(deps, line)), signatures(line)]
    return [step for step in steps if not step.is_well]


async def said_before(deps: Deps, line: Line) -> list[CheckStep]:
    """What the provider has said to be wrong when it answered last: it has taken nothing back."""
    wrong = [one for one in await wrong_of(deps, line) if not is_own(one.about)]
    return [missing(one.about, one.words, one.advice) for one in wrong]


def is_own(about: str) -> bool:
    """Whether the hub knows it by itself."""
    return about in (SIGNATURES, *IN_THE_WAY) or about.startswith(postbox.ABOUT)


def must_tell(deps: Deps, line: Line, wrong: Sequence[CheckStep]) -> bool:
    """Whether something is new of it, or was told long ago."""
    was = line.minded or Minded()
    is_new = {step.about for step in wrong} - set(was.lacking)
    is_long_ago = was.told_at is None or deps.clock.now() - was.told_at >= TELL_AGAIN
    return bool(is_new) or is_long_ago


async def tell_in_time(deps: Deps, line: Line, wrong: Sequence[CheckStep]) -> datetime | None:
    """Tell it where that is due; and when it was told."""
    if not wrong:
        return None
    if must_tell(deps, line, wrong):
        await tell(deps, line, wrong)
        return deps.clock.now()
    return line.minded.told_at if line.minded else None


async def keep(
    deps: Deps, line: Line, wrong: Sequence[CheckStep], *, told_at: datetime | None, away_since: datetime | None
) -> None:
    """As it stands now, for whoever looks at the line."""
    shown = [LineWrong(about=step.about, words=step.words, advice=step.advice) for step in wrong]
    await note_wrong(deps, line, shown, told_at=told_at, away_since=away_since)
    changed(deps, SETTING, line.account, "", "line")


async def tell(deps: Deps, line: Line, wrong: Sequence[CheckStep]) -> None:
    """A letter to everybody who can do something about it, where this installation sends letters."""
    if not mail.is_set_up(deps):
        return
    needs = [f"{step.words} {step.advice}".strip() for step in wrong]
    letter = line_needs_somebody(await name_of(deps, line), needs, deps.settings.base_url)
    for member in await list_able(deps, line.account, Permission.LINES_MANAGE):
        await mail.post(deps, line.account, await deps.sealer.text(member.account, EMAIL_PLACE, member.email), letter)


KINDS = (
    Kind(
        name="lines.mind",
        collection=LINES,
        handler=mind,
        prefix=MINDED,
        lease=timedelta(minutes=2),
        slots=4,
    ),
)
