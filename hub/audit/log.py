"""Writing down what was done: every endpoint and every command that changes something does."""

from hub.act import Act
from hub.audit import chain, repository
from hub.audit.chain import Head
from hub.audit.errors import LogBusy
from hub.audit.telling import AREAS, SETTING
from hub.bus import changed
from hub.store.ids import new_id
from hub.store.mongo import Document, Duplicate, Mongo
from hub.store.sealed import Keyring
from hub.turns import NotYet

PLACE = f"{repository.AUDIT}.detail"
# Each failed attempt means that another process has written an entry, or died before it had moved the head.
ATTEMPTS = 100
# From here on nothing has become otherwise.
FAILED = 400


async def record(act: Act, action: str, *, status: int) -> None:
    """Who did what and how it ended; whatever may be personal data is sealed."""
    deps, note, now = act.deps, act.note, act.deps.clock.now()
    keyring = await deps.sealer.keyring(note.account or act.account)
    detail = chain.detail_of(act.address, note.before, note.after)
    entry = {
        "_id": new_id(now),
        "account": keyring.account,
        "at": now,
        "actor": {"kind": act.caller.kind, "id": act.caller.id},
        "action": action,
        "target": dict(note.target),
        # The ids alone: what an index can hold.
        "targets": sorted(set(note.target.values())),
        "status": status,
        "request": act.request,
        "detail": keyring.seal(PLACE, detail),
    }
    try:
        async with deps.turns.of(keyring.account):
            await append(deps.mongo, keyring, entry, detail)
    except NotYet:
        raise LogBusy from None
    if status < FAILED and (area := action.partition(".")[0]) in AREAS:
        changed(deps, SETTING, keyring.account, "", area)


async def append(mongo: Mongo, keyring: Keyring, entry: Document, detail: bytes) -> None:
    """Put the entry behind the last of its account, however many others do the same."""
    account = keyring.account
    for _ in range(ATTEMPTS):
        head = await repository.find_head(mongo, account) or chain.beginning(keyring)
        linked = chain.linked(entry, head, keyring, detail)
        try:
            await repository.add_entry(mongo, account, linked)
        except Duplicate:
            await catch_up(mongo, account, head)
            # A driver that has lost the first answer sends the same entry again.
            if await repository.has_entry(mongo, account, entry["_id"]):
                return
        else:
            await repository.move_head(mongo, account, head, chain.after(head, linked, keyring))
            return
    raise LogBusy


async def catch_up(mongo: Mongo, account: str, head: Head) -> None:
    """Our number is taken. Its author will move the head, or has died before: then we do it."""
    if there := await repository.find_beyond(mongo, account, head.seq):
        await repository.move_head(mongo, account, head, chain.moved(head, there["seq"], there.get("hash")))
