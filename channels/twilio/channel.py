"""The two channels of Twilio: one wire, and the habits of SMS and of WhatsApp."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from channels import numbers
from channels.base import (
    Access,
    BadSignature,
    Capabilities,
    Channel,
    Failure,
    Field,
    Finding,
    Hook,
    IdentityKind,
    Media,
    Medium,
    Out,
    Outbound,
    Parsed,
    Posted,
    Receipt,
    TemplateDraft,
    TemplateListed,
)
from channels.twilio import contents, templates
from channels.twilio.failures import FAILURES
from channels.twilio.fetch import fetch
from channels.twilio.lookup import lookup
from channels.twilio.parse import parse
from channels.twilio.probe import point, probe
from channels.twilio.send import send
from channels.twilio.signature import event_id, verify

FIELDS = (
    Field("account_sid", "Account SID, which begins with AC"),
    Field(
        "auth_token", "Auth token; while it is changed both, with a space between, the new one first", is_secret=True
    ),
    Field("messaging_service_sid", "Messaging service's SID, which begins with MG", default="", is_name=True),
    Field("numbers", "Further numbers of the line, with a space between two", default="", is_name=True),
    Field("url", "Address of Twilio's API", default="https://api.twilio.com"),
)
ACCOUNT, SERVICE = re.compile(r"AC[0-9a-f]{32}"), re.compile(r"MG[0-9a-f]{32}")
HERE = "This is the line's webhook: enter it in Twilio's console, with HTTP POST.\n"
MB = 1024 * 1024
PICTURES = ("image/jpeg", "image/png")
SOUNDS = ("audio/mpeg", "audio/ogg", "audio/amr", "audio/3gpp")
FILMS = ("video/mp4", "video/3gpp")
OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(kw_only=True)
class TwilioChannel:
    """Twilio as a provider of one medium."""

    provider: str
    medium: Medium
    reaches: Sequence[IdentityKind]
    capabilities: Capabilities
    # Where at Twilio the webhook's URL is entered by hand.
    pointing: str
    fields: Sequence[Field] = FIELDS
    failures: Mapping[str, Failure] = field(default_factory=lambda: FAILURES)

    def complaint(self, values: Mapping[str, str]) -> str:
        """What is wrong with the fields in words; empty when nothing is."""
        service = values.get("messaging_service_sid", "")
        if not ACCOUNT.fullmatch(values.get("account_sid", "")):
            return "The account SID is AC and 32 letters and digits: it stands on the first page of Twilio's console."
        if service and not SERVICE.fullmatch(service):
            return "A messaging service's SID is MG and 32 letters and digits."
        return numbers.complaint(values.get("numbers", ""))

    def verify(self, access: Access, hook: Hook) -> None:
        """Raise BadSignature unless it is Twilio's word, and whole."""
        verify(access, hook)

    def check(self, access: Access, hook: Hook) -> str:
        """Nobody at Twilio asks. A line that is set to GET there would send these words to whoever writes to it."""
        if "MessageSid" in hook.query or "SmsSid" in hook.query:
            raise BadSignature("get")
        return HERE

    def event_id(self, hook: Hook) -> str:
        """What the provider's repeats of this event have in common."""
        return event_id(hook)

    def parse(self, access: Access, posted: Posted) -> list[Parsed]:
        """What it tells; what makes no sense at all raises ValueError."""
        return parse(self.medium, access, posted)

    async def send(self, out: Out, access: Access, message: Outbound) -> Receipt:
        """Hand it over; raises Refused, Unreachable or Unsure."""
        return await send(out, access, self.medium, message)

    async def lookup(self, out: Out, access: Access, message: Outbound, *, since: datetime) -> Sequence[Receipt]:
        """What it has taken since then that may be this message; raises Refused, Unreachable or Unsure."""
        return await lookup(out, access, self.medium, message, since=since)

    async def fetch(self, out: Out, access: Access, media: Media, *, most_bytes: int) -> bytes:
        """The file of a message that somebody has sent us; raises Gone, TooLarge, Refused, Unreachable or Unsure."""
        return await fetch(out, access, media, most_bytes=most_bytes)

    async def probe(self, out: Out, access: Access) -> Sequence[Finding]:
        """What is well and what is missing; raises Refused, Unreachable or Unsure where nobody can tell."""
        return await probe(out, access, self.medium)

    async def point(self, out: Out, access: Access) -> None:
        """Its webhooks go to this line; raises Refused, Unreachable or Unsure."""
        await point(out, access, self.medium)


class TwilioWhatsapp(TwilioChannel):
    """WhatsApp, with templates that Twilio keeps."""

    async def keep_example(self, out: Out, access: Access, file: Media) -> str:
        """Where Twilio finds it; raises Refused."""
        return contents.kept_example(file)

    async def list_templates(self, out: Out, access: Access) -> Sequence[TemplateListed]:
        """All that were handed in; raises Refused, Unreachable or Unsure."""
        return await templates.list_templates(out, access)

    async def create_template(self, out: Out, access: Access, draft: TemplateDraft) -> TemplateListed:
        """Hand it in to be looked at; raises Refused, Unreachable or Unsure."""
        return await templates.create_template(out, access, draft)

    async def delete_template(self, out: Out, access: Access, name: str, *, language: str = "") -> None:
        """In one language, or in all; raises Refused, Unreachable or Unsure."""
        await templates.delete_template(out, access, name, language=language)


SMS = TwilioChannel(
    provider="twilio_sms",
    medium=Medium.SMS,
    reaches=(IdentityKind.PHONE,),
    capabilities=Capabilities(
        longest_text=1600,
        media_types=(*PICTURES, "image/gif", *SOUNDS, *FILMS, "application/pdf", "text/vcard", "text/calendar"),
        media_bytes=5 * MB,
        most_media=10,
        counts_segments=True,
        looks_up=True,
    ),
    pointing="In Twilio's console, under the number's Messaging configuration (or under the messaging service's "
    'Integration): "A message comes in", Webhook, HTTP POST.',
)
WHATSAPP = TwilioWhatsapp(
    provider="twilio_whatsapp",
    medium=Medium.WHATSAPP,
    reaches=(IdentityKind.PHONE, IdentityKind.WHATSAPP),
    capabilities=Capabilities(
        longest_text=1600,
        media_types=(
            *PICTURES,
            *SOUNDS,
            *FILMS,
            "application/pdf",
            "application/msword",
            f"{OFFICE}.wordprocessingml.document",
            f"{OFFICE}.spreadsheetml.sheet",
            f"{OFFICE}.presentationml.presentation",
            "text/vcard",
        ),
        media_bytes=16 * MB,
        bytes_by_type=(("image/", 5 * MB),),
        most_media=10,
        mixes_media=False,
        window=timedelta(hours=24),
        has_templates=True,
        needs_opt_in=True,
        takes_place=True,
        looks_up=True,
        per_second=80,
        pair_every_s=6,
        pair_burst=45,
    ),
    pointing="In Twilio's console, under Messaging, Senders, WhatsApp senders: the sender's \"Webhook URL for incoming "
    'messages", HTTP POST.',
)

CHANNELS: Mapping[str, Channel] = {channel.provider: channel for channel in (SMS, WHATSAPP)}
