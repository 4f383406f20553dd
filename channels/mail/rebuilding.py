"""Mails that a provider has taken apart, put together again: so they are read in the one way in which all mails are."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP

from channels.mail.enclosing import settle_boundaries

# What a mail says of its own form. It has another one now.
OF_THE_FORM = (b"content-", b"mime-version:")
TYPE = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,100}", re.IGNORECASE)
# Nothing whole within a part is another mail, and parts of parts there are none.
ANY, NOT_ANY = "application/octet-stream", ("message/", "multipart/")
BREAKS = re.compile(r"[\x00\r\n]+")
FIELD = re.compile(rb"[\x21-\x39\x3b-\x7e]+:")


@dataclass(frozen=True)
class Enclosure:
    """A file that came with a mail."""

    name: str
    type: str
    content: bytes
    # By which the HTML shows it.
    content_id: str = ""


def rebuilt(heads: Iterable[bytes], text: str, html: str, files: Sequence[Enclosure]) -> bytes:
    """The mail: `heads` are its own header lines. It is the same each time."""
    mail = EmailMessage(policy=SMTP)
    mail.set_content(text, cte="base64")
    if html:
        mail.add_alternative(html, subtype="html", cte="base64")
    for file in files:
        add_file(mail, file)
    own = [line for line in heads if is_field(line) and not line.lower().startswith(OF_THE_FORM)]
    settle_boundaries(mail, b"".join(own))
    return b"".join(line + b"\r\n" for line in own) + mail.as_bytes()


def add_file(mail: EmailMessage, file: Enclosure) -> None:
    """One file more."""
    type = file.type.partition(";")[0].strip().lower()
    if not TYPE.fullmatch(type) or type.startswith(NOT_ANY):
        type = ANY
    main, _, sub = type.partition("/")
    cid = one_line(file.content_id).strip("<> ")
    mail.add_attachment(
        file.content, maintype=main, subtype=sub, filename=one_line(file.name) or None, cid=f"<{cid}>" if cid else None
    )


def is_field(line: bytes) -> bool:
    """Whether it is a header line at all."""
    return FIELD.match(line) is not None


def lines_of(block: bytes) -> Iterator[bytes]:
    """The header lines of a block, each with what goes on behind its breaks."""
    whole: list[bytes] = []
    for line in block.replace(b"\r\n", b"\n").split(b"\n"):
        if line[:1] in (b" ", b"\t") and whole:
            whole.append(line)
            continue
        if whole:
            yield b"\r\n".join(whole)
        whole = [line] if line else []
    if whole:
        yield b"\r\n".join(whole)


def line_of(name: str, value: str) -> bytes:
    """A header line of ours; nothing in the value begins another one."""
    return f"{one_line(name)}: {one_line(value)}".encode(errors="replace")


def one_line(value: str) -> str:
    """Without breaks."""
    return BREAKS.sub(" ", value).strip()
