"""One connection of a mail server, in SMTP or LMTP: the wire, by aiosmtpd.

aiosmtpd reads commands and knows their order; how a mail itself is read is ours (`incoming.py`).
"""

import asyncio
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from typing import Any, Protocol

from aiosmtpd.smtp import SMTP

from hub.places import Places
from hub.postbox import replies
from hub.postbox.clerk import NOBODY, Clerk
from hub.postbox.incoming import Incoming, MailRefused
from hub.postbox.limits import Limits

COMMAND_BYTES = 2048
# What is read at once: a mail comes in such pieces.
PIECE_BYTES = 64 * 1024
# How often each command may come over one connection, so that nobody keeps one open with nothing in it.
CALLS = {"*": 1_000, "NOOP": 100, "RSET": 1_100, "RCPT": 2_000, "EHLO": 20, "HELO": 20, "LHLO": 20, "VRFY": 20}
# A source route in front of the address is an old way to pass a mail on; it is passed over.
PATH = re.compile(r"\s*<(?:@[^:<>]*:)?((?:\"[^\"<>]*\"|[^<>\"\s])*)>\s*(.*)")


class Doors(Protocol):
    """Who knows how many are inside."""

    def let_in(self, session: "Session", address: str) -> bool:
        """Whether there is room for one more."""

    def let_out(self, session: "Session") -> None:
        """It has ended."""


class Session(SMTP):
    """From the greeting to the end."""

    line_length_limit = PIECE_BYTES
    command_size_limit = COMMAND_BYTES

    def __init__(
        self, clerk_of: Callable[[str], Clerk], limits: Limits, places: Places, doors: Doors, name: str
    ) -> None:
        super().__init__(
            self,
            hostname=name,
            ident="Parley",
            data_size_limit=limits.mail_bytes,
            enable_SMTPUTF8=True,
            timeout=limits.command_s,
            command_call_limit=CALLS,
            loop=asyncio.get_running_loop(),
        )
        # aiosmtpd has them on the class, for all connections together.
        self.command_size_limits = defaultdict(lambda: COMMAND_BYTES)
        self._clerk_of, self._limits, self._places, self._doors = clerk_of, limits, places, doors
        self._is_let_in = False
        # In the middle of a mail.
        self.is_busy = False
        # In LMTP each recipient gets an answer of its own.
        self._answers_each = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let in, unless there are too many already."""
        address = str((transport.get_extra_info("peername") or ("",))[0])
        self._is_let_in = self._doors.let_in(self, address)
        if not self._is_let_in:
            self._part(transport, replies.TOO_MANY_SESSIONS)
            return
        self._clerk = self._clerk_of(address)
        self._ending = self.loop.call_later(self._limits.session_s, self.leave, replies.TOO_SLOW)
        super().connection_made(transport)
        if self._handler_coroutine:
            # That they have hung up is nobody's failure.
            self._handler_coroutine.add_done_callback(lambda done: done.cancelled() or done.exception())

    def connection_lost(self, error: Exception | None) -> None:
        """They, or we, have ended it."""
        if not self._is_let_in:
            return
        self._ending.cancel()
        self._doors.let_out(self)
        super().connection_lost(error)

    def leave(self, reason: str) -> None:
        """End it, and say why."""
        if self.transport is not None:
            self._part(self.transport, reason)

    def _part(self, transport: asyncio.BaseTransport, reason: str) -> None:
        if not isinstance(transport, asyncio.WriteTransport):
            return
        if transport.get_write_buffer_size():
            # They do not read.
            transport.abort()
            return
        transport.write(reason.encode() + b"\r\n")
        transport.close()

    def _timeout_cb(self) -> None:
        self.leave(replies.TOO_SLOW)

    async def smtp_LHLO(self, arg: str) -> None:
        """The greeting of LMTP: from here on each recipient has an answer of its own."""
        await super().smtp_EHLO(arg)
        self._answers_each = True

    async def smtp_EHLO(self, hostname: str) -> None:
        """The greeting of SMTP."""
        self._answers_each = False
        await super().smtp_EHLO(hostname)

    async def handle_EHLO(self, _: Any, session: Any, __: Any, hostname: str, offers: list[str]) -> list[str]:
        """What is offered beside what aiosmtpd has of itself; help is not."""
        session.host_name = hostname
        return [*offers[:-1], "250 PIPELINING"]

    async def smtp_VRFY(self, arg: str) -> None:
        """Nobody learns here who has an address."""
        await self.push(replies.NOT_TOLD)

    smtp_HELP = smtp_EXPN = smtp_VRFY

    async def handle_MAIL(self, _: Any, __: Any, envelope: Any, address: str, options: list[str]) -> str:
        """Another mail."""
        reply = await self._clerk.begin(address)
        if replies.is_taken(reply):
            envelope.mail_from = address
        return reply

    async def handle_RCPT(self, _: Any, __: Any, envelope: Any, address: str, options: list[str]) -> str:
        """One whom it goes to. Whoever is named twice gets it once, and in LMTP an answer each time."""
        reply = await self._clerk.add(address)
        if replies.is_taken(reply):
            envelope.rcpt_tos.append(address)
        return reply

    async def smtp_DATA(self, arg: str) -> None:
        """The mail itself, and what has become of it."""
        recipients = self.envelope.rcpt_tos if self.envelope else []
        if arg or not recipients:
            await self.push(replies.NO_ARGUMENT if arg else replies.NO_RECIPIENT)
            return
        self._reset_timeout(self._limits.mail_s)
        await self.push(replies.GO_ON)
        with ExitStack() as stack:
            self.is_busy = True
            stack.callback(setattr, self, "is_busy", False)
            incoming = Incoming(self._reader, self._limits, self._places, stack)
            told = await self._taken(incoming, recipients)
            self.envelope = self._create_envelope()
            self._reset_timeout()
            for reply in self._answers(recipients, told):
                await self.push(reply)

    async def _taken(self, incoming: Incoming, recipients: Sequence[str]) -> Mapping[str, str]:
        """Read it; what each recipient's server is told."""
        try:
            raw = await incoming.read()
        except MailRefused as refused:
            return dict.fromkeys(recipients, refused.reply)
        except (TimeoutError, EOFError):
            # Whatever comes of it later is the rest of a mail, and no command.
            self.leave(replies.TOO_SLOW)
            raise ConnectionResetError from None
        return await self._clerk.take(raw)

    def _answers(self, recipients: Sequence[str], told: Mapping[str, str]) -> list[str]:
        """In SMTP there is one for all: a no to one of them, and the mail comes again."""
        answers = [told[address] for address in recipients]
        if self._answers_each:
            return answers
        return [next((answer for answer in answers if not replies.is_taken(answer)), replies.TAKEN)]

    async def handle_exception(self, error: Exception) -> str:
        """What aiosmtpd says when something raises."""
        return self._clerk.failed(error)

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        found = PATH.fullmatch(arg)
        return (found[1] or NOBODY, found[2]) if found else (None, None)
