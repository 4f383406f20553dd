"""What a message says, as Vonage brings it and as it takes it. A text goes as SMS; files go as MMS, which Vonage has in
the United States and Canada alone."""

from collections.abc import Mapping
from mimetypes import MimeTypes
from typing import Any

import msgspec

from channels.base import Content, Media
from channels.reading import Fields
from channels.values import LONGEST_KIND

# An application may have others as well; an answer would go by SMS, where the message did not come from.
CHANNELS = ("", "sms", "mms")
# What Vonage calls the kinds of files, and what one is taken for whose name does not tell.
FILES: Mapping[str, str] = {
    "image": "image/jpeg",
    "audio": "audio/mpeg",
    "video": "video/mp4",
    "vcard": "text/vcard",
    "file": "application/octet-stream",
}
CARDS = ("text/vcard", "text/x-vcard")
# The types that Python itself knows: those of the machine differ from one to the next.
TYPES = MimeTypes()


def content(fields: Fields) -> Content:
    """What it says. Where that is more than we understand, `unsupported` says so, beside what we do understand."""
    kind = fields.text("message_type").lower()
    parts = [(kind, Fields.of(part)) for part in fields.items(kind)] if kind in FILES else []
    parts += [(part.text("type").lower(), part) for part in map(Fields.of, fields.items("content"))]
    words = [fields.text("text"), *(part.text("caption") for _, part in parts)]
    said = Content(text="\n".join(filter(None, dict.fromkeys(words))), media=files(parts))
    channel = fields.text("channel").lower()
    unsupported = beyond(kind, parts, said) if channel in CHANNELS else channel
    return msgspec.structs.replace(said, unsupported=unsupported[:LONGEST_KIND])


def beyond(kind: str, parts: list[tuple[str, Fields]], said: Content) -> str:
    """What there is in it that we do not understand."""
    if kind not in ("", "text", "content", *FILES):
        return kind
    if odd := [name for name, part in parts if name not in FILES or not part.text("url")]:
        return odd[0] or "media"
    is_whole = said.media if kind in FILES else said.text or said.media
    return "" if is_whole else kind or "empty"


def files(parts: list[tuple[str, Fields]]) -> tuple[Media, ...]:
    """The files that came with it, each once: the first may be told of twice."""
    found: dict[str, Media] = {}
    for kind, part in parts:
        if kind in FILES and part.text("url"):
            found.setdefault(part.text("url"), media(kind, part))
    return tuple(found.values())


def media(kind: str, part: Fields) -> Media:
    """A file that is still at Vonage."""
    name, url = part.text("name"), part.text("url")
    type = "" if kind == "vcard" else TYPES.guess_type(name or url)[0]
    return Media(type=type or FILES[kind], name=name, url=url)


def outgoing(said: Content) -> dict[str, Any]:
    """What a message of ours says, as the wire has it."""
    if not said.media:
        return {"channel": "sms", "message_type": "text", "text": said.text}
    parts = [{"type": kind_of(file.type), "url": file.url} for file in said.media]
    if said.text:
        parts[0]["caption"] = said.text
    kind = parts[0]["type"]
    # A card alone takes no text.
    if len(parts) > 1 or (kind == "vcard" and said.text):
        return {"channel": "mms", "message_type": "content", "content": parts}
    return {"channel": "mms", "message_type": kind, kind: {name: parts[0][name] for name in parts[0] if name != "type"}}


def kind_of(type: str) -> str:
    """What Vonage calls a file of this type."""
    kind = type.partition("/")[0]
    return "vcard" if type in CARDS else kind if kind in FILES else "file"
