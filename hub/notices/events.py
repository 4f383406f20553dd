"""What a member's screens are told of notices. Nobody else hears any of it."""

from hub.bus import Event
from hub.notices.shapes import NoticeShown


class NoticeChanged(Event, frozen=True):
    """There is something new to know of, or more of it. `rev` is the notice's. The member whom it is for hears it."""

    notice: NoticeShown


class NoticesRead(Event, frozen=True):
    """These are read, or over: wherever it was, it counts everywhere. Each with its `rev`: what is known of one with a
    higher `rev` stays. The member whose they are hears it."""

    read: dict[str, int]
