"""A file that somebody has sent us and that we do not have yet, or never will. One that is kept stands here no more."""

from datetime import datetime
from enum import StrEnum

from hub.store.documents import Stored
from hub.store.ids import follows_from
from hub.threads.models import AuthorKind, Entry

FETCH, FETCHES = "fetching.fetch", "fetches"
# A message with more files than this is made to keep us busy.
MOST_FILES = 30


class Missing(StrEnum):
    """Why there is no file."""

    # The provider has it no more, or never had.
    GONE = "gone"
    TOO_LARGE = "too_large"
    # It is nothing that is kept: a program, nothing at all, or one of too many.
    REFUSED = "refused"
    # The provider did not hand it over, however often it was asked.
    UNREACHABLE = "unreachable"
    # Something on our side has failed each time: it stands among the work that was given up.
    GIVEN_UP = "given_up"


class Fetch(Stored, frozen=True):
    """One file of an entry, by its place among the files of that. Its id is the file's that comes of it. `missing` says
    why none does."""

    line: str
    thread: str
    entry: str
    place: int
    made_at: datetime
    missing: Missing | None = None
    due_at: datetime | None = None

    @property
    def why_missing(self) -> Missing | None:
        """Why there is no file and will be none, as it stands; None while there may be one."""
        return self.missing or (Missing.GIVEN_UP if self.due_at is None else None)


def is_fetched(entry: Entry) -> bool:
    """Whether its files come from the provider: nobody has put them into the hub."""
    return entry.direction == "in" or entry.author.kind is AuthorKind.ELSEWHERE


def file_id_of(entry_id: str, place: int) -> str:
    """The file that comes of a medium, however often it is fetched."""
    return follows_from(entry_id, f"media.{place}")
