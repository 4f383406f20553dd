"""Fetching, as due work. A file has its id before it is fetched: whoever dies between keeping it and saying so leaves
it to the next one, who finds it there."""

import asyncio
from datetime import timedelta

from channels.answers import UNKNOWN_MEDIA
from channels.base import Content, Enclosing, Gone, Media, Refused, TooLarge, Unreachable, Unsure
from hub.deps import Deps
from hub.fetching import repository
from hub.fetching.errors import NotFetched
from hub.fetching.models import FETCH, FETCHES, Fetch, Missing
from hub.files.access import mark_of
from hub.files.actions import MOST_BYTES, attach, keep, list_files
from hub.files.actions import read as read_file
from hub.files.errors import FileRefused
from hub.lines.actions import access_of, get_line
from hub.lines.channels import channel_of
from hub.sending.ways import ways_of
from hub.store.documents import read
from hub.store.mongo import Document
from hub.threads.delivering import get_entry, show_entry_anew
from hub.threads.log import opened
from hub.work.kinds import Kind, Later, Lease

# With pauses up to an hour: about a day. Somebody may have to enter the right key first.
TRIES = 30
PATIENCE = timedelta(days=1)
SHORTEST_WAIT = timedelta(seconds=1)


async def fetch(deps: Deps, document: Document, lease: Lease) -> None:
    """Bring the file, unless it is there; or write down why it never will be."""
    wanted = read(Fetch, document)
    if wanted.missing:
        return
    try:
        await bring(deps, wanted)
    except Gone:
        await give_up(deps, wanted, lease, Missing.GONE)
    except TooLarge:
        await give_up(deps, wanted, lease, Missing.TOO_LARGE)
    except FileRefused as error:
        is_large = error.data.get("reason") == "too_large"
        await give_up(deps, wanted, lease, Missing.TOO_LARGE if is_large else Missing.REFUSED)
    except (Refused, Unreachable, Unsure) as error:
        await put_off(deps, wanted, lease, error)
    else:
        await finish(deps, wanted, lease)


async def bring(deps: Deps, wanted: Fetch) -> None:
    """The file is kept, and the conversation's."""
    if not await list_files(deps, wanted.account, [wanted.id]):
        entry = await get_entry(deps, wanted.account, wanted.entry)
        said = await opened(deps, entry)
        media = said.media[wanted.place]
        content = await (enclosed(deps, wanted, said, media) if said.mail else content_of(deps, wanted, media))
        await keep(deps, wanted.account, media.name, content, id=wanted.id, by=mark_of(entry.author))
    await attach(deps, wanted.account, [wanted.id], wanted.thread, wanted.entry)


async def content_of(deps: Deps, wanted: Fetch, media: Media) -> bytes:
    """From the line's provider, by the line's key."""
    line = await get_line(deps, wanted.account, wanted.line)
    access = await access_of(deps, line)
    return await channel_of(line).fetch(ways_of(deps), access, media, most_bytes=MOST_BYTES)


async def enclosed(deps: Deps, wanted: Fetch, said: Content, media: Media) -> bytes:
    """Out of the mail that it came in, which is kept as it came."""
    original = said.mail.original if said.mail else ""
    kept = (await list_files(deps, wanted.account, [original])).get(original) if original else None
    channel = channel_of(await get_line(deps, wanted.account, wanted.line))
    if kept is None or not isinstance(channel, Enclosing):
        raise Gone(UNKNOWN_MEDIA)
    raw = await read_file(deps, kept)
    # Taking a large mail apart takes a while.
    return await asyncio.to_thread(channel.enclosed, raw, media)


async def put_off(deps: Deps, wanted: Fetch, lease: Lease, error: Refused | Unreachable | Unsure) -> None:
    """It may work later, for a day."""
    now = deps.clock.now()
    if lease.attempt >= TRIES or now >= wanted.made_at + PATIENCE:
        await give_up(deps, wanted, lease, Missing.UNREACHABLE)
        return
    if isinstance(error, Refused) and error.retry_after is not None:
        raise Later(now + max(error.retry_after, SHORTEST_WAIT))
    raise NotFetched(f"The provider did not hand the file over: {type(error).__name__}.") from error


async def give_up(deps: Deps, wanted: Fetch, lease: Lease, missing: Missing) -> None:
    """There will be no file, and screens say why."""
    async with lease.writing:
        is_ours = await repository.note_missing(deps.mongo, wanted.account, lease.where, missing)
    if is_ours:
        await show_entry_anew(deps, wanted.account, wanted.thread, wanted.entry)


async def finish(deps: Deps, wanted: Fetch, lease: Lease) -> None:
    """Screens show the file, and whoever does something with it begins. They are told first: what is removed here,
    nobody finds again."""
    await tell(deps, wanted)
    await show_entry_anew(deps, wanted.account, wanted.thread, wanted.entry)
    async with lease.writing:
        await repository.remove(deps.mongo, wanted.account, lease.where)


async def tell(deps: Deps, wanted: Fetch) -> None:
    """Other rooms, each of which may hear of it twice."""
    if file := (await list_files(deps, wanted.account, [wanted.id])).get(wanted.id):
        for arrival in deps.declared.arrivals:
            await arrival(deps, file)


KINDS = (
    Kind(
        name=FETCH,
        collection=FETCHES,
        handler=fetch,
        # One more than we try: who dies over the last try has not written down that it was one.
        attempts=TRIES + 1,
        lease=timedelta(minutes=2),
        backoff=timedelta(seconds=5),
        # Each may hold a whole file in memory.
        slots=2,
    ),
)
