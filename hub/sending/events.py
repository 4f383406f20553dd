"""What screens are told of what is to be said later."""

from hub.bus import Event
from hub.sending.shapes import ScheduledShown


class ScheduledChanged(Event, frozen=True):
    """Something is to be said later, or otherwise, or was not said. Whoever has the conversation open hears it."""

    scheduled: ScheduledShown


class ScheduledEnded(Event, frozen=True):
    """It was said, and stands in the log; or was taken back. Whoever has the conversation open hears it."""

    scheduled_id: str
