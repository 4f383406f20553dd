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
    """Again what it was."""
    width, height, size, _ = HEAD.unpack_from(answer)
    rest = answer[HEAD.size :]
    return Redrawn(width, height, rest[:size], rest[size:])
