"""What the API takes and shows of the inbox."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from channels.base import Medium
from hub.accounts.shapes import Name
from hub.http.endpoint import Input, Output
from hub.inbox.filters import Filter
from hub.inbox.models import Sort
from hub.threads.happenings import Owner, Priority
from hub.threads.models import Author, DeliveryState, ThreadStatus
from hub.threads.shapes import EntryShown, WindowShown

ViewName = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
Cursor = Annotated[str, msgspec.Meta(max_length=2000)]
Limit = Annotated[int, msgspec.Meta(ge=1, le=100)]
Says = Literal["text", "media", "place", "choice", "card", "reaction", "template", "unsupported", "nothing"]


class ThreadsQuery(Input, frozen=True):
    """Which conversations, in which order: a view by its name, `team:` and a team's id, or a saved view's id. A saved
    view has an order of its own, unless one is asked for."""

    view: ViewName = "mine"
    sort: Sort | None = None
    cursor: Cursor = ""
    limit: Limit = 50


class PersonNamed(Output, frozen=True):
    """Whom a conversation is with."""

    id: str
    name: str


class Preview(Output, frozen=True):
    """The last message of a conversation, as much of it as a list shows."""

    entry_id: str
    text: str
    says: Says
    author: Author
    direction: Literal["in", "out"] | None
    at: datetime
    delivery: DeliveryState | None


class ThreadState(Output, frozen=True):
    """A conversation, as everybody has it who sees it."""

    id: str
    person: PersonNamed
    status: ThreadStatus
    owner: Owner
    epoch: int
    team_id: str | None
    priority: Priority
    tags: list[str]
    followers: list[str]
    media: list[Medium]
    line_ids: list[str]
    waiting_since: datetime | None
    heard_at: datetime | None
    answered_seq: int
    snoozed_until: datetime | None
    closed_at: datetime | None
    offered_to: str | None
    # A message of ours did not get there, and nobody has looked after it yet.
    has_failed: bool
    last: Preview | None
    windows: list[WindowShown]
    made_at: datetime
    moved_at: datetime
    seq: int
    rev: int
    merged_into: str | None


class ThreadRow(ThreadState, frozen=True):
    """A conversation, as a list shows it. What whoever asks has read of it, and whether there is more, is theirs
    alone."""

    read_seq: int
    is_unread: bool
    is_mentioned: bool


class ThreadPage(Output, frozen=True):
    """A page of conversations. Without `next` it is the last one."""

    items: list[ThreadRow]
    next: str | None


class Counts(Output, frozen=True):
    """How many conversations the views show to whoever asks; null where nobody counts: a saved view, or a view of which
    the permission reaches a part. `teams` has those of the caller's reach that have open ones."""

    mine: int
    unassigned: int | None
    all: int | None
    unread: int
    mentions: int
    snoozed: int | None
    closed: int | None
    teams: dict[str, int]


class RecountShown(Output, frozen=True):
    """When the counters are next compared with what they count."""

    due_at: datetime


class ViewWanted(Input, frozen=True):
    """A view to keep: for oneself, or for everybody."""

    name: Name
    filter: Filter
    sort: Sort = "newest"
    is_shared: bool = False


class ViewChange(Input, frozen=True):
    """What is to be otherwise; what is left out stays."""

    name: Name | None = None
    filter: Filter | None = None
    sort: Sort | None = None
    is_shared: bool | None = None


class ViewShown(Output, frozen=True):
    """A saved view. Whoever it belongs to may change it; shared ones also those who manage the account."""

    id: str
    name: str
    owner: str
    filter: Filter
    sort: Sort
    is_shared: bool
    made_at: datetime


class ViewList(Output, frozen=True):
    """One's own, and those that are shared."""

    items: list[ViewShown]


class SearchQuery(Input, frozen=True):
    """Words, or how they begin; all of them must be there."""

    q: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    kind: Literal["all", "people", "messages"] = "all"
    cursor: Cursor = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=50)] = 20


class PersonHit(Output, frozen=True):
    """Somebody who was found."""

    id: str
    name: str


class MessageHit(Output, frozen=True):
    """A message or note that was found. `marks` are the places of the hits in the snippet: of the first letter, and of
    the one behind the last."""

    entry_id: str
    thread_id: str
    seq: int
    person: PersonNamed
    author: Author
    is_note: bool
    at: datetime
    snippet: str
    marks: list[tuple[int, int]]


class Found(Output, frozen=True):
    """What was found: messages the latest first. A page may be short, or empty, and have a next one all the same."""

    people: list[PersonHit]
    messages: list[MessageHit]
    next: str | None


class TimelineQuery(Input, frozen=True):
    """Where to go on."""

    cursor: Cursor = ""
    limit: Limit = 50


class TimelineEntry(Output, frozen=True):
    """An entry, and in which of the person's conversations it stands."""

    thread_id: str
    entry: EntryShown


class Timeline(Output, frozen=True):
    """A page of all that was said and has happened, the latest first. Without `is_whole` the person has more
    conversations than a timeline joins: those that moved last are here, and the others can be opened one by one."""

    items: list[TimelineEntry]
    next: str | None
    is_whole: bool


class ExportQuery(Input, frozen=True):
    """For programs, or to be read."""

    format: Literal["json", "txt"] = "json"
