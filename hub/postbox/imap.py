"""IMAP: a mailbox, read and never changed. It is read in a thread of its own, because the libraries wait for answers;
while nothing is new, nobody waits but the event loop."""

import asyncio
import contextlib
import imaplib
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, TypeVar

from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError
from imap_tools.mailbox import BaseMailBox

from hub.clock import Clock
from hub.postbox.errors import (
    AWAY,
    BUSY,
    NO_ENCRYPTION,
    NO_FOLDER,
    NO_TRUST,
    NONSENSE,
    NOT_LET_IN,
    UNREADABLE,
    MailboxTrouble,
)
from hub.postbox.models import MailboxServer
from hub.postbox.saying import DESCRIBED, PASSING, Opened, Waiting, mail_of, searched, sent_folder, waiting_of
from hub.postbox.wire import Wire, encrypted

# Servers without IDLE are asked this often.
ASKED_EVERY_S = 30.0
Result = TypeVar("Result")


class Mailbox(BaseMailBox):
    """imap_tools' commands, over our wire."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return self._wire


class Session:
    """Signed in at a mailbox."""

    def __init__(self, wire: Wire, thread: ThreadPoolExecutor) -> None:
        self._wire = wire
        self._box = Mailbox(wire)
        self._thread = thread
        self._can_idle = False

    async def sign_in(self, server: MailboxServer) -> None:
        """Raises MailboxTrouble when it does not let us."""
        await self._do(lambda: self._sign_in(server))

    async def open_inbox(self) -> Opened:
        """Where mail comes in."""
        return await self._do(lambda: self._open("INBOX"))

    async def open_sent(self, wanted: str) -> Opened:
        """Where sent mail lies: the folder that is wanted by name, or that the server says it is, or that is called as
        such folders are."""
        return await self._do(lambda: self._open(wanted or self._sent_folder()))

    async def list_waiting(self, first: int) -> list[Waiting]:
        """What lies there from this uid on, in the order of its coming."""
        found = await self._do(lambda: self._described(f"{first}:*"))
        # The star is the last mail, even where its uid is lower.
        return [one for one in found if one.uid >= first]

    async def find_waiting(self, uid: int) -> Waiting | None:
        """This one, if it still lies there."""
        found = await self._do(lambda: self._described(str(uid)))
        return next((one for one in found if one.uid == uid), None)

    async def list_since(self, since: datetime) -> list[Waiting]:
        """What came there since then."""
        uids = await self._do(lambda: self._box.uids(searched(since), charset=None))
        found = await self.list_waiting(min(map(int, uids))) if uids else []
        return [one for one in found if one.at is None or one.at >= since.replace(microsecond=0)]

    async def fetch(self, uid: int, *, most_bytes: int) -> bytes | None:
        """The mail, or its beginning where it is longer; None when it does not lie there any more."""
        return await self._do(lambda: self._fetch(uid, most_bytes))

    async def wait_for_news(self, clock: Clock, within_s: float) -> None:
        """Until something is new, or so long at most."""
        if self._wire.has_news():
            return
        if not self._can_idle:
            await clock.sleep(min(within_s, ASKED_EVERY_S))
            await self._do(self._wire.noop)
        elif not await self._do(self._wire.idle):
            await readable(self._wire.sock, clock, within_s)
            await self._do(self._wire.done)
        else:
            await self._do(self._wire.done)

    async def _do(self, command: Callable[[], Result]) -> Result:
        with translated():
            return await asyncio.get_running_loop().run_in_executor(self._thread, command)

    def _sign_in(self, server: MailboxServer) -> None:
        both = server.user + server.password
        if not both.isprintable():
            # A line's end in it would begin another command.
            raise MailboxTrouble(NOT_LET_IN)
        is_plain = both.isascii() and "LOGINDISABLED" not in self._wire.capabilities
        try:
            login = self._box.login if is_plain else self._box.login_utf8
            login(server.user, server.password, initial_folder=None)
        except imaplib.IMAP4.abort:
            raise
        except (MailboxLoginError, imaplib.IMAP4.error) as error:
            said = error.command_result if isinstance(error, MailboxLoginError) else error.args
            raise MailboxTrouble(BUSY if PASSING.search(repr(said).encode()) else NOT_LET_IN) from error
        # Many servers say only now what they can.
        self._can_idle = self._wire.can("IDLE")

    def _open(self, name: str) -> Opened:
        try:
            self._box.folder.set(name, readonly=True)
        except MailboxFolderSelectError:
            raise MailboxTrouble(NO_FOLDER) from None
        # What lies there is looked at in any case.
        self._wire.has_news()
        validity, next_uid = (self._number(code) for code in ("UIDVALIDITY", "UIDNEXT"))
        if not next_uid:
            described = self._described("*")
            next_uid = described[-1].uid + 1 if described else 1
        return Opened(validity, next_uid)

    def _number(self, code: str) -> int:
        _, said = self._wire.response(code)
        return int(said[-1] or 0)

    def _sent_folder(self) -> str:
        if name := sent_folder(self._box.folder.list()):
            return name
        raise MailboxTrouble(NO_FOLDER)

    def _described(self, uids: str) -> list[Waiting]:
        status, said = self._wire.uid("FETCH", uids, DESCRIBED)
        if status != "OK":
            # That nothing is said of a mail must not mean that it is gone.
            raise MailboxTrouble(BUSY)
        return sorted(filter(None, map(waiting_of, said)), key=lambda one: one.uid)

    def _fetch(self, uid: int, most_bytes: int) -> bytes | None:
        status, said = self._wire.uid("FETCH", str(uid), f"(UID BODY.PEEK[]<0.{most_bytes}>)")
        if status != "OK":
            raise MailboxTrouble(UNREADABLE)
        raw = mail_of(said)
        return None if raw is None else raw[:most_bytes]


@contextlib.asynccontextmanager
async def signed_in(server: MailboxServer, sock: socket.socket, tls: ssl.SSLContext) -> AsyncIterator[Session]:
    """For the length of the block, over a connection to the server that stands already; or MailboxTrouble."""
    thread = ThreadPoolExecutor(1, thread_name_prefix="imap")
    # The same connection once more: the thread may be reading from its own, and that is the thread's to close.
    hold = sock.dup()
    try:
        with translated():
            wire = await asyncio.get_running_loop().run_in_executor(thread, lambda: greeted(server, sock, tls))
        try:
            session = Session(wire, thread)
            await session.sign_in(server)
            yield session
        finally:
            thread.submit(wire.shutdown)
    finally:
        with contextlib.suppress(OSError):
            hold.shutdown(socket.SHUT_RDWR)
        hold.close()
        thread.shutdown(wait=False)


def greeted(server: MailboxServer, sock: socket.socket, tls: ssl.SSLContext) -> Wire:
    """Encrypted, unless it all stays on this machine."""
    wire = Wire(encrypted(sock, tls, server.host) if server.is_tls else sock, server.host)
    try:
        if not server.is_tls and not server.is_loopback:
            wire.encrypt(tls)
    except BaseException:
        wire.shutdown()
        raise
    return wire


async def readable(sock: socket.socket, clock: Clock, within_s: float) -> None:
    """Until there is something to read, or so long at most."""
    loop, news = asyncio.get_running_loop(), asyncio.Event()
    descriptor = sock.fileno()
    loop.add_reader(descriptor, news.set)
    waits: Sequence[asyncio.Task[Any]] = [asyncio.create_task(news.wait()), asyncio.create_task(clock.sleep(within_s))]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        loop.remove_reader(descriptor)
        for wait in waits:
            wait.cancel()


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """Ours for theirs."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise MailboxTrouble(NO_TRUST) from error
    except ssl.SSLEOFError as error:
        raise MailboxTrouble(AWAY) from error
    except ssl.SSLError as error:
        raise MailboxTrouble(NO_ENCRYPTION) from error
    except (imaplib.IMAP4.abort, OSError) as error:
        raise MailboxTrouble(AWAY) from error
    # The libraries stumble over answers that make no sense.
    except (imaplib.IMAP4.error, ImapToolsError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise MailboxTrouble(NONSENSE) from error
