"""What is looked up for a line: which templates its provider has and how it stands now and then, what its mailbox is
after each change. Due work that stands in the line's own document, so that a line is never without it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from hub.deps import Deps
from hub.lines import repository
from hub.lines.models import Allowed, Line
from hub.lines.shapes import LineWrong
from hub.lines.showing import WRONG_PLACE

LINES = repository.LINES
# Where it stands in the document.
LOOK = "templates."
MAILBOXES = "mailboxes."
MINDED = "minded."
# However much is said of a line, or found out about it, its provider is asked no more often than this.
SOON = timedelta(minutes=1)


async def look_at_templates(deps: Deps, line: Line, *, after: timedelta = timedelta()) -> None:
    """Soon, or in so long, or when it would be done anyhow; not of a line that was removed. Asked for often, it is done
    once."""
    due_at, then = line.templates.due_at if line.templates else None, deps.clock.now() + after
    if due_at is None or due_at > then:
        await repository.change_line(deps.mongo, line.account, line.id, **{f"{LOOK}due_at": then})


async def note_wrong(
    deps: Deps, line: Line, wrong: Sequence[LineWrong], *, told_at: datetime | None, away_since: datetime | None
) -> None:
    """What is wrong with it, when that was told to somebody, and since when its provider does not answer."""
    await repository.change_line(
        deps.mongo,
        line.account,
        line.id,
        wrong=await deps.sealer.seal(line.account, WRONG_PLACE, msgspec.json.encode(wrong).decode()),
        **{
            f"{MINDED}lacking": [one.about for one in wrong],
            f"{MINDED}told_at": told_at,
            f"{MINDED}away_since": away_since,
        },
    )


async def look_after(deps: Deps, line: Line, *, after: timedelta = timedelta()) -> None:
    """Somebody looks how it stands, soon or in so long: something may be otherwise. Asked for often, it is done
    once."""
    due_at, then = line.minded.due_at if line.minded else None, deps.clock.now() + after
    if due_at and due_at > then:
        await repository.change_line(deps.mongo, line.account, line.id, **{f"{MINDED}due_at": then})


async def look_again(deps: Deps, line: Line) -> None:
    """What was wrong with it may be mended by now."""
    if line.minded and line.minded.lacking:
        await look_after(deps, line, after=SOON)


async def note_allowed(deps: Deps, line: Line, allowed: Allowed | None) -> None:
    """To how many people its provider lets the business write first."""
    if allowed != line.allowed:
        await repository.change_line(deps.mongo, line.account, line.id, allowed=allowed)
