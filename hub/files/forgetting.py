"""Files that go: what no message has taken in time, and what somebody has thought better of."""

from datetime import timedelta

from hub.access import Permission
from hub.act import Act
from hub.deps import Deps
from hub.files import repository
from hub.files.access import access_file
from hub.files.actions import name_of
from hub.files.errors import FileInUse
from hub.files.models import FILES, File, FileGone, FileState
from hub.files.store import store_of
from hub.store.documents import read
from hub.store.mongo import Document
from hub.work.kinds import Kind, Lease

FORGET = "files.forget"


async def delete(act: Act, id: str) -> FileGone:
    """One that no message has, nor waits with, goes."""
    deps = act.deps
    file = await access_file(deps, act.caller, id, Permission.THREADS_REPLY)
    gone = FileGone(id=id, name=await name_of(deps, file), type=file.type, size=file.size)
    act.note.target, act.note.before = {"file": id}, gone
    is_going = await repository.let_go(
        deps.mongo, act.account, id, where={"state": FileState.KEPT, **repository.UNUSED}, due_at=deps.clock.now()
    )
    if not is_going:
        raise FileInUse("A message has this file, or waits with it.", id=id)
    await finish(deps, file)
    return gone


async def forget(deps: Deps, document: Document, lease: Lease) -> None:
    """Nobody has used it. From the first step on no message can take it; the claim is ours, so none has."""
    file = read(File, document)
    async with lease.writing:
        is_going = await repository.let_go(deps.mongo, file.account, file.id, where=lease.where)
    if is_going:
        await finish(deps, file)


async def finish(deps: Deps, file: File) -> None:
    """The content goes first: without the document nobody would know of it."""
    store = store_of(deps)
    await store.remove(file.preview_kept_as)
    await store.remove(file.kept_as)
    await repository.remove(deps.mongo, file.account, file.id)


async def leave_nothing(deps: Deps, account: str) -> None:
    """The account is closed: nobody can read its contents any more, and now they go."""
    async for name in repository.each_kept_as(deps.mongo, account):
        await store_of(deps).remove(name)


FAREWELLS = (leave_nothing,)
# A store may be away for a day before anybody looks.
KINDS = (
    Kind(
        name=FORGET,
        collection=FILES,
        handler=forget,
        attempts=24,
        lease=timedelta(minutes=2),
        backoff=timedelta(minutes=1),
        slots=4,
    ),
)
