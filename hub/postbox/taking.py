"""From a folder into the ledger. Where something was read to is written down after it was stored: whoever dies in
between stores it again, which the ledger knows. A mail that cannot be taken is held, and the others go past it."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog

from channels.base import Posted
from channels.mail.reading import CUT, MAIL_TYPE, SENT
from hub.deps import Deps
from hub.errors import Unavailable
from hub.intake import ledger
from hub.lines.actions import get_line
from hub.lines.looking import look_after
from hub.lines.models import Line
from hub.postbox import repository
from hub.postbox.errors import BUSY, NOT_KEPT, NOT_STORED, UNREADABLE, MailboxTrouble
from hub.postbox.imap import Session
from hub.postbox.models import Folder, Held, LeftOut, MailFolder
from hub.postbox.saying import Waiting
from hub.store.mongo import DatabaseAway

log = structlog.get_logger()

# Of a longer mail only so much is read.
MOST_BYTES = 25_000_000
# A mail that was moved here bears the time when it came first. Clocks differ by less than this.
SLACK = timedelta(days=1)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (0, 1, 10, 60, 360, 1440))
# While it is Parley that cannot store: that is no fault of the mail, and never ends in giving it up.
AGAIN_AFTER = timedelta(minutes=5)
OUR_FAULT = frozenset({NOT_KEPT.code, NOT_STORED.code})
# With so many that cannot be taken, it is the mailbox that has a disturbance.
MOST_HELD = 100
INBOX = "inbox"
# Of large ones a process has one at a time in its memory.
LARGE, LARGE_BYTES = "postbox.large", 1_000_000


@dataclass(frozen=True)
class Reading:
    """Somebody reads a line's folder."""

    deps: Deps
    line: Line
    session: Session


async def take_new(reading: Reading, folder: MailFolder) -> None:
    """Whatever was not seen yet."""
    for waiting in await reading.session.list_waiting(folder.next_uid):
        if waiting.at and waiting.at < folder.since - SLACK:
            await repository.go_past(reading.deps.mongo, folder, waiting.uid)
        else:
            await take_or_hold(reading, folder, waiting, tries=0)


async def take_held(reading: Reading, folder: MailFolder) -> None:
    """What could not be taken before, and has waited long enough."""
    now = reading.deps.clock.now()
    for held in [one for one in folder.held if one.again_at <= now]:
        if waiting := await reading.session.find_waiting(held.uid):
            await take_or_hold(reading, folder, waiting, tries=held.tries)
        else:
            await repository.release(reading.deps.mongo, folder, held.uid)


async def take_or_hold(reading: Reading, folder: MailFolder, waiting: Waiting, *, tries: int) -> None:
    """Take it; if that cannot be, the next ones come all the same. Where the connection breaks, nobody can tell whether
    this mail has broken it: it is held as well."""
    deps = reading.deps
    try:
        await take(reading, folder, waiting)
    except DatabaseAway:
        raise
    except MailboxTrouble as trouble:
        await hold(deps, folder, waiting, tries, trouble.failure.code)
        if trouble.failure is not UNREADABLE:
            raise
    except Unavailable as error:
        log.warning("mail_not_stored", line=folder.line, part=waiting.uid, detail=error.code)
        await put_off(deps, folder, waiting, tries)
    except Exception as error:  # the outermost loop of one mail: it must not be in the way of the others
        log.warning("mail_not_stored", line=folder.line, part=waiting.uid, exc_info=error)
        await hold(deps, folder, waiting, tries, NOT_STORED.code)
    else:
        await repository.go_past(deps.mongo, folder, waiting.uid)
        if tries:
            await repository.release(deps.mongo, folder, waiting.uid)


async def take(reading: Reading, folder: MailFolder, waiting: Waiting) -> None:
    """Store it; in the meantime it may have been removed there."""
    turn = reading.deps.turns.of(LARGE) if waiting.size > LARGE_BYTES else contextlib.nullcontext()
    async with turn:
        raw = await reading.session.fetch(waiting.uid, most_bytes=MOST_BYTES)
        if raw is None:
            return
        posted = Posted(raw, MAIL_TYPE, query_of(folder, waiting), reading.deps.clock.now())
        # What a mailbox calls it is unique within a validity, and a folder of another mailbox has another id.
        event_id = f"imap:{folder.id}:{folder.validity}:{waiting.uid}"
        event = await ledger.keep(reading.deps, reading.line, event_id, posted)
    if event:
        ledger.go_on(reading.deps, event)


def query_of(folder: MailFolder, waiting: Waiting) -> dict[str, str]:
    """What is known of it beside; `cut` is how long it was, where that was too long."""
    cut = {CUT: str(waiting.size)} if waiting.size > MOST_BYTES else {}
    return {"folder": SENT if folder.folder is Folder.SENT else INBOX, **cut}


async def hold(deps: Deps, folder: MailFolder, waiting: Waiting, tries: int, code: str) -> None:
    """Later again, and in the end not any more."""
    now = deps.clock.now()
    if tries >= len(PAUSES):
        log.warning("mail_given_up", line=folder.line, part=waiting.uid, detail=code)
        left_out = LeftOut(waiting.uid, now, code, waiting.at)
        await repository.give_up(deps.mongo, folder, left_out, most=MOST_HELD)
        await look_after(deps, await get_line(deps, folder.account, folder.line))
        return
    await keep_held(deps, folder, Held(waiting.uid, tries + 1, now + PAUSES[tries], code, waiting.at))


async def put_off(deps: Deps, folder: MailFolder, waiting: Waiting, tries: int) -> None:
    """Later again, as often as it takes: it was not its turn, or what it would be stored in is away."""
    again_at = deps.clock.now() + AGAIN_AFTER
    await keep_held(deps, folder, Held(waiting.uid, max(tries, 1), again_at, NOT_KEPT.code, waiting.at))


async def keep_held(deps: Deps, folder: MailFolder, held: Held) -> None:
    """With too many already the folder waits, at this mail."""
    if not await repository.hold(deps.mongo, folder, held, most=MOST_HELD):
        raise MailboxTrouble(NOT_KEPT if held.code in OUR_FAULT else BUSY)


def first_since(found: Sequence[Waiting], next_uid: int) -> int:
    """From where on a folder is read of which only the time is known."""
    return min((one.uid for one in found), default=next_uid)
