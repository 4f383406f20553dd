"""A mail taken apart: what it says in its headers, as text and as HTML, and the pictures that stand within it. It is a
program of its own, run apart (hub/apart)."""

import contextlib
import re
import sys
from collections.abc import Iterator, Sequence
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from functools import partial

import msgspec

from hub.apart.serving import serve
from hub.files.sniffing import by_magic
from hub.originals.markup import clean

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
HEADERS = ("From", "Reply-To", "To", "Cc", "Date", "Subject")
LONGEST_HEADER, LONGEST_TEXT, LONGEST_HTML = 10_000, 1_000_000, 5_000_000
# What is made of it: a few tags can become very many.
LONGEST_CLEAN = 15_000_000
MOST_PARTS = 1_000
# Larger ones are asked for one by one.
MOST_WITHIN_BYTES = 64 * 1024
CODED = re.compile(r"=\?[\w-]+(?:\*[\w-]*)?\?[BbQq]\?")


class Header(msgspec.Struct, frozen=True):
    """One line of its head."""

    name: str
    value: str


class Picture(msgspec.Struct, frozen=True):
    """One that stands within the mail. `number` counts the parts; a large one is left there."""

    number: int
    name: str
    type: str
    content: bytes


class Parts(msgspec.Struct, frozen=True):
    """All that is shown of a mail. `html` is harmless already; nothing, where the mail has none or it is hopeless."""

    headers: list[Header]
    text: str
    html: str | None
    pictures: list[Picture]
    is_cut: bool


def take_apart(raw: bytes) -> Parts:
    """What it says. Whatever makes no sense of it is left out."""
    mail = BytesParser(policy=compat32).parsebytes(raw)
    parts = list(parts_of(mail))
    text, html = said_in(parts, "text/plain"), said_in(parts, "text/html")
    made = clean(html[:LONGEST_HTML]) if html.strip() else ""
    is_hopeless = len(made) > LONGEST_CLEAN
    return Parts(
        headers=[Header(name, value) for name in HEADERS if (value := header_of(mail, name))],
        text=text[:LONGEST_TEXT],
        html=None if is_hopeless or not made else made,
        pictures=[*pictures_in(parts)],
        is_cut=is_hopeless or len(text) > LONGEST_TEXT or len(html) > LONGEST_HTML,
    )


def parts_of(mail: Message) -> Iterator[Message]:
    """Its leaves in their order. A mail within it is a file of its own."""
    waiting, count = [mail], 0
    while waiting and count < MOST_PARTS:
        part = waiting.pop()
        inside = part.get_payload()
        if isinstance(inside, list) and part.get_content_maintype() == "multipart":
            waiting.extend(reversed([one for one in inside if isinstance(one, Message)]))
        elif not isinstance(inside, list):
            count += 1
            yield part


def said_in(parts: Sequence[Message], type: str) -> str:
    """All that is written in it in this way, and is no file."""
    return "\n".join(text_of(part) for part in parts if part.get_content_type() == type and not is_file(part))


def is_file(part: Message) -> bool:
    """Whether it is meant to be saved."""
    return part.get_content_disposition() == "attachment"


def text_of(part: Message) -> str:
    """As its letters are meant; what is none of its charset is shown as such."""
    content = content_of(part)
    for charset in (charset_of(part), "utf-8"):
        try:
            return content.decode(charset, "replace").replace("\0", "")
        except (LookupError, ValueError):
            continue
    return content.decode("ascii", "replace")


def charset_of(part: Message) -> str:
    """What it says of its letters."""
    try:
        return part.get_content_charset() or "utf-8"
    except (LookupError, ValueError):
        return "utf-8"


def content_of(part: Message) -> bytes:
    """Unpacked, as far as that goes."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def header_of(mail: Message, name: str) -> str:
    """What it says there, on one line."""
    said = " ".join(str(value) for value in mail.get_all(name, []))[:LONGEST_HEADER]
    if CODED.search(said):
        with contextlib.suppress(LookupError, ValueError):
            said = str(make_header(decode_header(said)))
    whole = " ".join(said.split())
    return whole.encode("utf-8", "replace").decode()


def pictures_in(parts: Sequence[Message]) -> Iterator[Picture]:
    """Those that have a name within the mail."""
    for number, part in enumerate(parts):
        name = str(part.get("Content-ID", "")).strip().strip("<>")
        if name and (content := content_of(part)) and (type := by_magic(content)) in PICTURES:
            small = content if len(content) <= MOST_WITHIN_BYTES else b""
            yield Picture(number, name.encode("utf-8", "replace").decode(), str(type), small)


def picture_at(number: int, raw: bytes) -> bytes:
    """The picture of that number."""
    parts = list(parts_of(BytesParser(policy=compat32).parsebytes(raw)))
    content = content_of(parts[number])
    if by_magic(content) not in PICTURES:
        raise ValueError("this part is no picture")
    return content


def main(words: Sequence[str]) -> None:
    """One picture, if a number is named; else all."""
    if words:
        serve(partial(picture_at, int(words[0])))
    else:
        serve(lambda raw: msgspec.json.encode(take_apart(raw)))


if __name__ == "__main__":
    main(sys.argv[1:])
