"""What is asked and answered over a socket about conversations."""

from typing import Annotated

import msgspec

from hub.accounts.shapes import Id
from hub.http.endpoint import Input, Output
from hub.inbox.shapes import ThreadRow
from hub.people.shapes import PersonShown
from hub.presence.shapes import PresenceShown
from hub.replying.shapes import DraftShown
from hub.sending.shapes import ScheduledShown
from hub.threads.shapes import EntryShown

# A place in time up to which a screen knows everything: made by us, and given back as it was.
Position = Annotated[str, msgspec.Meta(max_length=40)]
Known = Annotated[dict[Id, Annotated[int, msgspec.Meta(ge=0, le=2**53)]], msgspec.Meta(max_length=500)]

KnownPeople = Annotated[dict[Id, Annotated[int, msgspec.Meta(ge=0, le=2**53)]], msgspec.Meta(max_length=20)]


class Sync(Input, frozen=True):
    """What a screen knows: everything up to `after`, which is empty at first, and these conversations and people, each
    as of a `rev`."""

    after: Position = ""
    known: Known = {}
    people: KnownPeople = {}


class ViewCount(Output, frozen=True):
    """How many conversations a view has. See the event `count_changed`."""

    of: str
    view: str
    n: int
    rev: int


class Synced(Output, frozen=True):
    """What has changed since, and up to where that is told: `at` is the next `after`. Whatever is not `recovered` has
    to be loaded anew. Those that are `gone` may be seen no more, or are not there. Of people nothing is told that was
    not asked for."""

    recovered: bool
    at: str
    changed: list[ThreadRow]
    gone: list[str]
    numbers: list[ViewCount]
    people: list[PersonShown]
    people_gone: list[str]


class Watch(Input, frozen=True):
    """A conversation to be told of. With `after`, what a screen knows of it already is not told again."""

    thread_id: Id
    after: Position = ""


class Watched(Output, frozen=True):
    """The conversation and its log: what has changed since `after`, or, not `recovered`, the end of it. Without a
    `thread` nothing of that has changed. `draft` is the member's own."""

    recovered: bool
    at: str
    thread: ThreadRow | None
    entries: list[EntryShown]
    has_more: bool
    scheduled: list[ScheduledShown]
    presence: PresenceShown
    draft: DraftShown | None


class Unwatch(Input, frozen=True):
    """A conversation to be told of no more."""

    thread_id: Id
