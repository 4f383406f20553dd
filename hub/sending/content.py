"""What a message says, from what its author wants to say."""

from collections.abc import Collection

from msgspec.structs import replace

from channels.base import Content, Media
from hub.deps import Deps
from hub.files.access import mark_of
from hub.files.actions import get_file, link, list_usable, name_of, read
from hub.files.links import GOOD_FOR, link_with_ending
from hub.files.models import File
from hub.letterheads.copies import mail_to
from hub.lines.models import Line
from hub.people.getting import get_person
from hub.sending.models import Saying
from hub.templates.filling import with_template
from hub.threads.models import Author, DeliveryState, PartSent, Thread


async def content_of(deps: Deps, thread: Thread, saying: Saying, author: Author) -> Content:
    """With its files, if its author may use them."""
    files = await list_usable(deps, thread.account, saying.files, by=mark_of(author), thread=thread.id)
    return Content(
        text=saying.text,
        subject=saying.subject,
        media=tuple([await media_of(deps, file) for file in files]),
        template=saying.template,
        choices=saying.choices,
        place=saying.place,
        cards=saying.cards,
        reaction=saying.reaction,
        mail=mail_to(saying.cc, saying.bcc),
    )


async def content_for(deps: Deps, thread: Thread, line: Line, saying: Saying, author: Author) -> Content:
    """As it goes to this person over this line: with the words of its template, and the blanks of that filled."""
    content = await content_of(deps, thread, saying, author)
    if content.template is None:
        return content
    return await with_template(deps, line, await get_person(deps, thread.account, thread.person), content)


async def media_of(deps: Deps, file: File) -> Media:
    """A file as a message has it."""
    return Media(type=file.type, name=await name_of(deps, file), size=file.size, file=file.id)


def parts_of(entry_id: str, contents: Collection[Content]) -> list[PartSent]:
    """How each of them is called at the provider: a provider that knows such ids takes none of them twice."""
    return [PartSent(client_id=f"{entry_id}.{n}", state=DeliveryState.QUEUED) for n in range(len(contents))]


async def with_links(deps: Deps, account: str, content: Content) -> Content:
    """With addresses from which the provider can fetch the files for a while. A template's file goes within it."""
    if content.template and content.template.header_media:
        above = await linked_with_ending(deps, account, content.media[0])
        return replace(content, media=(), template=replace(content.template, header_media=above))
    return replace(content, media=tuple([await linked(deps, account, file) for file in content.media]))


async def linked(deps: Deps, account: str, media: Media) -> Media:
    """One file that can be fetched."""
    return replace(media, url=await link(deps, await get_file(deps, account, media.file))) if media.file else media


async def linked_with_ending(deps: Deps, account: str, media: Media) -> Media:
    """One file that can be fetched, for providers who look at the end of an address."""
    if not media.file:
        return media
    return replace(
        media, url=await link_with_ending(deps, await get_file(deps, account, media.file), good_for=GOOD_FOR)
    )


async def with_files(deps: Deps, account: str, content: Content) -> Content:
    """With the files themselves, for what carries them within it."""
    return replace(content, media=tuple([await enclosed(deps, account, file) for file in content.media]))


async def enclosed(deps: Deps, account: str, media: Media) -> Media:
    """One file, whole."""
    return replace(media, content=await read(deps, await get_file(deps, account, media.file))) if media.file else media
