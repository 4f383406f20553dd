"""Forms as webhooks bring them: their fields, and the files that came along. Large ones are taken apart in one go, and
nothing in them is decoded before somebody asks for it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from channels.answers import UNREADABLE

MULTIPART, URLENCODED = "multipart/form-data", "application/x-www-form-urlencoded"
# A mail with many files has some dozens.
MOST_PARTS, LONGEST_HEAD, LONGEST_BOUNDARY = 1000, 16_384, 200
BREAK, END_OF_HEAD, LAST = b"\r\n", b"\r\n\r\n", b"--"
# Names and file names stand in quotation marks; a backslash takes its meaning from the next letter.
QUOTED = re.compile(r';[ \t]*(?P<key>name|filename)="(?P<value>(?:[^"\\]|\\.)*)"', re.IGNORECASE)
NO_FORM = "This is no form."


@dataclass(frozen=True)
class Part:
    """One field of a form, or a file of it."""

    name: str
    content: bytes
    file_name: str = ""
    type: str = ""


@dataclass(frozen=True)
class Form:
    """All that stands in it, in order."""

    parts: Sequence[Part]

    def content(self, name: str) -> bytes | None:
        """What stands in the first field that is called so."""
        return next((part.content for part in self.parts if part.name == name), None)

    def text(self, name: str) -> str:
        """The same in words, which are UTF-8; empty where there is none."""
        return (self.content(name) or b"").decode(errors="replace")

    def json(self, name: str) -> Any:
        """The same as JSON; None where there is none, or it makes no sense."""
        try:
            return msgspec.json.decode(self.content(name) or b"null")
        except UNREADABLE:
            return None


def is_form(content_type: str) -> bool:
    """Whether it says that it is one."""
    return kind_of(content_type) in (MULTIPART, URLENCODED)


def kind_of(content_type: str) -> str:
    """Without what stands behind it."""
    return content_type.partition(";")[0].strip().lower()


def read_form(body: bytes, content_type: str) -> Form:
    """What stands in it; ValueError of what is no form."""
    if kind_of(content_type) == URLENCODED:
        return Form(tuple(fields_of(body)))
    header = Message()
    header["content-type"] = content_type
    boundary = header.get_boundary("")
    if kind_of(content_type) != MULTIPART or not 0 < len(boundary) <= LONGEST_BOUNDARY:
        raise ValueError(NO_FORM)
    form = Form(tuple(parts_of(body, boundary.encode())))
    if not form.parts:
        raise ValueError(NO_FORM)
    return form


def fields_of(body: bytes) -> Iterator[Part]:
    """Of a form without files. Each byte is one letter for so long, so that none is lost that is of no charset."""
    try:
        pairs = parse_qsl(
            body.decode("latin-1"),
            keep_blank_values=True,
            strict_parsing=True,
            encoding="latin-1",
            max_num_fields=MOST_PARTS,
        )
    except ValueError as error:
        raise ValueError(NO_FORM) from error
    for name, value in pairs:
        yield Part(name, value.encode("latin-1"))


def parts_of(body: bytes, boundary: bytes) -> Iterator[Part]:
    """Of a form with files (RFC 7578). One that breaks off is none."""
    # A line that only begins as the boundary is none.
    end = rb"--" + re.escape(boundary) + rb"(?P<end>--|[ \t]{0,80}\r\n)"
    line = re.compile(rb"\r\n" + end)
    # What stands before the first boundary is nothing, and has no line break in front where there is nothing.
    at = re.match(end, body) or next_line(line, body, 0)
    for _ in range(MOST_PARTS):
        if at["end"] == LAST:
            return
        # The break behind this line may be the one in front of the next.
        following = next_line(line, body, at.end() - len(BREAK))
        if part := part_of(body, at.end(), following.start()):
            yield part
        at = following
    raise ValueError(NO_FORM)


def next_line(line: re.Pattern[bytes], body: bytes, start: int) -> re.Match[bytes]:
    """The next boundary, or ValueError."""
    if (found := line.search(body, start)) is None:
        raise ValueError(NO_FORM)
    return found


def part_of(body: bytes, start: int, end: int) -> Part | None:
    """What stands there, unless it has no name."""
    head_end = body.find(END_OF_HEAD, start, min(end, start + LONGEST_HEAD))
    if head_end < 0:
        return None
    head = dict(header_of(line) for line in body[start:head_end].decode(errors="replace").split("\r\n"))
    about = {
        found["key"].lower(): plain(found["value"]) for found in QUOTED.finditer(head.get("content-disposition", ""))
    }
    if "name" not in about:
        return None
    content = body[head_end + len(END_OF_HEAD) : end]
    return Part(about["name"], content, about.get("filename", ""), head.get("content-type", ""))


def header_of(line: str) -> tuple[str, str]:
    """Its name and what it says."""
    name, _, value = line.partition(":")
    return name.strip().lower(), value.strip()


def plain(value: str) -> str:
    """Without what kept it within its quotation marks; browsers and programs have two ways."""
    return re.sub(r"\\(.)", r"\1", value).replace("%22", '"')
