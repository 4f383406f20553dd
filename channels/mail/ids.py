"""What mails are called, without the brackets around it."""

import hashlib
import re
from collections.abc import Iterator

from channels.mail.headers import Headers

LONGEST, MOST_ANSWERS = 500, 50
# A mail that has no name is called by all that it says: nobody else knows it by that.
NAMELESS = "sha256-"
BRACKETED = re.compile(r"<\s*([^<>\s]+)\s*>")
BARE = re.compile(r"(?<![^<>\s,;])[^<>\s,;@]++@[^<>\s,;]+")


def ids_in(value: str) -> Iterator[str]:
    """All of a header, in order; some programs leave the brackets out."""
    found = BRACKETED if "<" in value else BARE
    named = (match[match.lastindex or 0] for match in found.finditer(value))
    return (id for id in named if len(id) <= LONGEST)


def id_of(headers: Headers, raw: bytes) -> str:
    """What this one is called; without a name, by all that it says."""
    return next(ids_in(headers.first("message-id")), "") or f"{NAMELESS}{hashlib.sha256(raw).hexdigest()}"


def answers_of(headers: Headers) -> tuple[str, ...]:
    """The mails that it answers: the nearest first."""
    nearest = list(ids_in(headers.first("in-reply-to")))
    before = list(ids_in(headers.first("references")))[::-1]
    return tuple(dict.fromkeys([*nearest, *before]))[:MOST_ANSWERS]
