"""Every query about folders of mailboxes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from hub.postbox.models import Held, LeftOut, MailFolder
from hub.store.documents import as_document, read, written
from hub.store.indexes import Index
from hub.store.mongo import Document, Mongo

FOLDERS = "mail_folders"
INDEXES = (Index(FOLDERS, (("account", 1), ("line", 1), ("folder", 1)), unique=True),)
# More than there are folders of one line.
MOST = 10


async def add(mongo: Mongo, folder: MailFolder) -> None:
    """Store it, or raise Duplicate."""
    await mongo[FOLDERS].insert(as_document(folder))


async def find(mongo: Mongo, account: str, id: str) -> MailFolder | None:
    """One of the account's."""
    found = await mongo[FOLDERS].find_one({"_id": id, "account": account})
    return read(MailFolder, found) if found else None


async def list_of_line(mongo: Mongo, account: str, line: str) -> list[MailFolder]:
    """Those of one line."""
    found = await mongo[FOLDERS].find({"account": account, "line": line}, sort=[("folder", 1)], limit=MOST)
    return [read(MailFolder, document) for document in found]


async def remove(mongo: Mongo, account: str, id: str) -> None:
    """Nobody reads it any more."""
    await mongo[FOLDERS].delete({"_id": id, "account": account})


async def change(mongo: Mongo, account: str, id: str, **fields: Any) -> None:
    """Set fields, and remove those that become None."""
    put = {name: written(value) for name, value in fields.items() if value is not None}
    gone = {name: "" for name, value in fields.items() if value is None}
    update = {name: part for name, part in (("$set", put), ("$unset", gone)) if part}
    await mongo[FOLDERS].update({"_id": id, "account": account}, update)


async def go_past(mongo: Mongo, folder: MailFolder, uid: int) -> None:
    """This one was seen; it never goes back."""
    await mongo[FOLDERS].update(within(folder), {"$max": {"next_uid": uid + 1}})


async def hold(mongo: Mongo, folder: MailFolder, held: Held, *, most: int) -> bool:
    """Try this one again later; until then the others go past it. False when it would be one too many."""
    room = {"$or": [{f"held.{most - 1}": {"$exists": False}}, {"held.uid": held.uid}]}
    change = {"$push": {"held": written(held)}, "$max": {"next_uid": held.uid + 1}}
    if not await mongo[FOLDERS].update({**within(folder), **room}, change):
        return False
    # What was held of it before goes last: whoever dies in between has it twice, and never not at all.
    before = {"uid": held.uid, "again_at": {"$lt": held.again_at}}
    await mongo[FOLDERS].update(within(folder), {"$pull": {"held": before}})
    return True


async def release(mongo: Mongo, folder: MailFolder, uid: int) -> None:
    """It does not wait any more."""
    await mongo[FOLDERS].update(within(folder), {"$pull": {"held": {"uid": uid}}})


async def give_up(mongo: Mongo, folder: MailFolder, left_out: LeftOut, *, most: int) -> None:
    """It will not be taken. The last of them are known."""
    known = {"$each": [written(left_out)], "$slice": -most}
    await mongo[FOLDERS].update(
        within(folder), {"$pull": {"held": {"uid": left_out.uid}}, "$push": {"left_out": known}}
    )


async def hold_anew(mongo: Mongo, folder: MailFolder, held: Sequence[Held]) -> None:
    """These were given up, and are tried like new ones."""
    uids = [one.uid for one in held]
    change = {"$pull": {"left_out": {"uid": {"$in": uids}}}, "$push": {"held": {"$each": written(held)}}}
    # Who repeats it does it once.
    await mongo[FOLDERS].update({**within(folder), "left_out.uid": {"$all": uids}}, change)


async def is_somebody_waiting(mongo: Mongo, since: datetime) -> bool:
    """Whether any folder has been due for so long: for all accounts, since they share the places."""
    return await mongo[FOLDERS].count({"due_at": {"$lte": since}}, limit=1) > 0


def within(folder: MailFolder) -> Document:
    """The folder, as long as its uids count for the same."""
    return {"_id": folder.id, "account": folder.account, "validity": folder.validity}
