"""Mails that have come, with what was kept of them, and who looks at them."""

import base64
import io
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx2
from PIL import Image

from channels.base import Address, Capabilities, Content, IdentityKind, Inbound, Mail, Media, Medium, Party
from hub.deps import Deps
from hub.files.actions import keep
from hub.files.models import File
from hub.people.finding import find_or_make
from hub.store.ids import new_id
from hub.threads import log
from hub.threads.models import Entry
from hub.threads.receiving import receive
from tests.people import Person

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>run()</script></svg>'
HEAD = ("From: Asha Rao <asha@lead.test>", "To: sales@acme.test", "Subject: The roof")


def png(side: int = 8, *, noise: bytes = b"") -> bytes:
    """A picture of one colour; what is put in as noise makes it larger."""
    rows = zlib.compress(b"".join(b"\0" + b"\x20\x60\xa0" * side for _ in range(side)))
    size = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", size), *([(b"tEXt", b"x\0" + noise)] if noise else []), (b"IDAT", rows), (b"IEND", b"")]
    written = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)


def drawn(content: bytes) -> tuple[tuple[int, int], bytes]:
    """What is seen of a picture: how large it is, and each pixel."""
    with Image.open(io.BytesIO(content)) as image:
        return image.size, image.convert("RGB").tobytes()


def mail(*parts: bytes, head: Sequence[str] = HEAD, kind: str = "mixed") -> bytes:
    """One of several parts."""
    lines = [*head, "MIME-Version: 1.0", f'Content-Type: multipart/{kind}; boundary="x-part"', "", ""]
    inside = b"".join(b"--x-part\r\n" + part + b"\r\n" for part in parts)
    return "\r\n".join(lines).encode() + inside + b"--x-part--\r\n"


def html(text: str) -> bytes:
    """A part that is a page."""
    return b"Content-Type: text/html; charset=utf-8\r\n\r\n" + text.encode()


def plain(text: str) -> bytes:
    """A part that is only words."""
    return b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + text.encode()


def picture(name: str, content: bytes, type: str = "image/png") -> bytes:
    """A part that the page shows."""
    head = f"Content-Type: {type}\r\nContent-ID: <{name}>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head.encode() + base64.encodebytes(content)


def page(text: str) -> bytes:
    """A mail that is a page and nothing else."""
    return mail(html(text))


async def received(deps: Deps, account: str, raw: bytes, *, is_whole: bool = True, **more: Any) -> Entry:
    """The message of a conversation that came as this mail."""
    file = await kept(deps, account, raw)
    known = Mail(sender=Party("asha@lead.test"), original=file.id, is_whole=is_whole)
    return await said(deps, account, mail=known, **more)


async def kept(deps: Deps, account: str, raw: bytes) -> File:
    """A mail as it came."""
    return await keep(deps, account, "mail.eml", raw, by="elsewhere:")


async def said(deps: Deps, account: str, *, name: str = "Asha", text: str = "The roof leaks.", **more: Any) -> Entry:
    """A message of somebody new."""
    now = deps.clock.now()
    address = Address(kind=IdentityKind.EMAIL, value=f"{new_id(now).lower()}@lead.test")
    person = await find_or_make(deps, account, [address], name=name)
    thread = await log.find_or_make(deps, account, person.id)
    content = Content(text=text, **more)
    inbound = Inbound(id=new_id(now), sender=(address,), said_at=now, content=content)
    _, entry = await receive(deps, thread, inbound, line="line", medium=Medium.EMAIL, can=Capabilities(longest_text=1))
    await deps.background.settle()
    return entry


@dataclass
class Desk:
    """Somebody who looks at mails."""

    person: Person

    @property
    def deps(self) -> Deps:
        """What the hub has opened."""
        return self.person.hub.deps

    async def gets(self, raw: bytes, **more: Any) -> Entry:
        """A mail comes."""
        return await received(self.deps, self.person.account, raw, **more)

    async def opens(self, entry: Entry, *, images: bool = False) -> Any:
        """The mail, as it is shown."""
        return await self.person.does("GET", path_of(entry) + ("?images=true" if images else ""))

    async def sees(self, raw: bytes, *, images: bool = False) -> str:
        """The page of a mail that comes."""
        return str((await self.opens(await self.gets(raw), images=images))["html"]).partition("<body>")[2]

    async def loads(self, url: str) -> httpx2.Response:
        """A picture, as a browser asks for it: with no credential."""
        return await self.person.hub.client.get(urlsplit(url).path)


def path_of(entry: Entry) -> str:
    """Where its original is."""
    return f"/threads/{entry.thread}/messages/{entry.id}/original"


def file_called(name: str) -> Media:
    """A file that comes with a mail."""
    return Media(type="text/plain", name=name, provider_id="part")
