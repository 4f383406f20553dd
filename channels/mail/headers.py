"""The headers of a mail, as they are written: programs break every rule of them, and nothing here minds."""

import re
from binascii import Error, a2b_base64, a2b_qp
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from channels.mail.charsets import cleaned, letters

# Beyond it nothing is read of the headers of one part.
MOST_BYTES = 1_000_000
# Descriptions of a part that are longer are nobody's.
LONGEST_DESCRIPTION = 4000
EMPTY_LINE = re.compile(rb"^\r?(?:\n|\Z)", re.MULTILINE)
NAME = re.compile(rb"([!-9;-~]{1,200})[ \t]*:(.*)", re.DOTALL)
ENCODED = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")


@dataclass(frozen=True)
class Headers:
    """Names in small letters, with their values unfolded and otherwise as they came."""

    fields: tuple[tuple[str, str], ...] = ()

    def every(self, name: str) -> Iterator[str]:
        """The values of all of this name, the topmost first."""
        return (value for each, value in self.fields if each == name)

    def first(self, name: str) -> str:
        """The topmost of this name; empty where there is none."""
        return next(self.every(name), "")

    def words(self, name: str) -> str:
        """What the topmost says to people."""
        return decoded(self.first(name))

    def described(self, name: str) -> Message:
        """One with parameters, such as Content-Type."""
        message = Message()
        message[name] = cleaned(self.first(name)[:LONGEST_DESCRIPTION]).replace("\n", " ")
        return message


def split(raw: bytes, start: int, end: int) -> tuple[Headers, int]:
    """The headers that begin at `start`, and where the body begins. Where there are none, all is body."""
    empty = EMPTY_LINE.search(raw, start, end)
    head = raw[start : min(empty.start() if empty else end, start + MOST_BYTES)]
    headers = Headers(tuple(fields_of(head)))
    if not headers.fields and head.strip():
        return headers, start
    return headers, empty.end() if empty else end


def fields_of(head: bytes) -> Iterator[tuple[str, str]]:
    """Each in turn. A line that is none of a header is passed over."""
    unfolded: list[list[bytes]] = []
    for line in head.split(b"\n"):
        if line[:1] in (b" ", b"\t") and unfolded:
            unfolded[-1].append(line.rstrip(b"\r"))
        else:
            unfolded.append([line.rstrip(b"\r")])
    for lines in unfolded:
        if named := NAME.fullmatch(b"".join(lines)):
            yield named[1].decode().lower(), letters(named[2].strip())


def decoded(value: str) -> str:
    """With its encoded words read (RFC 2047). What is not well encoded stays as it is written."""
    said: list[str] = []
    pending, charset, end = b"", "", 0
    for word in ENCODED.finditer(value):
        between = value[end : word.start()]
        is_next = bool(end) and not between.strip()
        named = word[1].partition("*")[0].lower()
        if not is_next or named != charset:
            said += (letters(pending, charset), "" if is_next else between)
            pending = b""
        # A letter may be spread over two words.
        pending += octets(word)
        charset, end = named, word.end()
    said += (letters(pending, charset), value[end:])
    return " ".join(cleaned("".join(said)).split())


def octets(word: re.Match[str]) -> bytes:
    """What an encoded word has in it."""
    try:
        if word[2] in "bB":
            return a2b_base64(word[3].rstrip("= ") + "==")
        return a2b_qp(word[3].encode(), header=True)
    except (Error, ValueError):
        return word[0].encode()
