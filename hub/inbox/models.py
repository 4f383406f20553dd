"""What the inbox stores: saved views, counters, and what messages are found by."""

from datetime import datetime
from typing import Literal

from bson.binary import Binary

from hub.inbox.filters import Filter
from hub.store.documents import Stored

Sort = Literal["newest", "oldest", "longest_waiting", "priority"]
NAME_PLACE = "views.name"


class SavedView(Stored, frozen=True):
    """A view that a member has made: for oneself, or for everybody."""

    name: Binary
    owner: str
    made_at: datetime
    filter: Filter
    sort: Sort = "newest"
    is_shared: bool = False


class Tally(Stored, frozen=True):
    """How many threads there are of one kind. `of` is what the kind belongs to: the account, the teams, a member.
    `moves` counts the changes, so that a recount can tell whether there was one meanwhile."""

    of: str
    name: str
    n: int = 0
    moves: int = 0


class Findable(Stored, frozen=True):
    """What a message or note is found by; its id is the entry's."""

    thread: str
    at: datetime
    tokens: list[int]
