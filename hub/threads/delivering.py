"""How a message of ours fares: the one part of a log that changes after it was written. Whoever changes it names the
`rev` that it has seen, so that no two overwrite each other."""

from datetime import datetime

from hub.deps import Deps
from hub.store.documents import written
from hub.store.mongo import Document
from hub.threads import repository
from hub.threads.announcing import Written, announce_thread
from hub.threads.errors import NoSuchMessage
from hub.threads.models import Author, Delivery, Entry, Thread

MESSAGES = repository.MESSAGES
# What is due of it belongs to the desks. Whom it goes to is not written back as it was read: it may have been sealed
# anew meanwhile.
NOT_OURS = frozenset({"due_at", "to"})


async def find_entry(deps: Deps, account: str, id: str) -> Entry | None:
    """One of the account's."""
    return await repository.find_entry(deps.mongo, account, _id=id)


async def find_any_entry(deps: Deps, id: str) -> Entry | None:
    """Whosever it is: for mail servers, which say nothing else."""
    return await repository.find_any_entry(deps.mongo, id)


async def get_entry(deps: Deps, account: str, id: str) -> Entry:
    """One of the account's, or NoSuchMessage."""
    entry = await find_entry(deps, account, id)
    if entry is None:
        raise NoSuchMessage("There is no such message.", id=id)
    return entry


async def get_at(deps: Deps, thread: Thread, seq: int) -> Entry:
    """What stands at this place of the log, or NoSuchMessage."""
    entry = await repository.find_entry(deps.mongo, thread.account, thread=thread.id, seq=seq)
    if entry is None:
        raise NoSuchMessage("There is no such message.", seq=seq)
    return entry


async def find_said(deps: Deps, account: str, client_id: str) -> Entry | None:
    """What was said under this id of its sender's."""
    return await repository.find_entry(deps.mongo, account, client_id=client_id)


async def find_sent(deps: Deps, account: str, line: str, provider_id: str) -> Entry | None:
    """The message of ours that the provider calls so."""
    found = await repository.find_entry(deps.mongo, account, line=line, provider_id=provider_id)
    return found if found and found.delivery else None


async def find_sent_before(deps: Deps, entry: Entry) -> Entry | None:
    """The last message of ours in front of this one that went the same way."""
    return await repository.find_sent_before(deps.mongo, entry.account, entry)


async def find_queued_after(deps: Deps, entry: Entry) -> Entry | None:
    """The first message behind this one that waits to go the same way."""
    return await repository.find_queued_after(deps.mongo, entry.account, entry)


async def count_automated(deps: Deps, thread: Thread, *, after: int, since: datetime, limit: int) -> int:
    """How much no person has sent there since, as far as it went out or may do so."""
    return await repository.count_automated(
        deps.mongo, thread.account, thread.id, after=after, since=since, limit=limit
    )


async def set_delivery(deps: Deps, entry: Entry, where: Document, change: Document) -> bool:
    """Change how an entry is delivered, if it still is as `where` says; screens see that the thread has another rev. A
    crash between the two leaves the rev of before: the next change of the thread shows both."""
    now = deps.clock.now()
    put, more = {**change.get("$set", {}), "changed_at": now}, {**change.get("$inc", {}), "rev": 1}
    if not await repository.change_entry(
        deps.mongo, entry.account, entry.id, where, {**change, "$set": put, "$inc": more}
    ):
        return False
    await repository.raise_rev(deps.mongo, entry.account, entry.thread, now)
    announce_thread(deps, entry.account, entry.thread, Written(entry.id, entry.medium))
    return True


async def show_entry_anew(deps: Deps, account: str, thread: str, id: str) -> None:
    """Something that screens show of an entry has become otherwise beside it, such as a file of it."""
    now = deps.clock.now()
    await repository.raise_entry_rev(deps.mongo, account, id, now)
    await repository.raise_rev(deps.mongo, account, thread, now)
    announce_thread(deps, account, thread, Written(id))


async def make_due(deps: Deps, entry: Entry, where: Document, due_at: datetime) -> bool:
    """Have a waiting message looked at again, if it still is as `where` says. Nothing of it that is shown changes."""
    change = {"$set": {"delivery.due_at": due_at}}
    return await repository.change_entry(deps.mongo, entry.account, entry.id, where, change)


def moved(delivery: Delivery) -> Document:
    """All of it as an update, but for what is due."""
    fields = {name: getattr(delivery, name) for name in delivery.__struct_fields__ if name not in NOT_OURS}
    put = {f"delivery.{name}": written(value) for name, value in fields.items() if value is not None}
    gone = {f"delivery.{name}": "" for name, value in fields.items() if value is None}
    return {"$set": put} | ({"$unset": gone} if gone else {})


def client_id_of(author: Author, given: str) -> str:
    """An id of its author's own, so that nobody meets what somebody else has said under the same one."""
    return f"{author.kind}:{author.id}:{given}"


def given_client_id(entry: Entry) -> str:
    """The id as its author has given it."""
    return entry.client_id.removeprefix(client_id_of(entry.author, ""))
