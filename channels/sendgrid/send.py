"""Handing mails to SendGrid."""

import asyncio
import base64
from collections.abc import Iterable
from typing import Any

import msgspec

from channels.base import Access, Letterhead, Media, Out, Outbound, Party, Pictured, Receipt, Unsure
from channels.mail.composing import headers, letterhead_of, message_id_of, readable, subject_of
from channels.mail.mailboxes import mailbox
from channels.mail.tracing import along
from channels.sendgrid.asking import request

# What it writes itself, of what it gets in other fields.
OF_ITS_OWN = ("From", "To", "Cc", "Subject", "Reply-To", "Date")
TAKEN = 202
ANY = "application/octet-stream"


async def send(out: Out, access: Access, message: Outbound) -> Receipt:
    """Hand it over. It goes by the Message-ID that we give it, whatever SendGrid calls it besides."""
    content = await asyncio.to_thread(lambda: msgspec.json.encode(letter(access, message)))
    answer = await request(out, access, "POST", "/v3/mail/send", content)
    if answer.status != TAKEN:
        raise Unsure(f"an answer of {answer.status} that is no receipt")
    return Receipt(id=message_id_of(access, message))


def letter(access: Access, message: Outbound) -> dict[str, Any]:
    """The mail, in SendGrid's words. What is empty is left out, since it takes nothing empty."""
    around = letterhead_of(message)
    words = [("text/plain", readable(around.text) or " "), ("text/html", readable(around.html))]
    written = headers(access, message, around)
    heads = {name: str(value) for name, value in written if value and name not in OF_ITS_OWN}
    body = {
        "personalizations": [people(access, message, around)],
        "from": person(access.address, around.sender_name),
        "reply_to": person(around.reply_to) if around.reply_to else None,
        "subject": subject_of(message.content, around),
        "content": [{"type": type, "value": value} for type, value in words if value],
        "attachments": [*map(enclosure, message.content.media), *map(within, around.pictures)],
        "headers": heads,
    }
    return {name: value for name, value in body.items() if value}


def people(access: Access, message: Outbound, around: Letterhead) -> dict[str, Any]:
    """To whom it goes, nobody twice, and what it is known by."""
    seen = {person(message.to.value)["email"]}
    body: dict[str, Any] = {"to": [person(message.to.value)]}
    for name, parties in (("cc", around.cc), ("bcc", around.bcc)):
        if others := list(unseen(parties, seen)):
            body[name] = others
    return {**body, "custom_args": along(access, message)}


def unseen(parties: Iterable[Party], seen: set[str]) -> Iterable[dict[str, str]]:
    """Those who do not get it already."""
    for someone in (person(party.address, party.name) for party in parties):
        if someone["email"] not in seen:
            seen.add(someone["email"])
            yield someone


def person(address: str, name: str = "") -> dict[str, str]:
    """Somebody, as the wire has them."""
    written = mailbox(address, name)
    return {"email": written.addr_spec, **({"name": written.display_name} if written.display_name else {})}


def enclosure(file: Media) -> dict[str, str]:
    """A file within the mail."""
    return {
        "content": base64.b64encode(file.content).decode(),
        "type": file.type.partition(";")[0].strip() or ANY,
        "filename": readable(file.name) or "file",
        "disposition": "attachment",
    }


def within(picture: Pictured) -> dict[str, str]:
    """A picture that the HTML shows."""
    return {
        "content": base64.b64encode(picture.content).decode(),
        "type": picture.type,
        "filename": picture.name,
        "disposition": "inline",
        "content_id": picture.id,
    }
