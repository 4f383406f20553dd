"""Keeping files, and giving them back: what other rooms ask of this one.

A file is written down before its content is put into the store: whoever dies in between leaves something that is due,
and nothing in the store that nobody knows of.
"""

import asyncio
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import NoReturn

from hub.deps import Deps
from hub.files import naming, repository
from hub.files.errors import FileInUse, FileRefused, NoSuchFile
from hub.files.links import link_to
from hub.files.locking import lock, new_key, unlock
from hub.files.models import KEY_PLACE, NAME_PLACE, File, FileShown, FileState
from hub.files.sniffing import PROGRAM, type_of
from hub.files.store import store_of
from hub.store.ids import new_id
from hub.store.mongo import Duplicate

MOST_BYTES = 25 * 1024 * 1024
# A file that no message has taken by then is forgotten.
UNUSED_FOR = timedelta(hours=24)


async def keep(deps: Deps, account: str, name: str, content: bytes, *, id: str | None = None, by: str = "") -> File:
    """Keep a file for a message that is to take it within a day. What it is, is told by the content alone. Repeated
    with the same id it gives back the first. Raises FileRefused. `by` is who may use it: `hub.files.access.mark_of`."""
    type = await checked_type(content)
    file = await begin(deps, account, naming.clean(name, type), id=id, type=type, size=len(content), by=by)
    if file.state is FileState.STORING:
        await put(deps, file, content)
        await repository.note_kept(deps.mongo, account, file.id)
    return await get_file(deps, account, file.id)


async def checked_type(content: bytes) -> str:
    """What it is, if people may send it to each other."""
    if not content:
        raise FileRefused("The file is empty.", reason="empty")
    if len(content) > MOST_BYTES:
        raise FileRefused(f"A file may have {MOST_BYTES} bytes at most.", reason="too_large", most_bytes=MOST_BYTES)
    type = await asyncio.to_thread(type_of, content)
    if type == PROGRAM:
        raise FileRefused("Programs cannot be sent.", reason="program")
    return type


async def begin(deps: Deps, account: str, name: str, *, id: str | None, type: str, size: int, by: str) -> File:
    """Write it down, with a key of its own; or find what was written down of it before."""
    now, keyring = deps.clock.now(), await deps.sealer.keyring(account)
    file = File(
        id=id or new_id(now),
        account=account,
        name=keyring.seal(NAME_PLACE, name.encode()),
        type=type,
        size=size,
        key=keyring.seal(KEY_PLACE, new_key()),
        kept_as=new_id(now),
        by=by,
        stored_at=now,
        due_at=now + UNUSED_FOR,
    )
    try:
        await repository.add(deps.mongo, file)
    except Duplicate:
        return await repository.find(deps.mongo, account, file.id) or file
    return file


async def put(deps: Deps, file: File, content: bytes) -> None:
    """The content goes into the store, which cannot read it."""
    key = await deps.sealer.unseal(file.account, KEY_PLACE, file.key)
    locked = await asyncio.to_thread(lock, key, content, bound_to=bound_to(file))
    await store_of(deps).put(file.kept_as, locked)


async def read(deps: Deps, file: File) -> bytes:
    """The content, whole."""
    key = await deps.sealer.unseal(file.account, KEY_PLACE, file.key)
    locked = await store_of(deps).get(file.kept_as)
    return await asyncio.to_thread(unlock, key, locked, bound_to=bound_to(file))


def bound_to(file: File) -> str:
    """Where its content opens: nowhere else."""
    return f"{file.account}\0{file.id}"


async def get_file(deps: Deps, account: str, id: str) -> File:
    """One of the account's that is there, or NoSuchFile."""
    return (await list_files(deps, account, [id])).get(id) or missing(id)


async def list_files(deps: Deps, account: str, ids: Collection[str]) -> Mapping[str, File]:
    """Those of these that are there, by id, in one query."""
    found = await repository.list_kept(deps.mongo, account, ids) if ids else []
    return {file.id: file for file in found}


async def list_usable(deps: Deps, account: str, ids: Collection[str], *, by: str, thread: str) -> list[File]:
    """These files in this order, if whoever `by` marks may put them into a message of the thread: what they have kept
    themselves and no message has, or what the thread has already. Raises NoSuchFile, FileInUse."""
    known = await list_files(deps, account, ids)
    files = [known.get(id) or missing(id) for id in ids]
    for file in files:
        if file.thread is None and file.by != by:
            missing(file.id)
        check_is_free(file, thread)
    return files


async def attach(deps: Deps, account: str, file_ids: Collection[str], thread: str, entry_id: str) -> None:
    """The files are the thread's from now on, and stay. Harmless when repeated. Raises NoSuchFile, FileInUse. Whatever
    stands in a log is attached by itself (hub/files/following.py); this is for what waits longer than a day."""
    known = await list_files(deps, account, file_ids)
    for id in file_ids:
        check_is_free(known.get(id) or missing(id), thread)
    await repository.take(deps.mongo, account, file_ids, thread=thread, entry=entry_id)


def check_is_free(file: File, thread: str) -> None:
    """A file is of one conversation: whoever sees that one may see the file."""
    if file.thread not in (None, thread):
        raise FileInUse("Another conversation has this file: send a copy of it.", id=file.id)


def missing(id: str) -> NoReturn:
    """There is none, or none that may be seen."""
    raise NoSuchFile("There is no such file.", id=id)


async def name_of(deps: Deps, file: File) -> str:
    """What it is called."""
    return await deps.sealer.text(file.account, NAME_PLACE, file.name)


async def link(deps: Deps, file: File) -> str:
    """An address of its content that needs no credential, good for a quarter of an hour at least."""
    return await link_to(deps, file)


async def shown(deps: Deps, file: File) -> FileShown:
    """As the API shows it."""
    name, url = await name_of(deps, file), await link(deps, file)
    return FileShown(id=file.id, name=name, type=file.type, size=file.size, url=url)
