"""What a message says, from what its author wants to say; and the messages that it goes out as."""

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from channels.base import Capabilities, Content, Media
from hub.deps import Deps
from hub.files.access import mark_of
from hub.files.actions import get_file, link, list_usable, name_of
from hub.files.models import File
from hub.sending.models import Saying
from hub.threads.models import Author, DeliveryState, PartSent, Thread


async def content_of(deps: Deps, thread: Thread, saying: Saying, author: Author) -> Content:
    """With its files, if its author may use them."""
    files = await list_usable(deps, thread.account, saying.files, by=mark_of(author), thread=thread.id)
    return Content(
        text=saying.text,
        subject=saying.subject,
        media=tuple([await media_of(deps, file) for file in files]),
        template=saying.template,
    )


async def media_of(deps: Deps, file: File) -> Media:
    """A file as a message has it."""
    return Media(type=file.type, name=await name_of(deps, file), size=file.size, file=file.id)


def split(content: Content, can: Capabilities) -> list[Content]:
    """The messages that it goes out as: one, or the text and then each file by itself."""
    return [content] if not content.media or can.mixes_media else one_by_one(content)


def split_as_before(content: Content, parts: Sequence[PartSent]) -> list[Content]:
    """The same messages as when it was said, whatever the channel can do by now."""
    return [content] if len(parts) == 1 else one_by_one(content)


def one_by_one(content: Content) -> list[Content]:
    """The text, and then each file by itself."""
    rest = replace(content, media=())
    texts = [rest] if content.text or content.template else []
    return [*texts, *(Content(media=(file,)) for file in content.media)]


def parts_of(entry_id: str, contents: Collection[Content]) -> list[PartSent]:
    """How each of them is called at the provider: a provider that knows such ids takes none of them twice."""
    return [PartSent(client_id=f"{entry_id}.{n}", state=DeliveryState.QUEUED) for n in range(len(contents))]


async def with_links(deps: Deps, account: str, content: Content) -> Content:
    """With addresses from which the provider can fetch the files for a while."""
    return replace(content, media=tuple([await linked(deps, account, file) for file in content.media]))


async def linked(deps: Deps, account: str, media: Media) -> Media:
    """One file that can be fetched."""
    return replace(media, url=await link(deps, await get_file(deps, account, media.file))) if media.file else media
