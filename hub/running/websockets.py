"""How uvicorn speaks WebSocket for us: it hands the socket itself to whoever serves it, so that the same bytes go to a
thousand screens without being made a thousand times, and whoever stalls, or sends what nobody could mean, is let go of.
"""

import asyncio
from typing import cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.protocol import State

from hub.sockets.engine import Code

# Where the one who serves the socket finds it.
EXTENSION = "parley.line"
# What may wait for a reader. Beside it there is what the kernel holds.
MOST_WAITING = 1024 * 1024
# How long a reader who has stalled has for what was sent, and for the reason of the end.
GRACE_S = 5.0
# Nobody cuts 64 kB into more; a piece may be empty, so their size alone is no limit.
MOST_PIECES = 64


class WebSocketLine(WebSocketsSansIOProtocol):
    """One WebSocket."""

    _letting_go: asyncio.TimerHandle | None = None

    def handle_connect(self, event: Request) -> None:
        """Hand out the line: the application's task has not begun yet."""
        super().handle_connect(event)
        if not self.close_sent:
            cast(dict[str, object], self.scope["extensions"])[EXTENSION] = self

    def write(self, frame: bytes) -> bool:
        """Send a frame, or what `framed` has made. False when too much waits for the reader already."""
        if self.close_sent or self.disconnected or self.conn.state is not State.OPEN:
            return True
        if self.is_stalled:
            return False
        self.transport.write(frame)
        return True

    def settle(self) -> None:
        """It is open: what was said to open it is of no more use, and would be kept as long as the socket."""
        for name in ("request", "response"):
            self.__dict__.pop(name, None)

    @property
    def is_gone(self) -> bool:
        """Whether it has ended, though somebody may still be answering what came over it."""
        return self.close_sent or self.disconnected or self.transport.is_closing()

    @property
    def is_stalled(self) -> bool:
        """Whether too much waits for the reader."""
        return self.transport.get_write_buffer_size() > MOST_WAITING

    def cut(self, code: int, reason: str) -> None:
        """End it, and say why. Whoever reads no more is let go of all the same."""
        if self.close_sent or self.disconnected:
            return
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        if self.conn.state is State.OPEN:
            self.conn.send_close(code, reason)
            self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        self.close_timer = asyncio.get_running_loop().call_later(GRACE_S, self.transport.abort)

    def shutdown(self) -> None:
        """The process ends: come back to another one."""
        if self.handshake_complete and not self.close_sent:
            self.cut(Code.SERVER_STOPS, "server_stops")
        else:
            super().shutdown()

    def handle_ping(self) -> None:
        """Answer, while the answers are read: they are what a client can make us send without end."""
        if self.is_stalled:
            self.conn.data_to_send()
            self.cut(Code.TOO_SLOW, "too_slow")
        else:
            super().handle_ping()

    def handle_cont(self, event: Frame) -> None:
        """A piece more of a message."""
        if len(self.frames) >= MOST_PIECES:
            self.cut(Code.BAD_FRAME, "bad_frame")
        else:
            super().handle_cont(event)

    def send_receive_event_to_app(self) -> None:
        """A whole message. uvicorn would take a text that is none for an error of ours."""
        if self.curr_msg_data_type == "text" and not is_text(self.frames):
            self.frames = []
            self.cut(Code.BAD_FRAME, "bad_frame")
        else:
            super().send_receive_event_to_app()

    def handle_close(self, event: Frame) -> None:
        super().handle_close(event)
        self._let_go_soon()

    def handle_parser_exception(self) -> None:
        super().handle_parser_exception()
        self._let_go_soon()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._letting_go:
            self._letting_go.cancel()
        super().connection_lost(exc)

    def _let_go_soon(self) -> None:
        """A transport that closes waits for its reader, for good."""
        if not self._letting_go:
            self._letting_go = asyncio.get_running_loop().call_later(GRACE_S, self.transport.abort)


def is_text(pieces: list[bytes]) -> bool:
    """Whether it is one, as a whole."""
    try:
        b"".join(pieces).decode()
    except UnicodeDecodeError:
        return False
    return True


def framed(text: bytes) -> bytes:
    """A text as a server sends it: the same for every client."""
    return Frame(Opcode.TEXT, text).serialize(mask=False)
