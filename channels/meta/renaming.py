"""What happens to the people themselves: somebody has another number now, or another id."""

from channels.base import Renamed, Strange, strange
from channels.meta.people import addresses, senders
from channels.reading import Fields

# Something that has happened, and nothing that anybody has written: it opens no window and asks for no answer.
SYSTEM = "system"
# The first two are one: older accounts are told by the second name. An id changes together with a number.
RENAMED = frozenset({"user_changed_number", "customer_changed_number", "user_changed_user_id"})
# The same without a message, for whoever has subscribed to it.
FIELD = "user_id_update"


def happened(line: str, message: Fields) -> Renamed | Strange:
    """By what they were known, and by what they are now."""
    system = message.part(SYSTEM)
    kind, at = system.text("type"), message.time("timestamp")
    was = senders(message, Fields({"wa_id": system.id("customer")}))
    now = addresses(system.id("user_id"), system.id("wa_id") or system.id("new_wa_id"))
    if kind not in RENAMED or not was or not now or at is None:
        return strange(f"{SYSTEM} {kind}")
    return Renamed(was=was, now=now, at=at, at_line=line)


def changed_id(line: str, said: object) -> Renamed | Strange:
    """The id that somebody has with this business is another one; their number, as far as it is told, is of today."""
    fields = Fields.of(said)
    id, at = fields.part("user_id"), fields.time("timestamp")
    was, now = addresses(id.id("previous"), ""), addresses(id.id("current"), fields.id("wa_id"))
    if not was or not now or at is None:
        return strange(FIELD)
    return Renamed(was=was, now=now, at=at, at_line=line)
