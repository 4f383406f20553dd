"""Asking Mailgun whether it has taken a mail: each that it takes begins with an event (Mailgun: "Events")."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlencode

from channels.base import Access, Out, Outbound, Receipt, Unsure
from channels.mail.composing import message_id_of
from channels.mailgun.asking import ask, of_domain
from channels.reading import Fields

# Its clock and ours may differ.
SKEW = timedelta(minutes=5)
MOST = 10


async def lookup(out: Out, access: Access, message: Outbound, *, since: datetime) -> Sequence[Receipt]:
    """The mail, where anything is told of it. A list that makes no sense says nothing of what is not in it."""
    id = message_id_of(access, message)
    about = {"message-id": id, "begin": f"{(since - SKEW).timestamp():.0f}", "ascending": "yes", "limit": str(MOST)}
    listed = (await ask(out, access, "GET", of_domain(access, f"/events?{urlencode(about)}"))).values.get("items")
    if not isinstance(listed, list):
        raise Unsure("an answer that is no list")
    names = {named(Fields.of(one)) for one in listed}
    return [Receipt(id=id)] if id in names else []


def named(event: Fields) -> str:
    """By which Message-ID."""
    return event.part("message").part("headers").id("message-id").strip("<>")
