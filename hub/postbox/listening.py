"""Where mail servers hand mail in, by SMTP or LMTP: part of the web process, opened and closed with it.

It stands behind a mail server of one's own (docs/channels/listener.md): it looks at nobody's sender, asks for no
password and encrypts nothing. It is no relay: what is not for a line of this installation is refused.
"""

import asyncio
import logging
import socket
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from hub.children import Report
from hub.deps import Deps
from hub.errors import Unavailable
from hub.http.address import neighbourhood
from hub.postbox import replies
from hub.postbox.clerk import Clerk
from hub.postbox.limits import Limits
from hub.postbox.session import Session

log = structlog.get_logger()

# With the embedded database, so that anybody can try it.
TRIAL = "127.0.0.1:8025"
BACKLOG = 256
USUAL = Limits()
# For whoever is in the middle of handing something in.
LEAVING_S = 5.0


class MailPortTaken(Unavailable):
    """Nobody can hand in mail at the address of the settings."""

    code = "mail_port_taken"


@asynccontextmanager
async def open_postbox(deps: Deps, report: Report) -> AsyncIterator[None]:
    """Take mail for the length of the block, where the settings say."""
    sock = listening_socket(deps, report)
    if sock is None:
        yield
        return
    async with listening(deps, sock) as (host, port):
        report(f"Mail can be handed in at {host}:{port} (SMTP and LMTP)")
        yield


def listening_socket(deps: Deps, report: Report) -> socket.socket | None:
    """The address of the settings must be free. The one for trying out need not be: then there is a word about it."""
    settings = deps.settings
    if not settings.takes_mail:
        return None
    if settings.mail_listen:
        # Several web processes of one machine take mail in turn.
        return bound(settings.mail_listen, is_shared=True)
    try:
        return bound(TRIAL, is_shared=False)
    except MailPortTaken as error:
        report(f"{error.message} Everything else works. Or take another address: PARLEY_MAIL_LISTEN=127.0.0.1:8026")
        return None


def bound(place: str, *, is_shared: bool) -> socket.socket:
    """Take the address, or say plainly why not."""
    host, _, port = place.rpartition(":")
    host = host.strip("[]")
    sock = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if is_shared:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        sock.bind((host, int(port)))
    except OSError as error:
        sock.close()
        raise MailPortTaken(f"Mail cannot be taken at {place}: {error.strerror}.", place=place) from error
    sock.setblocking(False)
    return sock


@asynccontextmanager
async def listening(deps: Deps, sock: socket.socket, limits: Limits = USUAL) -> AsyncIterator[tuple[str, int]]:
    """Take mail on the socket for the length of the block; where that is."""
    # Every command of everybody, with the addresses in it.
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    hall = Hall(limits)
    name = deps.settings.mail_domain or "localhost"

    def one_more() -> Session:
        return Session(lambda address: Clerk(deps, limits, address), limits, deps.large, hall, name)

    server = await asyncio.get_running_loop().create_server(one_more, sock=sock, backlog=BACKLOG)
    try:
        host, port = sock.getsockname()[:2]
        yield host, port
    finally:
        server.close()
        await hall.clear()


class Hall:
    """All connections of one process."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._inside: dict[Session, str] = {}
        self._counts: Counter[str] = Counter()
        self._is_closed = False

    def let_in(self, session: Session, address: str) -> bool:
        """Unless there are too many, in all or from there."""
        near = neighbourhood(address)
        is_full = len(self._inside) >= self._limits.sessions or self._counts[near] >= self._limits.sessions_of_one
        if is_full or self._is_closed:
            return False
        self._inside[session] = near
        self._counts[near] += 1
        return True

    def let_out(self, session: Session) -> None:
        """One less."""
        near = self._inside.pop(session)
        self._counts[near] -= 1
        if not self._counts[near]:
            del self._counts[near]

    async def clear(self) -> None:
        """Everybody goes; whoever is handing a mail in may end that, if it does not take long."""
        self._is_closed = True
        give_up_at = asyncio.get_running_loop().time() + LEAVING_S
        while self._inside:
            is_over = asyncio.get_running_loop().time() > give_up_at
            for session in [*self._inside]:
                if is_over or not session.is_busy:
                    session.leave(replies.LEAVING)
            await asyncio.sleep(0.05)
