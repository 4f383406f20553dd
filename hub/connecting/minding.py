"""Once a day every line is looked at: its provider is asked how it stands, without sending anything, and so are its
mailbox and its webhook. Whoever manages lines hears of what is wrong before it hurts: a token that expires, a key that
is good no more, a webhook that leads elsewhere, a folder that is not read."""

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from channels.base import Probed
from hub.access import Permission
from hub.accounts.members import EMAIL_PLACE
from hub.accounts.rostering import list_able
from hub.audit.telling import SETTING
from hub.bus import changed
from hub.connecting.allowing import learned
from hub.connecting.checking import asked, step_of
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
# That a provider is away is told where the line is shown, and passes by itself.
PASSING = "provider"


async def mind(deps: Deps, document: Document, lease: Lease) -> None:
    """Look at it, as long as it is there."""
    line = await get_line(deps, document["account"], document["_id"])
    if line.removed_at or not isinstance(channel_of(line), Probed):
        return
    said, known = failing(await asked(deps, line)), failing(await known_of(deps, line))
    is_away = any(step.about == PASSING for step in said)
    if is_away:
        said = await said_before(deps, line)
    else:
        await learned(deps, line)
    wrong = [*said, *known]
    if must_tell(deps, line, wrong):
        await tell(deps, line, wrong)
        line = msgspec.structs.replace(line, minded=Minded(told_at=deps.clock.now()))
    await keep(deps, line, wrong)
    raise Later(deps.clock.now() + (AGAIN if is_away else EVERY))


def failing(steps: Sequence[CheckStep]) -> list[CheckStep]:
    """Those that are not well."""
    return [step for step in steps if step.is_well is False]


async def known_of(deps: Deps, line: Line) -> list[CheckStep]:
    """What the hub knows by itself: how the mailbox stands, and whether what comes in is the provider's word."""
    return [*map(step_of, await postbox.needs(deps, line)), signatures(line)]


async def said_before(deps: Deps, line: Line) -> list[CheckStep]:
    """What the provider has said to be wrong when it answered last: it cannot take it back now."""
    wrong = [one for one in await wrong_of(deps, line) if not is_own(one.about)]
    return [missing(one.about, one.words, one.advice) for one in wrong]


def is_own(about: str) -> bool:
    """Whether the hub knows it by itself."""
    return about == SIGNATURES or about.startswith(postbox.ABOUT)


def must_tell(deps: Deps, line: Line, wrong: Sequence[CheckStep]) -> bool:
    """Whether something is new of it, or was told long ago."""
    was = line.minded or Minded()
    is_new = {step.about for step in wrong} - set(was.lacking)
    is_long_ago = was.told_at is None or deps.clock.now() - was.told_at >= TELL_AGAIN
    return bool(wrong) and (bool(is_new) or is_long_ago)


async def keep(deps: Deps, line: Line, wrong: Sequence[CheckStep]) -> None:
    """As it stands now, for whoever looks at the line."""
    told_at = line.minded.told_at if line.minded and wrong else None
    shown = [LineWrong(about=step.about, words=step.words, advice=step.advice) for step in wrong]
    await note_wrong(deps, line, shown, told_at)
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
