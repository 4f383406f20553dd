"""Which folders are read: those of every line that has a mailbox, as its settings say it. Due work that stands in the
line's own document, so that no crash comes between a line and its mailbox."""

from datetime import datetime, timedelta

from hub.deps import Deps
from hub.lines.actions import access_of, get_line
from hub.lines.looking import LINES, MAILBOXES, look_again
from hub.lines.models import Line
from hub.postbox import repository
from hub.postbox.models import Folder, Held, MailboxServer, MailFolder
from hub.store.ids import new_id
from hub.store.mongo import Document, Duplicate
from hub.work.kinds import Kind, Lease

WATCH = "postbox.watch"
KEY_PLACE = f"{repository.FOLDERS}.key"


async def look(deps: Deps, document: Document, _: Lease) -> None:
    """After each change of the line: its folders are those that it says now, and are read anew."""
    line = await get_line(deps, document["account"], document["_id"])
    server = await server_of(deps, line)
    key = (await deps.sealer.keyring(line.account)).lookup(KEY_PLACE, whose(server)) if server else b""
    known = await repository.list_of_line(deps.mongo, line.account, line.id)
    for folder in known:
        if folder.key != key:
            await repository.remove(deps.mongo, line.account, folder.id)
    if server:
        kept = {folder.folder: folder for folder in known if folder.key == key}
        for name in Folder:
            await begin(deps, kept.get(name) or await add(deps, line, name, key, since=entered_at(deps, line)))
    await look_again(deps, line)


async def server_of(deps: Deps, line: Line) -> MailboxServer | None:
    """Where its mailbox is; None when it has none, or not any more: a line that was removed knows nothing."""
    return MailboxServer.of((await access_of(deps, line)).values)


def whose(server: MailboxServer) -> str:
    """What says that it is the same mailbox: another password is only another key to it."""
    return "\n".join((server.host.lower(), server.user, server.sent))


def entered_at(deps: Deps, line: Line) -> datetime:
    """When somebody has entered it, however much later a worker comes to look."""
    return (line.mailboxes.asked_at if line.mailboxes else None) or deps.clock.now()


async def add(deps: Deps, line: Line, name: Folder, key: bytes, *, since: datetime) -> MailFolder:
    """One that was not read yet; what it got before that is not."""
    id = new_id(deps.clock.now())
    folder = MailFolder(id=id, account=line.account, line=line.id, folder=name, key=key, since=since)
    try:
        await repository.add(deps.mongo, folder)
    except Duplicate:
        known = await repository.list_of_line(deps.mongo, line.account, line.id)
        return next((one for one in known if one.folder is name), folder)
    return folder


async def begin(deps: Deps, folder: MailFolder) -> None:
    """Read it from now on, by what the line says now: whoever reads it lets go of it. What was given up is tried
    anew: whoever has changed the line may have mended what was in its way."""
    if folder.left_out:
        now = deps.clock.now()
        anew = [Held(one.uid, 1, now, one.code, one.came_at) for one in folder.left_out]
        await repository.hold_anew(deps.mongo, folder, anew)
    await repository.change(deps.mongo, folder.account, folder.id, due_at=deps.clock.now(), trouble=None)
    await deps.bell.ring(WATCH, folder.id)


LOOKING = Kind(
    name="postbox.look", collection=LINES, handler=look, prefix=MAILBOXES, lease=timedelta(minutes=1), slots=4
)
