"""SMTP: how a mail is handed to a server, letters of ours and mails of lines alike. The only file that imports
aiosmtplib."""

import asyncio
import contextlib
import re
import socket
import ssl
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, cast

import aiosmtplib
from aiosmtplib.protocol import SMTPProtocol

from channels.base import SmtpNo
from hub.mail.models import MailServer

# For the whole conversation, and for the goodbye after it.
PATIENCE_S = 60.0
GOODBYE_S = 2.0
# How often it is looked whether a slow line has taken what was written to it.
LOOK_EVERY_S = 0.01

GO_AHEAD, TAKEN = 354, 250
# What a server says of itself before its words (RFC 3463).
ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(?=\s|$)")
# Servers take different things for the end of a line, and one that stands alone could begin a second mail.
LINE_END, DOT = re.compile(rb"\r\n|\r|\n"), re.compile(rb"(?m)^\.")

Trouble = Literal["certificate", "tls", "clear", "login", "timeout", "network", "nonsense"]


class Broken(Exception):
    """The conversation did not come to an answer. `is_sent`: the mail was all with the server by then, which may have
    taken it."""

    def __init__(self, trouble: Trouble, *, is_sent: bool = False) -> None:
        super().__init__(trouble)
        self.trouble, self.is_sent = trouble, is_sent


@dataclass(frozen=True, kw_only=True)
class Way:
    """How to reach the server. `hello` is our own name; `tls` and `sock` replace what would be made from the rest."""

    server: MailServer
    hello: str
    tls: ssl.SSLContext | None = None
    sock: socket.socket | None = None
    patience_s: float = PATIENCE_S


@dataclass
class Talk:
    """One conversation, and how far it has come."""

    client: aiosmtplib.SMTP
    stage: str = "connect"
    is_sent: bool = False
    refused: dict[str, SmtpNo] = field(default_factory=dict)


async def hand_over(way: Way, *, sender: str, recipients: Sequence[str], content: bytes) -> dict[str, SmtpNo]:
    """Hand one mail over; gives back the noes to some of its recipients, by address. Raises SmtpNo for a no to all of
    it, which one to the first recipient is, whom the mail is for; Broken where there is no answer."""
    async with connected(way) as talk:
        await address(talk, sender, recipients, len(content))
        await pass_on(talk, content)
    return talk.refused


async def greet(way: Way) -> None:
    """Go as far as one can without sending anything, sign in included. Raises SmtpNo or Broken."""
    async with connected(way):
        pass


@contextlib.asynccontextmanager
async def connected(way: Way) -> AsyncIterator[Talk]:
    """Connected, encrypted and signed in, as far as the server's settings ask for it."""
    talk = Talk(new_client(way))
    try:
        async with asyncio.timeout(way.patience_s):
            await talk.client.connect()
            await encrypt(talk.client, way.server)
            if way.server.user:
                talk.stage = "login"
                await talk.client.login(way.server.user, way.server.password)
            yield talk
        # The mail is sent already: however this ends, nothing is to be done again.
        with contextlib.suppress(aiosmtplib.SMTPException, OSError):
            await talk.client.quit(timeout=GOODBYE_S)
    except aiosmtplib.SMTPResponseException as error:
        raise said(talk, error.code, error.message) from error
    except (aiosmtplib.SMTPException, OSError) as error:
        cause = error.__cause__ if isinstance(error.__cause__, ssl.SSLError) else error
        raise Broken(trouble_of(cause, talk.stage), is_sent=talk.is_sent) from error
    finally:
        talk.client.close()


def new_client(way: Way) -> aiosmtplib.SMTP:
    """Not connected yet."""
    server = way.server
    return aiosmtplib.SMTP(
        hostname=server.host,
        port=None if way.sock else server.port,
        local_hostname=way.hello,
        timeout=way.patience_s,
        use_tls=server.is_tls,
        start_tls=False,
        # On this machine nobody is kept out by a certificate, and mail servers there seldom have a trusted one.
        validate_certs=not server.is_loopback,
        tls_context=way.tls,
        sock=way.sock,
    )


async def encrypt(client: aiosmtplib.SMTP, server: MailServer) -> None:
    """By STARTTLS, as the server's settings have it; without it no password is sent to another machine."""
    await client.ehlo()
    if server.is_tls:
        return
    if server.starttls != "never" and client.supports_extension("starttls"):
        await client.starttls()
    elif server.must_encrypt:
        raise Broken("clear")


async def address(talk: Talk, sender: str, recipients: Sequence[str], size: int) -> None:
    """From whom, and to whom."""
    talk.stage = "sender"
    options = [f"size={size}"] if talk.client.supports_extension("size") else []
    await talk.client.mail(sender, options=options)
    talk.stage = "recipient"
    await talk.client.rcpt(recipients[0])
    for recipient in recipients[1:]:
        try:
            await talk.client.rcpt(recipient)
        except aiosmtplib.SMTPRecipientRefused as error:
            talk.refused[recipient] = SmtpNo(error.code, enhanced_in(error.message), talk.stage)


async def pass_on(talk: Talk, content: bytes) -> None:
    """The mail itself. Only the dot on a line of its own makes it one: whatever breaks before that, was not sent."""
    talk.stage = "content"
    answer = await talk.client.execute_command(b"DATA")
    if answer.code != GO_AHEAD:
        raise said(talk, answer.code, answer.message)
    wire = await write(talk.client, DOT.sub(b"..", LINE_END.sub(b"\r\n", content.rstrip(b"\r\n") + b"\r\n")))
    wire.write(b".\r\n")
    talk.is_sent = True
    answer = await wire.read_response()
    if answer.code != TAKEN:
        raise said(talk, answer.code, answer.message)


async def write(client: aiosmtplib.SMTP, data: bytes) -> SMTPProtocol:
    """Return the connection once it has taken all of it from us."""
    if (wire := client.protocol) is None:
        raise aiosmtplib.SMTPServerDisconnected("Connection lost")
    wire.write(data)
    while wire.transport and cast(asyncio.WriteTransport, wire.transport).get_write_buffer_size():
        await asyncio.sleep(LOOK_EVERY_S)
    return wire


def said(talk: Talk, code: int, words: str) -> SmtpNo | Broken:
    """Of the server's words only the numbers are kept: the rest may name somebody."""
    if 400 <= code < 600:
        return SmtpNo(code, enhanced_in(words), talk.stage)
    return Broken("nonsense", is_sent=talk.is_sent)


def enhanced_in(words: str) -> str:
    """What programs tell each other, at the beginning of a line."""
    found = ENHANCED.match(words)
    return found[0] if found else ""


def trouble_of(error: BaseException, stage: str) -> Trouble:
    """In one word, by how far they had come."""
    match error:
        case ssl.SSLCertVerificationError():
            return "certificate"
        case ssl.SSLError():
            return "tls"
        case TimeoutError():
            return "timeout"
        case OSError():
            return "network"
    return "login" if stage == "login" else "nonsense"
