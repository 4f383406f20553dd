"""Showing a mail as it came."""

import asyncio
from collections.abc import Sequence
from functools import partial

import msgspec

from channels.base import Mail
from hub.access import Caller, Permission
from hub.apart.reading import Unreadable
from hub.deps import Deps
from hub.files.actions import get_file, link, read
from hub.files.models import File
from hub.originals import parts as program
from hub.originals.document import document_of
from hub.originals.errors import NoOriginal
from hub.originals.links import link_to_part, links_to
from hub.originals.parts import Parts, Picture
from hub.originals.pictures import Wanted, data_of, wanted_by, with_pictures
from hub.originals.shapes import HeaderShown, OriginalShown
from hub.threads.access import access_thread
from hub.threads.delivering import get_entry
from hub.threads.errors import NoSuchMessage
from hub.threads.log import opened
from hub.threads.models import Entry
from hub.threads.showing import shown

NOTHING = Parts(headers=[], text="", html=None, pictures=[], is_cut=True)
# Of all pictures that stand within one document, each as often as it is shown there.
MOST_WITHIN_BYTES = 5_000_000


async def show(deps: Deps, caller: Caller, thread_id: str, entry_id: str, *, with_remote: bool) -> OriginalShown:
    """The mail that a message came as, for whoever may read the conversation."""
    thread = await access_thread(deps, caller, thread_id, Permission.THREADS_VIEW)
    entry = await get_entry(deps, caller.account, entry_id)
    if entry.thread != thread.id:
        raise NoSuchMessage("There is no such message.", id=entry_id)
    mail = await mail_of(deps, entry)
    file = await get_file(deps, entry.account, mail.original)
    found = await taken_apart(deps, file)
    wanted = await asyncio.to_thread(wanted_by, found.html or "")
    said = (await shown(deps, [entry]))[0].content
    return OriginalShown(
        id=entry.id,
        headers=[HeaderShown(name=one.name, value=one.value) for one in found.headers],
        text=(said.text if said else "") if found is NOTHING else found.text,
        html=await shown_html(deps, file, found, wanted, with_remote=with_remote),
        files=said.media if said else [],
        has_remote_images=bool(wanted.addresses),
        is_readable=found is not NOTHING,
        is_cut=found.is_cut or wanted.is_cut or not mail.is_whole,
        is_whole=mail.is_whole,
        raw_url=await link(deps, file),
    )


async def mail_of(deps: Deps, entry: Entry) -> Mail:
    """What is known of the kept mail, or NoOriginal."""
    said = await opened(deps, entry)
    if said.mail is None or not said.mail.original:
        raise NoOriginal("This message did not come as a mail, or the mail was not kept.", id=entry.id)
    return said.mail


async def taken_apart(deps: Deps, file: File) -> Parts:
    """All that is shown of it; NOTHING, where nobody can make sense of it in good time."""
    try:
        said = await deps.apart.read(program.__name__, given=partial(read, deps, file))
    except Unreadable:
        return NOTHING
    return msgspec.json.decode(said, type=Parts)


async def shown_html(deps: Deps, file: File, found: Parts, wanted: Wanted, *, with_remote: bool) -> str | None:
    """The document, with the pictures that are to be shown."""
    if found.html is None:
        return None
    known = await places_within(deps, file, found.pictures, wanted)
    if with_remote:
        known |= await links_to(deps, file.account, wanted.addresses)
    markup = await asyncio.to_thread(with_pictures, found.html, known)
    return document_of(markup, deps.settings.base_url)


async def places_within(deps: Deps, file: File, pictures: Sequence[Picture], wanted: Wanted) -> dict[str, str]:
    """Where the pictures are that the mail brings along and shows, by their names in it: the picture itself, as an
    address; of a large one, or one that is shown very often, a link."""
    places, left = dict[str, str](), MOST_WITHIN_BYTES
    for picture in pictures:
        name = picture.name.casefold()
        size = len(picture.content) * wanted.names[name]
        if 0 < size <= left:
            places[name], left = data_of(picture.type, picture.content), left - size
        elif name in wanted.names:
            places[name] = await link_to_part(deps, file.account, file.id, picture.number)
    return places
