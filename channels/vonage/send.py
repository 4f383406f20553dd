"""Handing messages to Vonage."""

from channels.base import Access, Out, Outbound, Receipt, Unsure
from channels.numbers import without_plus
from channels.vonage.asking import ask, place
from channels.vonage.content import outgoing


async def send(out: Out, access: Access, message: Outbound) -> Receipt:
    """Hand it over. What becomes of it comes to our webhook, under our own id; whatever webhook the account has is for
    those who do not say where."""
    sender = message.sender or access.address
    body = {
        "from": without_plus(sender),
        "to": without_plus(message.to.value),
        "client_ref": message.id,
        **({"webhook_url": access.webhook} if access.webhook else {}),
        **outgoing(message.content),
    }
    said = await ask(out, access, "POST", place(access, "/v1/messages"), body)
    if not (id := said.id("message_uuid")):
        raise Unsure("a yes that names no message")
    return Receipt(id=id, sender=sender)
