"""Examples of the files above the words of templates: files of the account, kept as long as somebody may look at them,
and handed to the provider while the draft is written."""

from collections.abc import Mapping
from datetime import timedelta

from channels.base import Exemplified, HeaderKind, Media
from hub.access import Permission
from hub.act import Act
from hub.deps import Deps
from hub.files.access import access_file
from hub.files.actions import begin, check_is_free, fill, get_file, name_of, read
from hub.files.links import link_with_ending
from hub.files.models import File
from hub.lines.actions import access_of
from hub.lines.channels import channel_of
from hub.lines.models import Line
from hub.sending.ways import ways_of
from hub.templates.errors import BadTemplate
from hub.templates.providing import in_words

# What providers take, as checked when the file was kept: by its content, not by its name.
FITTING: Mapping[HeaderKind, tuple[str, ...]] = {
    HeaderKind.IMAGE: ("image/jpeg", "image/png"),
    HeaderKind.VIDEO: ("video/mp4",),
    HeaderKind.DOCUMENT: ("application/pdf",),
}
KEPT_FOR = timedelta(days=30)
FIELD, NO_THREAD = "header_file_id", ""


async def example_of(act: Act, line: Line, kind: HeaderKind, file_id: str) -> str:
    """What the provider calls it, which has it from now on. Raises BadTemplate, NoSuchFile, FileInUse, and whatever the
    provider says in words."""
    deps, channel = act.deps, channel_of(line)
    if not isinstance(channel, Exemplified):
        raise BadTemplate("At this line's provider nobody hands in a file.", field=FIELD, fields=[FIELD])
    file = await access_example(act, file_id)
    check_fits(kind, file)
    example = await media_of(deps, await copy_of(deps, file))
    with in_words():
        return await channel.keep_example(ways_of(deps), await access_of(deps, line), example)


async def access_example(act: Act, id: str) -> File:
    """One that no message has, of those whom the caller writes templates for: what people send each other is nobody's
    example."""
    check_is_free(await get_file(act.deps, act.account, id), NO_THREAD)
    return await access_file(act.deps, act.caller, id, Permission.TEMPLATES_MANAGE)


def check_fits(kind: HeaderKind, file: File) -> None:
    """Raise BadTemplate where such a file cannot stand above the words."""
    fitting = FITTING.get(kind, ())
    if file.type not in fitting:
        words = f"A header of this kind takes {' or '.join(fitting)}, and the file is of the type {file.type}."
        raise BadTemplate(words if fitting else "Such a header has no file.", field=FIELD, fields=[FIELD])


async def copy_of(deps: Deps, file: File) -> File:
    """One of the template's own: what somebody keeps for a message is forgotten within a day, or is that message's."""
    named = await name_of(deps, file)
    copy = await begin(
        deps, file.account, named, id=None, type=file.type, size=file.size, by="templates", unused_for=KEPT_FOR
    )
    await fill(deps, copy, await read(deps, file))
    return await get_file(deps, file.account, copy.id)


async def media_of(deps: Deps, file: File) -> Media:
    """As adapters get it."""
    return Media(
        type=file.type,
        name=await name_of(deps, file),
        size=file.size,
        content=await read(deps, file),
        url=await link_with_ending(deps, file, good_for=KEPT_FOR),
    )
