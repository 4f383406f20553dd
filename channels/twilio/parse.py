"""What Twilio tells by its webhooks, in plain values: one message, or how one of ours fares."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from channels import numbers
from channels.answers import UNREADABLE
from channels.base import (
    Access,
    Address,
    IdentityKind,
    Inbound,
    Medium,
    Parsed,
    Posted,
    State,
    Status,
    Strange,
    strange,
)
from channels.reading import Fields, whole_letters
from channels.twilio.addresses import line_of, parted
from channels.twilio.content import content
from channels.twilio.forms import is_form, read_form

# Until it is sent, all that counts is that Twilio has it. Of a message of several parts some may still be under way.
STATES: Mapping[str, State] = {
    **dict.fromkeys(("accepted", "scheduled", "queued", "sending", "sent", "partially_delivered"), State.SENT),
    "delivered": State.DELIVERED,
    "read": State.READ,
    **dict.fromkeys(("undelivered", "failed", "canceled"), State.FAILED),
}
OF_MESSAGES = ("", "received", "receiving")
# What it answers by itself, where Advanced Opt-Out is on: these words, and one that asks for help.
HELP = "HELP"
OPTED: Mapping[str, Literal["in", "out"]] = {"STOP": "out", "START": "in"}
NO_ERROR = ("", "0")


def parse(medium: Medium, access: Access, posted: Posted) -> list[Parsed]:
    """The one thing that it tells."""
    if not is_form(posted.content_type):
        return events(posted.body)
    fields = read_form(posted.body).fields
    id = fields.id("MessageSid") or fields.id("SmsSid")
    if not id:
        raise ValueError("This is about no message.")
    word = (fields.text("MessageStatus") or fields.text("SmsStatus")).strip().lower()
    if word in STATES:
        return [status(access, posted, fields, id, word)]
    return [message(medium, access, posted, fields, id) if word in OF_MESSAGES else strange(f"status {word}")]


def status(access: Access, posted: Posted, fields: Fields, id: str, word: str) -> Status:
    """How a message of ours fares. Whatever has our id in its address was sent by this very line."""
    ours = posted.query.get("m", "")
    at_line = line_of(access, fields.text("From"), fields.id("MessagingServiceSid"))
    return Status(
        id=id,
        state=STATES[word],
        at=posted.at,
        code=code_of(word, fields.id("ErrorCode")),
        ours=ours,
        at_line="" if ours else at_line,
    )


def code_of(word: str, code: str) -> str:
    """Why it has failed; where Twilio does not say, the word for it is all there is."""
    if STATES[word] is not State.FAILED:
        return ""
    return word if code in NO_ERROR else code


def message(medium: Medium, access: Access, posted: Posted, fields: Fields, id: str) -> Inbound | Strange:
    """Something that a person has sent. Twilio does not say when: it tells of it at once."""
    sender = senders(fields)
    if not sender:
        return strange("message without from")
    word = fields.text("OptOutType").strip().upper()
    return Inbound(
        id=id,
        sender=sender,
        sender_name=fields.text("ProfileName"),
        said_at=posted.at,
        content=content(medium, fields),
        at_line=line_of(access, fields.text("To"), fields.id("MessagingServiceSid")),
        opted=OPTED.get(word, ""),
        is_answered=word == HELP,
    )


def senders(fields: Fields) -> tuple[Address, ...]:
    """Who has sent it. On WhatsApp the number may be missing; then there is an id, which only this business has."""
    address = fields.id("From")
    channel, name = parted(address)
    own = parted(fields.id("ExternalUserId") or fields.id("ExternalUserIdentifier"))[1]
    if channel == "whatsapp" and not name.removeprefix("+").isdigit():
        known = [(IdentityKind.PHONE, phone(fields)), (IdentityKind.WHATSAPP, own or name)]
    elif channel in ("", "rcs", "whatsapp"):
        known = [(numbers.sender(name).kind, numbers.sender(name).value), (IdentityKind.WHATSAPP, own)]
    else:
        known = [(IdentityKind.CUSTOM, address)]
    return tuple(Address(kind=kind, value=value) for kind, value in known if value)


def phone(fields: Fields) -> str:
    """The number that WhatsApp knows them by, if it tells."""
    number = fields.id("WaId").removeprefix("+")
    return f"+{number}" if number.isdigit() else ""


def events(body: bytes) -> list[Parsed]:
    """What Twilio tells in JSON is of its other products: kept, with its kind."""
    try:
        told = msgspec.json.decode(whole_letters(body))
    except UNREADABLE as error:
        raise ValueError("This cannot be read.") from error
    return [strange(Fields.of(one).text("type") or "event") for one in (told if isinstance(told, list) else [told])]
