"""What a message that Telnyx brings says."""

import msgspec

from channels.base import Content, Media
from channels.reading import Fields
from channels.values import LONGEST_KIND

KINDS = ("", "sms", "mms")
# How a phone lays the parts of a message out. Nobody wants to see it.
LAYOUT = "application/smil"


def content(said: Fields) -> Content:
    """What it says. Where that is more than we understand, `unsupported` says so, beside what we do understand."""
    parts = [Fields.of(part) for part in said.items("media")]
    parts = [part for part in parts if part.text("content_type").lower() != LAYOUT]
    read = Content(
        text=said.text("text"),
        subject=said.text("subject"),
        media=tuple(media(part) for part in parts if part.text("url")),
    )
    return msgspec.structs.replace(read, unsupported=beyond(said, parts, read)[:LONGEST_KIND])


def beyond(said: Fields, parts: list[Fields], read: Content) -> str:
    """What there is in it that we do not understand."""
    kind = said.text("type").lower()
    if kind not in KINDS:
        return kind
    if len(read.media) < len(parts):
        return "media"
    return "" if read.text or read.subject or read.media else "empty"


def media(part: Fields) -> Media:
    """A file that came with it, still where Telnyx keeps it."""
    size = part.number("size")
    return Media(
        type=part.text("content_type"),
        url=part.text("url"),
        size=int(size) if size is not None and 0 <= size < 2**53 else None,
    )
