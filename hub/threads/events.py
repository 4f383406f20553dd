"""What screens are told of a conversation's log."""

from hub.bus import Event
from hub.threads.shapes import EntryShown


class EntryChanged(Event, frozen=True):
    """An entry stands in the log, or is shown otherwise: how far it has come, a file that is there now. `rev` is the
    entry's. Whoever has the conversation open hears it."""

    entry: EntryShown
