"""Mail servers that hand mail in: one as it should be, and a bare connection over which anything can be said."""

import asyncio
import smtplib
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from hub.deps import Deps
from hub.lines.models import Line
from hub.postbox.limits import Limits
from hub.postbox.listening import bound, listening
from tests.hub.lines.connected import connect

VALUES = {"host": "127.0.0.1", "port": "1", "security": "none", "imap_port": "993"}
ASHA = "asha@lead.test"
LHLO = "LHLO mx.test"


@dataclass(frozen=True)
class PostBox:
    """Where mail can be handed in."""

    host: str
    port: int

    async def gets(self, mail: bytes | EmailMessage, *recipients: str, sender: str = ASHA) -> dict[str, Any]:
        """A mail server hands it in; whom it did not get to, and why."""
        raw = mail if isinstance(mail, bytes) else mail.as_bytes(policy=SMTP)
        return await asyncio.to_thread(self._hand_in, raw, recipients, sender)

    def _hand_in(self, raw: bytes, recipients: Sequence[str], sender: str) -> dict[str, Any]:
        with smtplib.SMTP(self.host, self.port, local_hostname="mx.test") as server:
            return server.sendmail(sender, recipients, raw)

    @asynccontextmanager
    async def wire(self) -> AsyncIterator["Wire"]:
        """A connection, greeted by us."""
        reader, writer = await asyncio.open_connection(self.host, self.port)
        wire = Wire(reader, writer)
        try:
            await wire.hears()
            yield wire
        finally:
            writer.close()


@dataclass(frozen=True)
class Wire:
    """What is said over it, byte by byte."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def hears(self) -> str:
        """One answer, however many lines it has; nothing when there is nobody any more."""
        async with asyncio.timeout(60):
            while line := (await self.reader.readline()).decode():
                if line[3:4] != "-":
                    return line.rstrip()
        return ""

    async def says(self, *lines: str) -> list[str]:
        """One command after the other, and what is answered to each."""
        return [await self.asks(line) for line in lines]

    async def asks(self, line: str) -> str:
        """One command, and its answer."""
        self.sends(line.encode() + b"\r\n")
        return await self.hears()

    async def begins(self, *recipients: str, hello: str = "EHLO mx.test") -> None:
        """As far as the mail itself."""
        answers = await self.says(hello, f"MAIL FROM:<{ASHA}>", *(f"RCPT TO:<{one}>" for one in recipients), "DATA")
        assert [answer[:1] for answer in answers] == ["2"] * (len(answers) - 1) + ["3"], answers

    async def ends(self, *, answers: int = 1) -> list[str]:
        """The end of a mail."""
        self.sends(b"\r\n.\r\n")
        return [await self.hears() for _ in range(answers)]

    def sends(self, raw: bytes) -> None:
        """Whatever it is."""
        self.writer.write(raw)


@asynccontextmanager
async def open_box(deps: Deps, limits: Limits | None = None) -> AsyncIterator[PostBox]:
    """At a port of its own."""
    with bound_anywhere() as sock:
        async with listening(deps, sock, limits or Limits()) as (host, port):
            yield PostBox(host, port)
        await deps.background.settle()


def bound_anywhere() -> socket.socket:
    """Any port."""
    return bound("127.0.0.1:0", is_shared=False)


async def a_mail_line(deps: Deps, address: str = "sales@acme.test", *, port: int = 1, **more: Any) -> Line:
    """A line that mail comes to, and that sends by a server at this port."""
    return await connect(deps, "smtp_email", address=address, values=VALUES | {"port": str(port)}, **more)


def written_to(line: Line) -> str:
    """The address of the line where mail is handed in."""
    return f"{line.id}@in.test"


def a_mail(text: str = "Hello", **headers: str) -> EmailMessage:
    """From a lead."""
    mail = EmailMessage()
    named = {"From": ASHA, "To": "sales@acme.test", "Subject": "Roof", "Message-ID": "<1@lead.test>"}
    for name, value in (named | {key.replace("_", "-"): value for key, value in headers.items()}).items():
        mail[name] = value
    mail.set_content(text)
    return mail
