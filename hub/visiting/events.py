"""What a visitor's pages are told."""

from typing import ClassVar

from hub.audiences import Namespace
from hub.bus import Event
from hub.visiting.shapes import VisitorMessage


class VisitorEntryChanged(Event, frozen=True):
    """A message stands in the visitor's conversation, or has come further. `rev` is the message's. The visitor hears
    it, and is told neither account nor conversation."""

    namespace: ClassVar[Namespace] = "/widget"

    message: VisitorMessage
