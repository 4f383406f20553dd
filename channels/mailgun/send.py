"""Handing mails to Mailgun: whole, as they are to be sent."""

import asyncio
import hashlib
from collections.abc import Iterator

from channels.base import Access, Out, Outbound, Receipt, Unsure
from channels.mail.composing import compose, message_id_of, recipients_of
from channels.mail.tracing import along
from channels.mailgun.asking import of_domain, tell


async def send(out: Out, access: Access, message: Outbound) -> Receipt:
    """Hand it over. It goes by the Message-ID that stands in it."""
    body, type = await asyncio.to_thread(body_of, access, message)
    said = await tell(out, access, "POST", of_domain(access, "/messages.mime"), body, type)
    if not said.id("id"):
        raise Unsure("a yes that names no mail")
    return Receipt(id=message_id_of(access, message))


def body_of(access: Access, message: Outbound) -> tuple[bytes, str]:
    """All that goes over the wire, and its type."""
    content = compose(access, message).as_bytes()
    # No line of the mail can be this one: it follows from all of them.
    boundary = hashlib.sha256(content).hexdigest()
    return b"".join(form(access, message, content, boundary)), f"multipart/form-data; boundary={boundary}"


def form(access: Access, message: Outbound, content: bytes, boundary: str) -> Iterator[bytes]:
    """As the wire has it: everybody whom it goes to, hidden ones too, and the mail as a file. No address in it, and no
    id, has a line break."""
    fields = [("to", one) for one in recipients_of(message)]
    fields += [(f"v:{name}", value) for name, value in along(access, message).items()]
    for name, value in fields:
        yield head(boundary, f'name="{name}"') + value.encode() + b"\r\n"
    yield head(boundary, 'name="message"; filename="message.mime"', "Content-Type: message/rfc822\r\n")
    yield content
    yield f"\r\n--{boundary}--\r\n".encode()


def head(boundary: str, about: str, more: str = "") -> bytes:
    """What stands above a field."""
    return f"--{boundary}\r\nContent-Disposition: form-data; {about}\r\n{more}\r\n".encode()
