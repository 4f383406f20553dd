"""Folders of mailboxes, as they are stored, and where they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import msgspec

from hub.hosts import is_this_machine
from hub.store.documents import Stored

# Encrypted from the first byte on; on every other port it begins in clear, and goes on by STARTTLS.
TLS_PORT = 993


class Folder(StrEnum):
    """What is read of a mailbox."""

    INBOX = "inbox"
    SENT = "sent"


class Held(msgspec.Struct, frozen=True):
    """A mail that could not be taken: the others go past it, and it is tried again later."""

    uid: int
    tries: int
    again_at: datetime
    code: str
    came_at: datetime | None = None


class LeftOut(msgspec.Struct, frozen=True):
    """A mail that was given up, and when: until somebody says that it is to be tried anew, it will not be taken."""

    uid: int
    at: datetime
    code: str
    came_at: datetime | None = None


class TroubleSeen(msgspec.Struct, frozen=True):
    """Why the folder cannot be read: a code of `errors.py`, and how often in a row."""

    code: str
    since: datetime
    times: int = 1


class MailFolder(Stored, frozen=True):
    """One folder of a line's mailbox, and how far it was read. `key` tells whose mailbox it is: another one begins
    anew. Due work: whoever has claimed it reads it, and nobody beside."""

    line: str
    folder: Folder
    key: bytes
    # What the mailbox got before is not taken.
    since: datetime
    due_at: datetime | None = None
    # Within one validity uids only grow; `next_uid` is the first that was not seen yet.
    validity: int | None = None
    next_uid: int = 1
    seen_at: datetime | None = None
    trouble: TroubleSeen | None = None
    held: list[Held] = msgspec.field(default_factory=list)
    left_out: list[LeftOut] = msgspec.field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class MailboxServer:
    """Where a line's mailbox is, and how to get in. `is_tls`: encrypted from the first byte on."""

    host: str
    port: int
    is_tls: bool
    user: str
    password: str = field(repr=False)
    sent: str = ""

    @classmethod
    def of(cls, values: Mapping[str, str]) -> "MailboxServer | None":
        """As a line's settings say; None when it has none to read."""
        host, port = values.get("imap_host", "").strip(), values.get("imap_port", "").strip() or str(TLS_PORT)
        if not host or not port.isdecimal():
            return None
        return cls(
            host=host,
            port=int(port),
            is_tls=int(port) == TLS_PORT,
            user=values.get("imap_user", ""),
            password=values.get("imap_password", ""),
            sent=values.get("imap_sent", "").strip(),
        )

    @property
    def is_loopback(self) -> bool:
        """Whether what we say stays on this machine."""
        return is_this_machine(self.host)
