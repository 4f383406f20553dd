"""One mail while it comes over the wire.

Its end is CR LF . CR LF and nothing that only looks like it: where a server takes LF . LF for the end of a mail too,
whoever writes one can smuggle a second one in behind it. What is too large is dropped while it comes, up to its end, so
that the answer is heard.
"""

import asyncio
from contextlib import ExitStack

from hub.places import NoPlace, Places
from hub.postbox import replies
from hub.postbox.limits import Limits

CRLF, DOT = b"\r\n", b"."
END = CRLF + DOT + CRLF
PIECE_BYTES = 64 * 1024


class MailRefused(Exception):
    """It has come to its end, and was not kept."""

    def __init__(self, reply: str) -> None:
        super().__init__(reply)
        self.reply = reply


class Incoming:
    """One mail. When it grows large it takes a place, which `stack` gives back."""

    def __init__(self, reader: asyncio.StreamReader, limits: Limits, places: Places, stack: ExitStack) -> None:
        self._reader = reader
        self._limits = limits
        self._places = places
        self._stack = stack
        self._has_place = False

    async def read(self) -> bytes:
        """All of it; raises MailRefused at its end, TimeoutError or EOFError where there is none."""
        # The line in front of it has ended: a dot may be the first that comes.
        raw, refusal, end = bytearray(CRLF), "", -1
        while end < 0:
            looked_at = max(len(raw) - len(END) + 1, 0)
            raw += await self._piece()
            end = raw.find(END, looked_at)
            refusal = refusal or self._objection((len(raw) if end < 0 else end) - len(CRLF + END))
            if refusal and end < 0:
                # Only so much is kept that the end is seen.
                del raw[: -len(END)]
        give_back(self._reader, bytes(raw[end + len(END) :]))
        if refusal:
            raise MailRefused(refusal)
        return unstuffed(raw[:end])

    async def _piece(self) -> bytes:
        """Whatever comes next. Not line by line: a mail has up to fifteen million lines, if somebody wants it to."""
        async with asyncio.timeout(self._limits.command_s):
            piece = await self._reader.read(PIECE_BYTES)
        if not piece:
            raise EOFError
        return piece

    def _objection(self, size: int) -> str:
        """Why no more of it is kept."""
        if size > self._limits.mail_bytes:
            return replies.TOO_LARGE
        if size > self._limits.large_bytes and not self._has_place:
            try:
                self._stack.enter_context(self._places.one())
            except NoPlace:
                return replies.NO_PLACE
            self._has_place = True
        return ""


def give_back(reader: asyncio.StreamReader, rest: bytes) -> None:
    """What came behind the end is for whoever reads on. asyncio has no other way to have looked at it."""
    reader._buffer[:0] = rest  # type: ignore[attr-defined]


def unstuffed(raw: bytearray) -> bytes:
    """Without the dot that was put in front of each line that begins with one."""
    return bytes((raw + CRLF).replace(CRLF + DOT, CRLF)[len(CRLF) :])
