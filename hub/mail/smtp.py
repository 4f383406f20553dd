"""SMTP, the wire of our own mail. The only file that imports aiosmtplib."""

import asyncio
import contextlib
import re
import socket
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass
from email.message import EmailMessage

import aiosmtplib

from hub.errors import HubError
from hub.mail.errors import MailAway, MailRefused
from hub.mail.models import MailServer

# For the whole conversation, and for the goodbye after it.
PATIENCE_S = 60.0
GOODBYE_S = 2.0

# What a server says of itself before its words (RFC 3463): the second number is whom or what it is about.
ENHANCED = re.compile(r"[245]\.(?P<subject>\d{1,3})\.\d{1,3}(?=\s|$)")
SUBJECTS = {
    "1": "it knows no such address",
    "2": "that mailbox takes no mail",
    "6": "it does not take such content",
    "7": "its rules forbid it",
}
# Said instead of 250 to whoever should have signed in: about us, not about the recipient.
UNAUTHENTICATED = frozenset({530, 534, 535, 538})


@dataclass(frozen=True, kw_only=True)
class Way:
    """How to reach the server. `hello` is our own name; `tls` and `sock` replace what would be made from the rest."""

    server: MailServer
    hello: str
    tls: ssl.SSLContext | None = None
    sock: socket.socket | None = None
    patience_s: float = PATIENCE_S


async def send(way: Way, message: EmailMessage) -> None:
    """Hand one message over. MailRefused: it will never be taken. MailAway: perhaps later."""
    async with connected(way) as client:
        await client.send_message(message)


async def greet(way: Way) -> None:
    """Go as far as one can without sending anything, sign in included; MailAway says what is wrong."""
    async with connected(way):
        pass


@contextlib.asynccontextmanager
async def connected(way: Way) -> AsyncIterator[aiosmtplib.SMTP]:
    """Connected, encrypted and signed in, as far as the server's settings ask for it."""
    client = new_client(way)
    try:
        async with asyncio.timeout(way.patience_s):
            await client.connect()
            await encrypt(client, way.server)
            if way.server.user:
                await client.login(way.server.user, way.server.password)
            yield client
        # The letter is sent already: however this ends, nothing is to be done again.
        with contextlib.suppress(aiosmtplib.SMTPException, OSError):
            await client.quit(timeout=GOODBYE_S)
    except (aiosmtplib.SMTPException, OSError) as error:
        raise translated(error) from error
    finally:
        client.close()


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
    """By STARTTLS whenever it is offered; without it no password is sent to another machine."""
    await client.ehlo()
    if server.is_tls:
        return
    if client.supports_extension("starttls"):
        await client.starttls()
    elif server.must_encrypt:
        raise MailAway(
            "The mail server offers no encryption (STARTTLS), and a password is not sent in clear: "
            "set PARLEY_MAIL_URL to smtps://, or to another port."
        )


def translated(error: Exception) -> HubError:
    """Ours for theirs. Of the server's own words only the numbers are kept: the rest may name somebody."""
    match error:
        case aiosmtplib.SMTPRecipientsRefused():
            return verdict(error.recipients[0], "this recipient")
        case aiosmtplib.SMTPDataError():
            return verdict(error, "this letter")
        case aiosmtplib.SMTPSenderRefused():
            return MailAway(f"The mail server does not take the sender of PARLEY_MAIL_FROM{numbers(error)}.")
        case aiosmtplib.SMTPAuthenticationError():
            return MailAway(f"The mail server does not take the user and password of PARLEY_MAIL_URL{numbers(error)}.")
        case aiosmtplib.SMTPResponseException():
            return MailAway(f"The mail server is not ready for us{numbers(error)}.")
    return broken(error.__cause__ if isinstance(error.__cause__, ssl.SSLError) else error)


def verdict(error: aiosmtplib.SMTPResponseException, what: str) -> HubError:
    """Five hundred and more is for good."""
    if error.code < 500 or error.code in UNAUTHENTICATED:
        return MailAway(f"The mail server does not take {what} now{numbers(error)}.")
    enhanced = ENHANCED.match(error.message)
    reason = SUBJECTS.get(enhanced["subject"], "") if enhanced else ""
    return MailRefused(f"The mail server refuses {what} for good{numbers(error)}{reason and ': '}{reason}.")


def numbers(error: aiosmtplib.SMTPResponseException) -> str:
    """What programs tell each other, in brackets."""
    enhanced = ENHANCED.match(error.message)
    return f" ({error.code}{f' {enhanced[0]}' if enhanced else ''})" if error.code > 0 else ""


def broken(error: BaseException) -> MailAway:
    """The conversation did not come to an answer."""
    match error:
        case ssl.SSLCertVerificationError():
            return MailAway("The certificate of the mail server is not a trusted one for the host of PARLEY_MAIL_URL.")
        case ssl.SSLError():
            return MailAway(
                "No encrypted connection to the mail server could be made: smtps:// is mostly for port 465, "
                "smtp:// for port 587."
            )
        case TimeoutError():
            return MailAway("The mail server takes too long to answer.")
        case OSError():
            return MailAway("The mail server cannot be reached, or breaks off.")
    return MailAway("The mail server does not let users sign in, at least not in a way that is known here.")
