"""IMAP, the wire: the standard library's client on a connection that is there already. It reads no more and no longer
than is allowed, for each command anew: a server may say anything."""

import imaplib
import socket
import ssl
import time

LONGEST_LINE = 1024 * 1024
# One command's answer: a mail of the longest that is taken, and what is said around it.
MOST_BYTES = 32 * 1024 * 1024
PATIENCE_S, PATIENCE_FOR_A_COMMAND_S = 30.0, 300.0
PIECE_BYTES = 64 * 1024


def encrypted(sock: socket.socket, tls: ssl.SSLContext, host: str) -> socket.socket:
    """From the first byte on."""
    sock.settimeout(PATIENCE_S)
    return tls.wrap_socket(sock, server_hostname=host)


class Wire(imaplib.IMAP4):
    """One connection; it is used by one thread."""

    def __init__(self, sock: socket.socket, host: str) -> None:
        self._given, self._host = sock, host
        self._ahead = bytearray()
        self._idling = b""
        self._begin()
        super().__init__()

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:
        """As imaplib calls it: there is nothing to open any more."""
        self.host, self.port, self.sock = self._host, port, self._given

    def encrypt(self, tls: ssl.SSLContext) -> None:
        """By STARTTLS. What was said in front of the encryption, and not read yet, is nobody's word."""
        status, _ = self._simple_command("STARTTLS") if "STARTTLS" in self.capabilities else ("NO", [])
        if status != "OK" or self._ahead:
            raise ssl.SSLError("no STARTTLS")
        self.sock = encrypted(self.sock, tls, self._host)
        self._get_capabilities()

    def can(self, capability: str) -> bool:
        """Whether the server says so now: it says other things to those whom it knows."""
        self._get_capabilities()
        return capability in self.capabilities

    def read(self, size: int) -> bytes:
        """So many bytes."""
        if size > self._left:
            raise self.abort("too much")
        while len(self._ahead) < size:
            self._receive()
        return self._taken(size)

    def readline(self) -> bytes:
        """Up to the end of the line."""
        seen = 0
        while (end := self._ahead.find(b"\n", seen)) < 0:
            seen = len(self._ahead)
            if seen > LONGEST_LINE:
                raise self.abort("too long a line")
            self._receive()
        return self._taken(end + 1)

    def shutdown(self) -> None:
        """Close it."""
        self.sock.close()

    def has_news(self) -> bool:
        """Whether it has said, with its answers so far, that something came: it says so once, and not again when it is
        to say by itself what is new."""
        return self.untagged_responses.pop("EXISTS", None) is not None

    def idle(self) -> bool:
        """Let the server say by itself what is new; True when it has said something already."""
        self.untagged_responses.clear()
        self._idling = self._command("IDLE")
        # None is what imaplib has for "go on".
        while self._get_response() is not None:
            if self.tagged_commands[self._idling]:
                raise self.error("no IDLE")
        return bool(self.untagged_responses) or self._has_unread()

    def done(self) -> None:
        """The end of `idle`."""
        self._begin()
        self.send(b"DONE\r\n")
        self._get_tagged_response(self._idling)

    def _command(self, name: str, *args: object) -> bytes:
        self._begin()
        tag: bytes = super()._command(name, *args)  # type: ignore[misc]
        return tag

    def _begin(self) -> None:
        self._left, self._until_s = MOST_BYTES, time.monotonic() + PATIENCE_FOR_A_COMMAND_S

    def _receive(self) -> None:
        left_s = self._until_s - time.monotonic()
        if self._left <= 0 or left_s <= 0:
            raise self.abort("too much, or too slow")
        self.sock.settimeout(min(left_s, PATIENCE_S))
        piece = self.sock.recv(PIECE_BYTES)
        if not piece:
            raise self.abort("closed")
        self._left -= len(piece)
        self._ahead += piece

    def _taken(self, size: int) -> bytes:
        taken = bytes(self._ahead[:size])
        del self._ahead[:size]
        return taken

    def _has_unread(self) -> bool:
        return bool(self._ahead) or (isinstance(self.sock, ssl.SSLSocket) and self.sock.pending() > 0)
