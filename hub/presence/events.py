"""What screens are told of presence. Each event says all of its subject, so of two the one with the higher `rev` counts
and one that was lost is made good by the next; whoever wants to be sure asks `presence`.

Typing is said again every few seconds as long as it goes on: whoever is not named again for ten seconds has stopped.
"""

from typing import ClassVar

from hub.audiences import Namespace
from hub.bus import Event
from hub.presence.shapes import Typist


class MemberPresence(Event, frozen=True):
    """A member is at some screen now, or at none any more. Whoever sees conversations hears it."""

    member: str
    is_online: bool


class ThreadPresence(Event, frozen=True):
    """Who has a conversation open, and who types there. `holder` is the one of those who writes a reply and began
    first: others are told, and nobody is kept from writing. Whoever has the conversation open hears it."""

    looking: list[str]
    typing: list[Typist]
    holder: str | None


class LeadTypes(Event, frozen=True):
    """The person on the other side types, or does no more. `preview` is what stands there by now, where the account
    wants to see that; it is kept nowhere. What they send ends it, and so do ten seconds without another one. Whoever
    has the conversation open hears it."""

    is_typing: bool
    preview: str | None


class SomebodyTypes(Event, frozen=True):
    """Somebody of the account writes a reply to the visitor who hears it, or does no more: not who, and nothing of
    notes. Ten seconds without another one end it, and so does a message. It names neither account nor conversation."""

    namespace: ClassVar[Namespace] = "/widget"

    is_typing: bool
