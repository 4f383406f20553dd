"""Handing messages to Telnyx."""

from typing import Any
from urllib.parse import urlencode

from channels.base import Access, Out, Outbound, Receipt, Unsure
from channels.reading import Fields
from channels.telnyx.asking import ask

# Telnyx keeps no name of ours; it does keep the address that is to hear what becomes of the message, and our id in it.
OURS = "m"


async def send(out: Out, access: Access, message: Outbound) -> Receipt:
    """Hand it over."""
    body: dict[str, Any] = {
        "from": message.sender or access.address,
        "to": message.to.value,
        "text": message.content.text,
        "media_urls": [file.url for file in message.content.media],
        "messaging_profile_id": access.values.get("profile", ""),
        "webhook_url": f"{access.webhook}?{urlencode({OURS: message.id})}" if access.webhook else "",
    }
    said = await ask(out, access, "POST", "/v2/messages", {name: value for name, value in body.items() if value})
    taken = Fields.of(said.values["data"])
    if not (id := taken.id("id")):
        raise Unsure("a yes that names no message")
    return Receipt(id=id, sender=taken.part("from").id("phone_number"))
