"""The parts of a mail: where each begins and ends. A mail may be broken anywhere, and nested without end; it is read in
one go over its bytes, of which nothing is copied before somebody wants it."""

import re
from binascii import Error, a2b_base64, a2b_qp
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from channels.mail.charsets import cleaned, codec_of, letters
from channels.mail.headers import Headers, decoded, split

# What lies deeper, or comes later, is not looked at; the mail itself is kept whole.
DEEPEST, MOST_PARTS = 20, 1000
ROOT = "1"
LEADING = re.compile(rb"(?:[ \t]*\r?\n)*(?:>?From [^\n]*\n)?")
TYPE = re.compile(r"[a-z0-9][a-z0-9.+_-]{0,60}/[a-z0-9][a-z0-9.+_-]{0,80}")
BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
NOT_BASE64 = bytes(set(range(256)) - set(BASE64))
# Mailing lists add their words below, and do not look at how the rest was sent.
ADDED_BELOW = re.compile(rb"^(?:--[ \t]*\r?$|-{5}|_{5})", re.MULTILINE)


@dataclass(frozen=True)
class Part:
    """One part, the whole mail or a leaf of it. `name` is its place, such as 2.1: the first of the second."""

    name: str
    raw: bytes
    start: int
    end: int
    headers: Headers
    children: tuple["Part", ...] = ()

    @property
    def body(self) -> bytes:
        """As it was sent."""
        return self.raw[self.start : self.end]

    @cached_property
    def type(self) -> str:
        """What it says it is; one that says it has parts, and has none, is a text."""
        said = type_of(self.headers)
        return said if self.children or not said.startswith("multipart/") or self.is_divided else "text/plain"

    @property
    def is_divided(self) -> bool:
        """Whether parts lie in it, be they looked at or not."""
        return next(between(self.raw, self.start, self.end, parameter(self.headers, "boundary")), None) is not None

    @cached_property
    def content(self) -> bytes:
        """What it holds, without the way in which it was sent."""
        return unwrapped(self.body, self.headers.first("content-transfer-encoding").strip().lower())

    @property
    def text(self) -> str:
        """What it holds, in letters."""
        return cleaned(letters(self.content, parameter(self.headers, "charset")))

    @cached_property
    def file_name(self) -> str:
        """What somebody has called it."""
        return file_name_of(self.headers)

    @property
    def is_attached(self) -> bool:
        """Whether it is there to be had as a file, and not to be shown."""
        return self.headers.described("content-disposition").get_content_disposition() == "attachment"

    @property
    def content_id(self) -> str:
        """By what HTML shows it."""
        return self.headers.first("content-id").strip().strip("<>")

    def leaves(self) -> Iterator["Part"]:
        """All that holds something itself."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


def taken_apart(raw: bytes) -> Part:
    """The whole mail. Those of ancient machines end their lines by a bare CR."""
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    leading = LEADING.match(raw)
    return part_of(raw, leading.end() if leading else 0, len(raw), name="", room=[MOST_PARTS])


def part_of(raw: bytes, start: int, end: int, *, name: str, room: list[int]) -> Part:
    """What lies between these places, with what lies in it. `room` is for how many more there is some."""
    headers, body = split(raw, start, end)
    children: list[Part] = []
    if type_of(headers).startswith("multipart/") and name.count(".") < DEEPEST:
        for first, last in between(raw, body, end, parameter(headers, "boundary")):
            if not room[0]:
                break
            room[0] -= 1
            place = f"{name}.{len(children) + 1}".lstrip(".")
            children.append(part_of(raw, first, last, name=place, room=room))
    return Part(name or ROOT, raw, body, end, headers, tuple(children))


def between(raw: bytes, start: int, end: int, boundary: str) -> Iterator[tuple[int, int]]:
    """Where the parts lie that this boundary divides. The last may lack its end."""
    if not boundary:
        return
    # With the break in front of it, which there always is: what begins with letters is found many times faster.
    line = re.compile(rb"\n--" + re.escape(boundary.encode(errors="replace")) + rb"(--)?[ \t]*\r?(?=\n|\Z)")
    first = None
    for found in line.finditer(raw, max(start - 1, 0), end):
        if first is not None:
            yield first, without_break(raw, first, found.start() + 1)
        first = None if found[1] else min(found.end() + 1, end)
        if found[1]:
            return
    if first is not None:
        yield first, end


def without_break(raw: bytes, start: int, end: int) -> int:
    """The end, without the line break in front of a boundary, which belongs to that."""
    end -= raw[max(start, end - 1) : end] == b"\n"
    return end - (raw[max(start, end - 1) : end] == b"\r")


def type_of(headers: Headers) -> str:
    """In small letters; a text where nobody says, or what they say is no type."""
    said = headers.first("content-type").partition(";")[0].strip().lower()
    return said if TYPE.fullmatch(said) else "text/plain"


def parameter(headers: Headers, name: str) -> str:
    """One of the Content-Type's."""
    try:
        value = headers.described("content-type").get_param(name, "")
    except (ValueError, LookupError):
        return ""
    # Encoded by RFC 2231: charset, language, value.
    return value[2] if isinstance(value, tuple) else value or ""


def file_name_of(headers: Headers) -> str:
    """By either of the headers that may tell; encoded in any of the ways that are about."""
    for header, name in (("content-disposition", "filename"), ("content-type", "name")):
        try:
            value = headers.described(header).get_param(name, "", header)
        except (ValueError, LookupError):
            continue
        if isinstance(value, tuple):
            value = letters(value[2].encode("latin-1", "replace"), codec_of(value[0] or ""))
        if value:
            return decoded(value)
    return ""


def unwrapped(body: bytes, encoding: str) -> bytes:
    """The content; whatever is not well encoded is left out."""
    try:
        if encoding == "base64":
            return from_base64(body)
        return a2b_qp(body) if encoding == "quoted-printable" else body
    except (Error, ValueError):
        return body


def from_base64(body: bytes) -> bytes:
    """Up to the padding; of a last group that is cut off, what there is."""
    added = ADDED_BELOW.search(body)
    said = body[: added.start() if added else None].partition(b"=")[0].translate(None, NOT_BASE64)
    if len(said) % 4 == 1:
        said = said[:-1]
    return a2b_base64(said + b"=" * (-len(said) % 4))
