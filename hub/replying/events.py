"""What screens are told of drafts."""

from hub.bus import Event
from hub.replying.shapes import DraftShown


class DraftTyped(Event, frozen=True):
    """The member who hears it has typed something at another screen, or has thrown it away: then it is empty. `rev` is
    the time."""

    draft: DraftShown
