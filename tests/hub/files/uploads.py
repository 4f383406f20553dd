"""Files as people send and fetch them, and conversations that they are of."""

from typing import Any
from urllib.parse import quote, urlsplit

import httpx2

from hub.deps import Deps
from hub.store.ids import new_id
from hub.threads import log
from hub.threads.models import Author, AuthorKind, Draft, EntryKind, Thread
from tests.hubs import Hub
from tests.people import Person, well


async def upload(person: Person, name: str, content: bytes, **headers: str) -> httpx2.Response:
    """One file."""
    path = f"/api/v1/files?name={quote(name, safe='')}"
    return await person.hub.client.post(path, content=content, headers={**person.headers, **headers})


async def uploaded(person: Person, name: str, content: bytes) -> Any:
    """One file that is taken."""
    return well(await upload(person, name, content))


async def fetch(hub: Hub, url: str, **headers: str) -> httpx2.Response:
    """By the link, as a browser does: with no credential."""
    return await hub.client.get(urlsplit(url).path, headers=headers)


async def conversation(deps: Deps, account: str) -> Thread:
    """With somebody new."""
    return await log.find_or_make(deps, account, new_id(deps.clock.now()))


async def note(deps: Deps, thread: Thread, *files: str, mentions: tuple[str, ...] = ()) -> Thread:
    """An entry with these files, for these members, whatever follows from it done."""
    author = Author(AuthorKind.HUB)
    draft = Draft(id=new_id(deps.clock.now()), kind=EntryKind.NOTE, author=author, files=files, mentions=mentions)
    thread, _ = await log.append(deps, thread, draft)
    await deps.background.settle()
    return thread
