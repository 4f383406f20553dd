"""Handing messages to Twilio."""

from collections.abc import Sequence
from urllib.parse import quote

import msgspec

from channels.answers import failure_of
from channels.base import Access, Content, Medium, Out, Outbound, Place, Receipt, Refused, TemplateUse, Unsure
from channels.twilio.addresses import parted, written
from channels.twilio.asking import Pairs, ask, place
from channels.twilio.contents import FILE, code_blank, end_of
from channels.twilio.failures import FAILURES

FAILED = ("failed", "undelivered", "canceled")


async def send(out: Out, access: Access, medium: Medium, message: Outbound) -> Receipt:
    """Hand it over. Only a message with a SID has been taken, and only a plain refusal has not."""
    said = await ask(out, access, "POST", place(access, "/Messages.json"), form_of(access, medium, message))
    if said.text("status") in FAILED:
        raise Refused(failure_of(FAILURES, said.id("error_code") or said.text("status")))
    if not said.id("sid"):
        raise Unsure("an answer without a message in it")
    # A service tells only later which of its numbers it has chosen.
    return Receipt(id=said.id("sid"), sender=parted(said.text("from"))[1])


def form_of(access: Access, medium: Medium, message: Outbound) -> Pairs:
    """The message, as the wire has it. What is empty is left out."""
    said = message.content
    fields = [
        ("To", written(medium, message.to.value)),
        *origin(access, medium, message.sender),
        ("Body", "" if said.template else body_of(said)),
        *[("MediaUrl", file.url) for file in said.media],
        ("PersistentAction", pin(said.place) if said.place else ""),
        *template(said.template),
        ("StatusCallback", f"{access.webhook}?m={quote(message.id, safe='')}" if access.webhook else ""),
    ]
    return [(name, value) for name, value in fields if value]


def origin(access: Access, medium: Medium, sender: str) -> Pairs:
    """From whom: the service chooses a number of its pool, the same for the same person."""
    if service := access.values.get("messaging_service_sid", ""):
        return [("MessagingServiceSid", service)]
    return [("From", written(medium, sender or access.address))]


def body_of(said: Content) -> str:
    """The words of it, and those beside a map."""
    return "\n".join(filter(None, [said.text, beside(said.place) if said.place else ""]))


def beside(where: Place) -> str:
    """The words beside a map: Twilio wants some."""
    named = ", ".join(part for part in (where.name, where.address) if part)
    return named or f"{where.latitude},{where.longitude}"


def pin(where: Place) -> str:
    """A place on the map of WhatsApp."""
    return f"geo:{where.latitude},{where.longitude}" + (f"|{where.name.replace('|', ' ')}" if where.name else "")


def template(used: TemplateUse | None) -> Pairs:
    """The template by the SID of its content, which is of one language, and what stands in its blanks."""
    if used is None:
        return []
    blanks = {one.name or code_blank(one.at): one.value for one in used.buttons}
    blanks |= {used.header_name: used.header} if used.header else {}
    blanks |= {FILE: end_of(used.header_media.url)} if used.header_media else {}
    blanks |= dict(zip(names_of(used), used.values, strict=False))
    filled = msgspec.json.encode(blanks).decode() if blanks else ""
    return [("ContentSid", used.id or used.name), ("ContentVariables", filled)]


def names_of(used: TemplateUse) -> Sequence[str]:
    """What its blanks are called: numbers, where they have no names."""
    return used.names or [str(number) for number in range(1, len(used.values) + 1)]
