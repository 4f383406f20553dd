"""What IMAP servers say, read: mails that lie in a folder, folders, and why somebody is not let in. Pure."""

import email.utils
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from imap_tools.folder import FolderInfo

DESCRIBED = "(UID INTERNALDATE RFC822.SIZE)"
UID, SIZE, AT = re.compile(rb"UID (\d+)"), re.compile(rb"RFC822\.SIZE (\d+)"), re.compile(rb'INTERNALDATE "([^"]+)"')
# What a server tells of by itself, such as that a mail was read elsewhere, has neither.
ANSWERS = re.compile(rb"INTERNALDATE|RFC822\.SIZE")
# RFC 5530, and the words of those who have no codes: it is not about the password.
PASSING = re.compile(rb"\[(UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\]|too many", re.IGNORECASE)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SENT = "\\Sent"
SENT_NAMES = frozenset({
    "sent", "sent items", "sent messages", "sent mail", "sent-mail", "gesendet", "gesendete objekte",
    "gesendete elemente", "envoyés", "messages envoyés", "éléments envoyés", "enviados", "elementos enviados",
    "itens enviados", "posta inviata", "inviata", "verzonden", "verzonden items", "wysłane", "отправленные",
})  # fmt: skip


@dataclass(frozen=True)
class Opened:
    """A folder that was opened: what its uids count for, and the one that comes next."""

    validity: int
    next_uid: int


@dataclass(frozen=True)
class Waiting:
    """A mail that lies in the folder: how large it is, or nothing, and when it came there, as far as that is told."""

    uid: int
    size: int
    at: datetime | None


def waiting_of(said: bytes | tuple[bytes, bytes] | None) -> Waiting | None:
    """One line of an answer, unless it tells of something else."""
    if not isinstance(said, bytes):
        return None
    uid, size = UID.search(said), SIZE.search(said)
    if not uid or not ANSWERS.search(said):
        return None
    return Waiting(int(uid[1]), int(size[1]) if size else 0, came_at(said))


def came_at(said: bytes) -> datetime | None:
    """When it came there; None, where nothing is said of it that makes sense: one such mail must not be in the way of
    its whole mailbox."""
    if not (at := AT.search(said)):
        return None
    try:
        # 17-Jul-1996 02:44:25 -0700, which but for the lines is how mails write it.
        came = email.utils.parsedate_to_datetime(at[1].decode("ascii").strip().replace("-", " ", 2))
        return came.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def last_part(name: str, delimiter: str) -> str:
    """What a folder is called where it lies."""
    return name.rpartition(delimiter)[2] if delimiter and delimiter != "NIL" else name


def sent_folder(folders: Iterable[FolderInfo]) -> str:
    """The one that the server says it is, or that is called as such folders are; empty where there is none."""
    known = list(folders)
    flagged = [one.name for one in known if SENT in one.flags]
    named = [one.name for one in known if last_part(one.name, one.delim).casefold() in SENT_NAMES]
    return next(iter(flagged + named), "")


def searched(since: datetime) -> str:
    """A search from the day before on: servers search by the day, and by the day of wherever they are."""
    day = since - timedelta(days=1)
    return f"SINCE {day.day}-{MONTHS[day.month - 1]}-{day.year}"


def mail_of(said: Iterable[bytes | tuple[bytes, bytes] | None]) -> bytes | None:
    """The mail of an answer; None where it has none. Nothing at all is not always said as so many bytes."""
    for part in said:
        if isinstance(part, tuple) and b"BODY[" in part[0]:
            return part[1]
        if isinstance(part, bytes) and b"BODY[" in part:
            return b""
    return None
