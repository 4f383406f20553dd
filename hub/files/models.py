"""Files, as they are stored: what is known of one. Its content is kept apart, under a key of its own that stands here,
sealed: so a new data key reaches it, and without this document nobody can read it."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

import msgspec
from bson.binary import Binary

from hub.http.endpoint import Output
from hub.store.documents import Stored

FILES = "files"
NAME_PLACE, KEY_PLACE = f"{FILES}.name", f"{FILES}.key"
# What a sound says, as due work within the file's own document: whatever forgets the file forgets its words.
TRANSCRIPT = "transcript."
TRANSCRIPT_PLACE = f"{FILES}.{TRANSCRIPT}text"
# Pictures that can be looked at where they stand, as we draw them anew, with the names of their formats. All the rest
# is downloaded: SVG is none of them, it can act.
PICTURES: Mapping[str, str] = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}
PREVIEW_TYPE = "image/webp"


class FileState(StrEnum):
    """Whether the content is there."""

    STORING = "storing"
    KEPT = "kept"
    # It is about to be removed: no message can take it any more.
    GOING = "going"


class Picture(msgspec.Struct, frozen=True):
    """A picture that we have drawn ourselves, as large as it is seen; the store has a preview of it."""

    width: int
    height: int


class Untold(StrEnum):
    """Why there are no words of a sound."""

    # So many of one person that no more are listened to unasked.
    TOO_MANY = "too_many"
    # So long that it is listened to only when a member asks for it.
    LONG = "long"
    TOO_LARGE = "too_large"
    # The model cannot read it.
    UNREADABLE = "unreadable"
    # The account has no model for it, or none any more.
    NO_MODEL = "no_model"
    # The model did not do it, however often it was asked.
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    # As many as the account wants to have transcribed in a day, day after day.
    DAY_FULL = "day_full"
    # It was given up, and stands among the work that was.
    GIVEN_UP = "given_up"


class Transcript(msgspec.Struct, frozen=True, kw_only=True):
    """What a sound says, or why nobody knows; while it is due, neither. No text is one that is empty."""

    asked_at: datetime
    # Which member or key has asked for it; empty where nobody had to.
    by: str = ""
    due_at: datetime | None = None
    text: Binary | None = None
    language: str = ""
    seconds: float | None = None
    untold: Untold | None = None


class File(Stored, frozen=True):
    """One file. Until a message takes it, it is whose `by` says (`member:…`, `key:…`), and is forgotten once `due_at`
    has come; from then on it is the thread's, and has an `entry`. One that something waits with to be said later is the
    thread's too, and has none."""

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
    picture: Picture | None = None
    transcript: Transcript | None = None

    @property
    def preview_kept_as(self) -> str:
        """The name in the store of its preview, if there is one."""
        return preview_of(self.kept_as)


def preview_of(kept_as: str) -> str:
    """What the preview of a file is called in the store, where the file is called this. It ends as that does: a store
    tells its folders by the end."""
    return f"preview-{kept_as}"


class FileGone(Output, frozen=True):
    """A file that was."""

    id: str
    name: str
    type: str
    size: int


class TranscriptState(StrEnum):
    """How far one is with the words of a sound."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class TranscriptFailed(Output, frozen=True):
    """Why there are no words of a sound; a member may ask for them again."""

    code: Untold
    words: str


class TranscriptShown(Output, frozen=True):
    """What a sound says, written down by a model once it is `done`; a text that is empty has no words. `language` is as
    the model calls it, where it does."""

    state: TranscriptState
    text: str | None
    language: str | None
    reason: TranscriptFailed | None


class FileShown(Output, frozen=True):
    """A file. Its type is what it is found to be, whatever it was called; `url` is good for a quarter of an hour. Of a
    picture that can be shown there is a small one at `preview_url`, and how large it is; of a sound that is or was to
    be written down there is its `transcript`."""

    id: str
    name: str
    type: str
    size: int
    url: str
    preview_url: str | None
    width: int | None
    height: int | None
    transcript: TranscriptShown | None
