"""Keeping files, and giving them back: what other rooms ask of this one.

A file is written down before its content is put into the store: whoever dies in between leaves something that is due,
and nothing in the store that nobody knows of.
"""

import asyncio
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import NoReturn

from hub.deps import Deps
from hub.files import naming, repository
from hub.files.errors import FileInUse, FileRefused, NoSuchFile
from hub.files.links import PREVIEW, link_to, link_to_preview
from hub.files.locking import lock, new_key, unlock
from hub.files.models import KEY_PLACE, NAME_PLACE, PICTURES, File, FileShown, FileState, Picture
from hub.files.pictures import redrawn
from hub.files.sniffing import PROGRAM, UNKNOWN, type_of
from hub.files.store import store_of
from hub.files.transcripts import transcript_shown
from hub.store.ids import new_id
from hub.store.mongo import Duplicate

MOST_BYTES = 25 * 1024 * 1024
# A file that no message has taken by then is forgotten.
UNUSED_FOR = timedelta(hours=24)


async def keep(
    deps: Deps,
    account: str,
    name: str,
    content: bytes,
    *,
    id: str | None = None,
    by: str = "",
    most_bytes: int = MOST_BYTES,
) -> File:
    """Keep a file for a message that is to take it within a day. What it is, is told by the content alone. Repeated
    with the same id it gives back the first. Pictures are drawn anew. Raises FileRefused. `by` is who may use it:
    `hub.files.access.mark_of`."""
    type = await checked_type(content, most_bytes)
    file = await begin(deps, account, naming.clean(name, type), id=id, type=type, size=len(content), by=by)
    if file.state is FileState.STORING:
        await fill(deps, file, content)
    return await get_file(deps, account, file.id)


async def fill(deps: Deps, file: File, content: bytes) -> None:
    """The content goes into the store: of a picture only what we have drawn. One that cannot be drawn is no picture."""
    drawn = await redrawn(deps.pictures, file.type, content)
    if drawn and len(drawn.content) <= MOST_BYTES:
        await put(deps, file, drawn.content)
        await put_preview(deps, file, drawn.preview)
        size, picture = len(drawn.content), Picture(drawn.width, drawn.height)
        await repository.note_kept(deps.mongo, file.account, file.id, type=file.type, size=size, picture=picture)
    else:
        await put(deps, file, content)
        type = UNKNOWN if file.type in PICTURES else file.type
        await repository.note_kept(deps.mongo, file.account, file.id, type=type, size=len(content))


async def checked_type(content: bytes, most_bytes: int = MOST_BYTES) -> str:
    """What it is, if people may send it to each other."""
    if not content:
        raise FileRefused("The file is empty.", reason="empty")
    if len(content) > most_bytes:
        raise FileRefused(f"A file may have {most_bytes} bytes at most.", reason="too_large", most_bytes=most_bytes)
    type = await asyncio.to_thread(type_of, content)
    if type == PROGRAM:
        raise FileRefused("Programs cannot be sent.", reason="program")
    return type


async def begin(
    deps: Deps,
    account: str,
    name: str,
    *,
    id: str | None,
    type: str,
    size: int,
    by: str,
    unused_for: timedelta = UNUSED_FOR,
) -> File:
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
        due_at=now + unused_for,
    )
    try:
        await repository.add(deps.mongo, file)
    except Duplicate:
        return await repository.find(deps.mongo, account, file.id) or file
    return file


async def put(deps: Deps, file: File, content: bytes) -> None:
    """The content goes into the store, which cannot read it."""
    await put_as(deps, file, file.kept_as, content, bound_to=bound_to(file))


async def put_preview(deps: Deps, file: File, preview: bytes) -> None:
    """Beside the content, under the same key."""
    await put_as(deps, file, file.preview_kept_as, preview, bound_to=bound_to(file, PREVIEW))


async def put_as(deps: Deps, file: File, name: str, content: bytes, *, bound_to: str) -> None:
    """Locked by the file's key."""
    key = await deps.sealer.unseal(file.account, KEY_PLACE, file.key)
    await store_of(deps).put(name, await asyncio.to_thread(lock, key, content, bound_to=bound_to))


async def read(deps: Deps, file: File) -> bytes:
    """The content, whole."""
    return await read_as(deps, file, file.kept_as, bound_to=bound_to(file))


async def read_preview(deps: Deps, file: File) -> bytes:
    """The small picture of a picture."""
    return await read_as(deps, file, file.preview_kept_as, bound_to=bound_to(file, PREVIEW))


async def read_as(deps: Deps, file: File, name: str, *, bound_to: str) -> bytes:
    """Opened by the file's key."""
    key = await deps.sealer.unseal(file.account, KEY_PLACE, file.key)
    return await asyncio.to_thread(unlock, key, await store_of(deps).get(name), bound_to=bound_to)


def bound_to(file: File, *part: str) -> str:
    """Where its content opens, or a part of it: nowhere else."""
    return "\0".join((file.account, file.id, *part))


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
    stands in a log is attached by itself (hub/files/following.py); this is for what comes later than its message."""
    known = await list_files(deps, account, file_ids)
    for id in file_ids:
        check_is_free(known.get(id) or missing(id), thread)
    await repository.take(deps.mongo, account, file_ids, thread=thread, entry=entry_id)


async def hold(deps: Deps, account: str, ids: Collection[str], thread: str, *, until: datetime) -> None:
    """These, which are usable there (`list_usable`), are kept until then for something that is to be said in the
    thread, and are seen by whoever sees that one. Nobody can use them elsewhere meanwhile, or remove them."""
    await repository.hold(deps.mongo, account, ids, thread=thread, until=until)


async def release(deps: Deps, account: str, ids: Collection[str], thread: str) -> None:
    """It is not said after all: they are as if they had been kept at this moment."""
    await repository.release(deps.mongo, account, ids, thread=thread, until=deps.clock.now() + UNUSED_FOR)


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
    picture = file.picture
    return FileShown(
        id=file.id,
        name=await name_of(deps, file),
        type=file.type,
        size=file.size,
        url=await link(deps, file),
        preview_url=await link_to_preview(deps, file) if picture else None,
        width=picture.width if picture else None,
        height=picture.height if picture else None,
        transcript=await transcript_shown(deps, file),
    )
