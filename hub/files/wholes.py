"""What is too large for a document of the database, kept as it came for so long, whatever it is: for us alone."""

from datetime import timedelta

from hub.deps import Deps
from hub.files import repository
from hub.files.actions import begin, get_file, put, read
from hub.files.sniffing import UNKNOWN

NAME = "whole"


async def keep_whole(deps: Deps, account: str, content: bytes, *, lasts: timedelta, by: str) -> str:
    """The id that it is read by until it is forgotten, which happens by itself."""
    size = len(content)
    file = await begin(deps, account, NAME, id=None, type=UNKNOWN, size=size, by=by, unused_for=lasts)
    await put(deps, file, content)
    await repository.note_kept(deps.mongo, account, file.id, type=UNKNOWN, size=size)
    return file.id


async def read_whole(deps: Deps, account: str, id: str) -> bytes:
    """As it came, or NoSuchFile."""
    return await read(deps, await get_file(deps, account, id))
