"""A mail server on loopback: it keeps what it takes, and refuses what a test wants refused."""

import asyncio
import contextlib
import email
import email.policy
import ssl
import warnings
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from typing import cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

NAME = "mail.fake.test"
Replies = dict[str, str]


@dataclass(frozen=True)
class Taken:
    """One message that was taken, and how it came."""

    sender: str
    recipients: list[str]
    content: bytes
    was_encrypted: bool
    user: str
    hello: str

    @property
    def message(self) -> EmailMessage:
        """As a mail program reads it."""
        return email.message_from_bytes(self.content, policy=email.policy.default)

    def part(self, kind: str) -> str:
        """The words of one part: plain or html."""
        found = self.message.get_body((kind,))
        assert found is not None
        return cast(str, found.get_content()).replace("\r\n", "\n")


class FakeSmtp:
    """What a test asks about the server, and tells it. `replies` are said instead of taking: {"RCPT": "550 no"}."""

    def __init__(self, logins: Mapping[str, str], replies: Replies) -> None:
        self.taken: list[Taken] = []
        self.passwords: list[str] = []
        self.port = 0
        self.replies = replies
        self._logins = logins

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Who comes."""
        session.host_name = hostname
        return [self.replies["EHLO"]] if "EHLO" in self.replies else responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """From whom."""
        if "MAIL" in self.replies:
            return self.replies["MAIL"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """To whom."""
        if "RCPT" in self.replies:
            return self.replies["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """The message."""
        if "DATA" in self.replies:
            return self.replies["DATA"]
        # Declared as None for good by a library that sets it later.
        login = cast(LoginPassword | None, session.auth_data)
        transport = server.transport
        taken = Taken(
            sender=envelope.mail_from or "",
            recipients=list(envelope.rcpt_tos),
            content=cast(bytes, envelope.content),
            was_encrypted=transport is not None and transport.get_extra_info("sslcontext") is not None,
            user=login.login.decode() if login else "",
            hello=session.host_name or "",
        )
        self.taken.append(taken)
        return "250 OK"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Goodbye."""
        return self.replies.get("QUIT", "221 Bye")

    def sign_in(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        """Whether it is one of the logins."""
        user, password = data.login.decode(), data.password.decode()
        self.passwords.append(password)
        return AuthResult(success=self._logins.get(user) == password, handled=False, auth_data=data)


def new_protocol(fake: FakeSmtp, starttls: ssl.SSLContext | None, *, needs_login: bool) -> SMTP:
    """One connection. Passwords are offered to be taken in clear too: whether they come is what tests ask."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return SMTP(
            fake,
            hostname=NAME,
            tls_context=starttls,
            auth_required=needs_login,
            auth_require_tls=False,
            authenticator=fake.sign_in,
            loop=asyncio.get_running_loop(),
        )


@contextlib.asynccontextmanager
async def fake_smtp(
    *,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
    logins: Mapping[str, str] | None = None,
    port: int = 0,
    **replies: str,
) -> AsyncIterator[FakeSmtp]:
    """Serve until the block ends: in clear, by STARTTLS or by TLS; with logins, to nobody else."""
    fake = FakeSmtp(logins or {}, replies)
    protocols: list[SMTP] = []

    def accept() -> SMTP:
        protocols.append(new_protocol(fake, starttls, needs_login=bool(logins)))
        return protocols[-1]

    server = await asyncio.get_running_loop().create_server(accept, "127.0.0.1", port, ssl=tls)
    fake.port = server.sockets[0].getsockname()[1]
    try:
        yield fake
    finally:
        server.close()
        for protocol in protocols:
            if protocol.transport:
                protocol.transport.close()
