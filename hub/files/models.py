"""Files, as they are stored: what is known of one. Its content is kept apart, under a key of its own that stands here,
sealed: so a new data key reaches it, and without this document nobody can read it."""

from datetime import datetime
from enum import StrEnum

from bson.binary import Binary

from hub.http.endpoint import Output
from hub.store.documents import Stored

FILES = "files"
NAME_PLACE, KEY_PLACE = f"{FILES}.name", f"{FILES}.key"


class FileState(StrEnum):
    """Whether the content is there."""

    STORING = "storing"
    KEPT = "kept"
    # It is about to be removed: no message can take it any more.
    GOING = "going"


class File(Stored, frozen=True):
    """One file. Until a message takes it, it is whose `by` says (`member:…`, `key:…`), and is forgotten once `due_at`
    has come; from then on it is the thread's."""

    name: Binary
    type: str
    size: int
    key: Binary
    # Its name in the store, made by us.
    kept_as: str
    by: str
    stored_at: datetime
    state: FileState = FileState.STORING
    thread: str | None = None
    entry: str | None = None
    due_at: datetime | None = None


class FileGone(Output, frozen=True):
    """A file that was."""

    id: str
    name: str
    type: str
    size: int


class FileShown(Output, frozen=True):
    """A file. Its type is what it is found to be, whatever it was called; `url` is good for a quarter of an hour."""

    id: str
    name: str
    type: str
    size: int
    url: str
