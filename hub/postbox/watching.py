"""A folder that is watched, as due work: whoever has claimed it stays connected for some minutes, takes what comes, and
lets go, so that folders which wait for a place get theirs."""

import socket
from datetime import datetime, timedelta

from hub.deps import Deps
from hub.egress import EgressFailed, EgressRefused
from hub.lines import health
from hub.lines.actions import get_line
from hub.lines.channels import NOT_CONTACTED
from hub.lines.looking import SOON, look_after, look_again
from hub.lines.models import Line
from hub.postbox import repository
from hub.postbox.errors import AWAY, NO_FOLDER, NOT_LET_IN, MailboxTrouble
from hub.postbox.imap import signed_in
from hub.postbox.mailboxes import LOOKING, WATCH, server_of
from hub.postbox.models import Folder, MailboxServer, MailFolder, TroubleSeen
from hub.postbox.saying import Opened
from hub.postbox.showing import is_told
from hub.postbox.taking import Reading, first_since, take_held, take_new
from hub.store.mongo import Document
from hub.work.kinds import Kind, Later, Lease

STAYS = timedelta(minutes=9)
# So often somebody looks up whether others wait for the place, and whether mails that were held are due.
LOOKS_EVERY = timedelta(minutes=2)
PATIENCE = timedelta(seconds=10)
PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=15)
# A person has to do something about these.
LONG_PAUSES = {NOT_LET_IN.code: timedelta(hours=1), NO_FOLDER.code: timedelta(hours=1)}
# When the uids of a folder count no more, what came within this time is read again: the ledger and the log know it.
LOOKED_BACK = timedelta(days=1)


async def watch(deps: Deps, document: Document, _: Lease) -> None:
    """Read one folder for a while."""
    line = await get_line(deps, document["account"], document["line"])
    folder, server = await repository.find(deps.mongo, line.account, document["_id"]), await server_of(deps, line)
    if folder is None or server is None:
        return
    try:
        tls = await deps.egress.mail_tls()
        async with signed_in(server, await connected(deps, server), tls) as session:
            await stay(Reading(deps, line, session), folder, server)
    except MailboxTrouble as trouble:
        raise Later(await note_trouble(deps, line, folder.id, trouble)) from trouble
    raise Later(deps.clock.now())


async def connected(deps: Deps, server: MailboxServer) -> socket.socket:
    """To an address that may be contacted."""
    try:
        return await deps.egress.connect(server.host, server.port)
    except EgressRefused as error:
        raise MailboxTrouble(NOT_CONTACTED) from error
    except EgressFailed as error:
        raise MailboxTrouble(AWAY) from error


async def stay(reading: Reading, folder: MailFolder, server: MailboxServer) -> None:
    """Take what is there, then whatever comes: until it is time, or others wait for the place, or the folder is not to
    be read any more."""
    deps, line, session = reading.deps, reading.line, reading.session
    is_inbox = folder.folder is Folder.INBOX
    await begin(reading, folder, await (session.open_inbox() if is_inbox else session.open_sent(server.sent)))
    until = deps.clock.now() + STAYS
    while found := await repository.find(deps.mongo, folder.account, folder.id):
        await take_held(reading, found)
        await take_new(reading, found)
        now = deps.clock.now()
        await repository.change(deps.mongo, folder.account, folder.id, seen_at=now, trouble=None)
        if found.trouble:
            await look_again(deps, line)
        if now >= until or await repository.is_somebody_waiting(deps.mongo, now - PATIENCE):
            return
        await session.wait_for_news(deps.clock, (await looks_again_in(deps, folder)).total_seconds())


async def begin(reading: Reading, folder: MailFolder, opened: Opened) -> None:
    """From where it was left; at first, and when its uids count no more, from what came since it is known."""
    if folder.validity == opened.validity:
        return
    deps, since = reading.deps, folder.since
    if folder.validity is not None:
        since = max(since, min(deps.clock.now() - LOOKED_BACK, folder.seen_at or since, *untaken(deps, folder)))
    first = first_since(await reading.session.list_since(since), opened.next_uid)
    fields = {"validity": opened.validity, "next_uid": first, "held": [], "left_out": []}
    await repository.change(deps.mongo, folder.account, folder.id, **fields)


def untaken(deps: Deps, folder: MailFolder) -> list[datetime]:
    """When those came that could not be taken: nobody finds them again by uids that count no more."""
    told = [one.came_at for one in folder.left_out if is_told(one, deps.clock.now())]
    return [at for at in (*told, *(one.came_at for one in folder.held)) if at]


async def looks_again_in(deps: Deps, folder: MailFolder) -> timedelta:
    """After a while, or when a mail that is held is due."""
    now, found = deps.clock.now(), await repository.find(deps.mongo, folder.account, folder.id)
    held = [one.again_at - now for one in found.held] if found else []
    return max(min([LOOKS_EVERY, *held]), timedelta(seconds=1))


async def note_trouble(deps: Deps, line: Line, id: str, trouble: MailboxTrouble) -> datetime:
    """What is wrong, and when it is tried again: the longer it lasts, the later."""
    now, code = deps.clock.now(), trouble.failure.code
    folder = await repository.find(deps.mongo, line.account, id)
    before = folder.trouble if folder else None
    seen = TroubleSeen(code, before.since, before.times + 1) if before else TroubleSeen(code, now)
    await repository.change(deps.mongo, line.account, id, trouble=seen)
    if code == NOT_LET_IN.code:
        health.failed(deps, line, code)
    if not trouble.failure.is_passing and (before is None or before.code != code):
        await look_after(deps, line, after=SOON)
    return now + LONG_PAUSES.get(code, pause_after(seen.times))


def pause_after(times: int) -> timedelta:
    """Twice as long each time."""
    pause: timedelta = PAUSE * 2 ** min(times - 1, 10)
    return min(pause, LONGEST_PAUSE)


KINDS = (
    LOOKING,
    Kind(
        name=WATCH,
        collection=repository.FOLDERS,
        handler=watch,
        # A worker that is gone is missed after so long.
        lease=timedelta(seconds=90),
        # It is never given up: what is wrong stands in the folder, and in the line's check.
        attempts=1_000_000,
        is_endless=True,
        backoff=PAUSE,
        backoff_most=LONGEST_PAUSE,
        # Who watches waits, and hardly works: many may at once, and none of them is in the way of other work.
        slots=300,
    ),
)
