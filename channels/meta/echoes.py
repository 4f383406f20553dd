"""What the business writes by itself in the WhatsApp Business app, with a number that the app and we have together."""

from channels.base import Elsewhere, Strange, strange
from channels.meta.content import content
from channels.meta.people import addresses
from channels.reading import Fields

FIELD, LIST = "smb_message_echoes", "message_echoes"


def echo(line: str, said: object) -> Elsewhere | Strange:
    """One message, to whomever it went: by their number, where it is told, since that is what the app knows them by."""
    fields = Fields.of(said)
    # With its + or without.
    to = addresses(fields.id("to_user_id"), fields.id("to").removeprefix("+"))
    id, said_at = fields.id("id"), fields.time("timestamp")
    if not id or not to or said_at is None:
        return strange(FIELD)
    return Elsewhere(id=id, to=to[::-1], said_at=said_at, content=content(fields), at_line=line)
