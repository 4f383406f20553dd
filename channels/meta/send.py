"""Handing messages to WhatsApp, and showing people that theirs was read."""

from collections.abc import Mapping
from typing import Any

from channels.base import (
    Access,
    Address,
    Card,
    Content,
    IdentityKind,
    Out,
    Outbound,
    Place,
    Receipt,
    Refused,
    Unsure,
)
from channels.choices import written
from channels.meta.choices import interactive
from channels.meta.failures import FAILURES
from channels.meta.graph import ask
from channels.meta.limits import CAPTIONED, LONGEST_CAPTION, kind_of
from channels.meta.template_use import template
from channels.reading import Fields

Body = Mapping[str, Any]


async def send(out: Out, access: Access, message: Outbound) -> Receipt:
    """Hand it over. What Meta is told of our id it tells again with every status of the message."""
    body = {**to(message.to), **content(message.content), "biz_opaque_callback_data": message.id}
    said = await ask(out, access, "POST", *place(access), body={"messaging_product": "whatsapp", **body})
    taken = [Fields.of(one).id("id") for one in said.items("messages")]
    if not taken or not taken[0]:
        raise Unsure("a yes that names no message")
    return Receipt(id=taken[0])


async def show_read(out: Out, access: Access, id: str, *, is_typing: bool) -> None:
    """Two blue ticks at the message and all before it; and for 25 seconds that somebody is writing."""
    typing = {"typing_indicator": {"type": "text"}} if is_typing else {}
    body = {"messaging_product": "whatsapp", "status": "read", "message_id": id, **typing}
    await ask(out, access, "POST", *place(access), body=body)


def place(access: Access) -> tuple[str, str]:
    """Where the messages of the number are handed over."""
    return access.values.get("phone_number_id", ""), "messages"


def to(address: Address) -> Body:
    """Who gets it: by their number, or by the id that they have with this business."""
    is_number = address.kind is IdentityKind.PHONE or address.value.lstrip("+").isdigit()
    return {"recipient_type": "individual", "to" if is_number else "recipient": address.value}


def content(said: Content) -> Body:
    """What it says, as WhatsApp has it; Refused where one message cannot say it."""
    if said.template:
        return {"type": "template", "template": template(said.template)}
    if said.reaction is not None:
        return {"type": "reaction", "reaction": {"message_id": said.reply_to, "emoji": said.reaction}}
    context = {"context": {"message_id": said.reply_to}} if said.reply_to else {}
    return {**matter(said), **context}


def matter(said: Content) -> Body:
    """The one thing that it is."""
    if said.media:
        return file(said)
    if said.place:
        return {"type": "location", "location": location(said.place)}
    if said.cards:
        return {"type": "contacts", "contacts": [contact(card) for card in said.cards]}
    if choices := interactive(said):
        return {"type": "interactive", "interactive": choices}
    words = all_of(said)
    if not words:
        raise Refused(FAILURES["empty"])
    return {"type": "text", "text": {"body": words, "preview_url": "://" in words}}


def all_of(said: Content) -> str:
    """The text, with choices below it that fit nowhere else."""
    return written(said).text if said.choices else said.text


def file(said: Content) -> Body:
    """One file, with words under it where there is room for them."""
    media, words = said.media[0], all_of(said)
    kind = kind_of(media)
    if not kind:
        raise Refused(FAILURES["unknown_type"])
    if len(said.media) > 1 or (words and (kind not in CAPTIONED or len(words) > LONGEST_CAPTION)):
        raise Refused(FAILURES["one_file_each"])
    # Meta fetches it from there; only documents have names.
    name = {"filename": media.name} if kind == "document" and media.name else {}
    return {"type": kind, kind: {"link": media.url, **name, **({"caption": words} if words else {})}}


def location(place: Place) -> Body:
    """Where it is."""
    named = {"name": place.name, "address": place.address}
    return {"latitude": place.latitude, "longitude": place.longitude, **{k: v for k, v in named.items() if v}}


def contact(card: Card) -> Body:
    """Somebody whose address is passed on. WhatsApp takes nobody without a name."""
    name = card.name or card.company or next(iter((*card.phones, *card.emails)), "")
    fields = {
        "phones": [{"phone": phone, "type": "WORK"} for phone in card.phones],
        "emails": [{"email": email, "type": "WORK"} for email in card.emails],
        "org": {"company": card.company} if card.company else {},
    }
    return {"name": {"formatted_name": name, "first_name": name}, **{k: v for k, v in fields.items() if v}}
