"""What goes along in a mail of ours beside its words: files, and the pictures that its HTML shows."""

import hashlib
import re
from collections.abc import Iterable
from email.message import EmailMessage

from channels.base import Media, Pictured
from channels.mail.mailboxes import LONGEST_NAME, plain

TYPE = re.compile(r"(?P<main>application|audio|font|image|model|text|video)/(?P<sub>[a-z0-9][a-z0-9.+-]*)")
ANY_TYPE = "application/octet-stream"


def attach(mail: EmailMessage, media: Media) -> None:
    """One file. A mail within a mail, too, is a file like any other: it could not be encoded otherwise."""
    found = TYPE.fullmatch(media.type.lower())
    main, sub = (found["main"], found["sub"]) if found else ANY_TYPE.split("/")
    name = plain(media.name.replace("/", "_").replace("\\", "_"), LONGEST_NAME) or "file"
    params = {"charset": "utf-8"} if main == "text" else None
    mail.add_attachment(media.content, maintype=main, subtype=sub, cte="base64", filename=name, params=params)


def enclose(mail: EmailMessage, pictures: Iterable[Pictured]) -> None:
    """What the HTML shows, beside it and not among the files (RFC 2387)."""
    html = mail.get_body(("html",))
    if html is None:
        return
    for picture in pictures:
        main, sub = picture.type.split("/")
        html.add_related(
            picture.content, maintype=main, subtype=sub, cte="base64", cid=f"<{picture.id}>",
            filename=picture.name, disposition="inline",
        )  # fmt: skip


def settle_boundaries(mail: EmailMessage, of: bytes) -> None:
    """What parts the parts, the same each time that it follows from the same. Neither of our encodings can write it."""
    mark = hashlib.sha256(of).hexdigest()[:32]
    for n, part in enumerate(mail.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{n}_{mark}")
