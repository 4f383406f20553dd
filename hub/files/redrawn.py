"""A picture that was drawn anew, on its way from the process that has drawn it."""

import struct
from typing import NamedTuple

# Width, height, and the bytes of picture and preview, which follow.
HEAD = struct.Struct(">4I")


class Redrawn(NamedTuple):
    """A picture in the format that it had, and a small one to show in its place."""

    width: int
    height: int
    content: bytes
    preview: bytes


def packed(picture: Redrawn) -> bytes:
    """In one piece."""
    head = HEAD.pack(picture.width, picture.height, len(picture.content), len(picture.preview))
    return head + picture.content + picture.preview


def unpacked(answer: bytes) -> Redrawn:
    """Again what it was; ValueError for what never was that."""
    if len(answer) < HEAD.size:
        raise ValueError("not a picture: too short")
    width, height, size, size_of_preview = HEAD.unpack_from(answer)
    content, preview = answer[HEAD.size :][:size], answer[HEAD.size + size :]
    if len(content) != size or len(preview) != size_of_preview:
        raise ValueError("not a picture: of another length than it says")
    return Redrawn(width, height, content, preview)
