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
from typing import AnyStr, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

NAME = "mail.fake.test"
CHOKES_S = 0.3
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
    """What a test asks about the server, and tells it. `replies` are said instead of taking: {"RCPT": "550 no"}; an
    address among them is the one recipient who gets it. CONNECT and GO are said to whoever connects or says DATA.
    `mood` is what becomes of the next mail: refuse, cut (before it was sent), choke (in its middle), vanish (it was
    not taken), hang_up (it was), nonsense."""

    def __init__(self, logins: Mapping[str, str], replies: Replies) -> None:
        self.taken: list[Taken] = []
        self.passwords: list[str] = []
        self.port = 0
        self.replies = replies
        self.mood = ""
        self.pause_s = 0.0
        self.goodbye_s = 0.0
        # What was said with the last sender, and how many are connected.
        self.options: list[str] = []
        self.connections = 0
        self.server: asyncio.Server | None = None
        self._logins = logins

    def is_to(self, mood: str) -> bool:
        """Whether this is to be done now; then it is over."""
        if self.mood != mood:
            return False
        self.mood = ""
        return True

    @contextlib.asynccontextmanager
    async def gone(self) -> AsyncIterator[None]:
        """Nobody listens at the port any more; it stays so."""
        assert self.server is not None
        self.server.close()
        yield

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
        self.options = options
        if "MAIL" in self.replies:
            return self.replies["MAIL"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """To whom."""
        if self.is_to("refuse"):
            return "550 5.1.1 No such user"
        if reply := self.replies.get(address) or self.replies.get("RCPT"):
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """The message, after its last dot."""
        await asyncio.sleep(self.pause_s)
        if self.is_to("vanish"):
            return hang_up(server)
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
        if self.is_to("hang_up"):
            return hang_up(server)
        return "as you like" if self.is_to("nonsense") else "250 OK"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Goodbye."""
        await asyncio.sleep(self.goodbye_s)
        return self.replies.get("QUIT", "221 Bye")

    def sign_in(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        """Whether it is one of the logins."""
        user, password = data.login.decode(), data.password.decode()
        self.passwords.append(password)
        if reply := self.replies.get("AUTH"):
            return AuthResult(success=False, handled=False, message=reply)
        return AuthResult(success=self._logins.get(user) == password, handled=False, auth_data=data)


class Conversation(SMTP):
    """One connection, which can go wrong where the library asks nobody."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """One more; by STARTTLS it is made twice."""
        if self.transport is None:
            cast(FakeSmtp, self.event_handler).connections += 1
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        """One less."""
        cast(FakeSmtp, self.event_handler).connections -= 1
        super().connection_lost(error)

    async def push(self, status: AnyStr) -> None:
        """Say it; the greeting may be another one."""
        replies = cast(FakeSmtp, self.event_handler).replies
        greets = str(status).startswith("220 ") and NAME in str(status)
        if greets and "CONNECT" in replies:
            await super().push(replies["CONNECT"])
        else:
            await super().push(status)

    async def smtp_DATA(self, arg: str) -> None:
        """Whether the mail may come."""
        fake = cast(FakeSmtp, self.event_handler)
        if fake.is_to("cut"):
            hang_up(self)
        elif fake.is_to("choke"):
            await self.push("354 Go on")
            await choke(self)
        elif "GO" in fake.replies:
            await self.push(fake.replies["GO"])
        else:
            await super().smtp_DATA(arg)


async def choke(server: SMTP) -> None:
    """Take a little of the mail, and break off."""
    transport = cast(asyncio.Transport, server.transport)
    transport.pause_reading()
    await asyncio.sleep(CHOKES_S)
    transport.abort()


def hang_up(server: SMTP) -> str:
    """Without a word."""
    assert server.transport is not None
    server.transport.close()
    return "421 gone"


def new_protocol(fake: FakeSmtp, starttls: ssl.SSLContext | None, *, needs_login: bool) -> SMTP:
    """One connection. Passwords are offered to be taken in clear too: whether they come is what tests ask."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return Conversation(
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
    fake.server = server
    fake.port = server.sockets[0].getsockname()[1]
    try:
        yield fake
    finally:
        server.close()
        for protocol in protocols:
            if protocol.transport:
                protocol.transport.close()
