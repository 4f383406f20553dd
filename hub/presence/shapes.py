"""What is asked and answered about presence."""

from hub.accounts.shapes import Id
from hub.http.endpoint import Input, Output


class Typist(Output, frozen=True):
    """A member who types: a reply, or a note to colleagues."""

    member: str
    is_note: bool


class PresenceShown(Output, frozen=True):
    """Who is at a conversation. See the event `thread_presence`."""

    thread: str
    rev: int
    looking: list[str]
    typing: list[Typist]
    holder: str | None


class WhoIsThere(Output, frozen=True):
    """The members who are at some screen, as of `rev`; and who is at the conversations that this screen has open."""

    rev: int
    online: list[str]
    threads: list[PresenceShown]


class Attention(Input, frozen=True):
    """Whether somebody sits before this screen. A socket counts as one of which that is so, until it says otherwise."""

    is_there: bool


class TypingNow(Input, frozen=True):
    """Somebody types in a conversation, or does no more: a reply, or a note. To be said again every three seconds as
    long as it goes on; what is said there ends it."""

    thread_id: Id
    is_typing: bool
    is_note: bool = False


class TypingSeen(Output, frozen=True):
    """Who is at the conversation by now; and who else writes a reply there and began first, when a reply is typed:
    it is for the two of them to agree."""

    held_by: str | None
    presence: PresenceShown


class PresencePolicyWanted(Input, frozen=True):
    """Whether members see what a visitor types before it is sent."""

    shows_previews: bool


class PresencePolicyShown(Output, frozen=True):
    """Whether members see what a visitor types before it is sent."""

    shows_previews: bool
