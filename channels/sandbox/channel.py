"""The four channels of the sandbox: one wire, and the habits of SMS, WhatsApp, e-mail and chat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from channels.base import (
    Access,
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
from channels.sandbox import templates
from channels.sandbox.attending import show_read
from channels.sandbox.failures import FAILURES
from channels.sandbox.fetch import fetch
from channels.sandbox.parse import parse
from channels.sandbox.send import lookup, send
from channels.sandbox.signature import event_id, verify
from channels.sandbox.tending import point, probe

FIELDS = (
    Field("url", "The provider's address, such as http://127.0.0.1:8900"),
    Field("key", "Key for its API", is_secret=True),
    Field("webhook_secret", "Secret that its webhooks are signed by", is_secret=True),
)
MB = 1024 * 1024
PICTURES = ("image/jpeg", "image/png", "image/gif", "image/webp")
SOUNDS = ("audio/mpeg", "audio/ogg", "audio/amr", "audio/wav", "audio/mp4", "audio/aac")
FILMS = ("video/mp4", "video/quicktime", "video/webm", "video/3gpp")
PAPERS = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "text/plain",
    "text/csv",
    "text/vcard",
    "text/calendar",
    "application/zip",
    "image/heic",
    "application/octet-stream",
)


@dataclass(kw_only=True)
class SandboxChannel:
    """The sandbox as a provider of one medium."""

    provider: str
    medium: Medium
    # What its webhooks call people by.
    known_by: IdentityKind
    reaches: Sequence[IdentityKind]
    capabilities: Capabilities
    fields: Sequence[Field] = FIELDS
    failures: Mapping[str, Failure] = field(default_factory=lambda: FAILURES)
    pointing: str = "Start the sandbox with the line's address, its webhook's URL and its secret."

    def verify(self, access: Access, hook: Hook) -> None:
        """Raise BadSignature unless it is the provider's word, whole and fresh."""
        verify(access, hook)

    def event_id(self, hook: Hook) -> str:
        """What the provider's repeats of this event have in common."""
        return event_id(hook)

    def parse(self, access: Access, posted: Posted) -> list[Parsed]:
        """Every element of the event; what makes no sense at all raises ValueError."""
        return parse(self.known_by, posted.body)

    async def send(self, out: Out, access: Access, message: Outbound) -> Receipt:
        """Hand it over; raises Refused, Unreachable or Unsure."""
        return await send(out, access, self.medium, message)

    async def lookup(self, out: Out, access: Access, message: Outbound, *, since: datetime) -> Sequence[Receipt]:
        """What it has taken under our id; raises Unreachable or Unsure where nobody can tell."""
        return await lookup(out, access, message.id)

    async def fetch(self, out: Out, access: Access, media: Media, *, most_bytes: int) -> bytes:
        """The file of a message that somebody has sent us; raises Gone, TooLarge, Refused, Unreachable or Unsure."""
        return await fetch(out, access, media, most_bytes=most_bytes)

    async def probe(self, out: Out, access: Access) -> Sequence[Finding]:
        """How the line stands there; raises Refused, Unreachable or Unsure where nobody can tell."""
        return await probe(out, access)

    async def point(self, out: Out, access: Access) -> None:
        """Its webhooks come to us from now on; raises Refused, Unreachable or Unsure."""
        await point(out, access)


@dataclass(kw_only=True)
class SandboxWhatsapp(SandboxChannel):
    """The sandbox as a provider of WhatsApp, which keeps templates, and shows people more of us than
    our messages."""

    async def show_read(self, out: Out, access: Access, id: str, *, is_typing: bool) -> None:
        """The message that it calls so; raises Refused, Unreachable or Unsure."""
        await show_read(out, access, id, is_typing=is_typing)

    async def keep_example(self, out: Out, access: Access, file: Media) -> str:
        """Nobody there looks at files: its address will do."""
        return file.url

    async def list_templates(self, out: Out, access: Access) -> Sequence[TemplateListed]:
        """All that it has, in every language; raises Refused, Unreachable or Unsure."""
        return await templates.list_templates(out, access)

    async def create_template(self, out: Out, access: Access, draft: TemplateDraft) -> TemplateListed:
        """Hand it in to be looked at; raises Refused, Unreachable or Unsure. After Unsure the list tells."""
        return await templates.create_template(out, access, draft)

    async def delete_template(self, out: Out, access: Access, name: str, *, language: str = "") -> None:
        """In one language, or in all; that it is not there is no error. Raises Refused, Unreachable or Unsure."""
        await templates.delete_template(out, access, name, language=language)


SMS = SandboxChannel(
    provider="sandbox_sms",
    medium=Medium.SMS,
    known_by=IdentityKind.PHONE,
    reaches=(IdentityKind.PHONE,),
    capabilities=Capabilities(
        longest_text=1600,
        media_types=PICTURES[:3],
        media_bytes=5 * MB,
        most_media=10,
        counts_segments=True,
        looks_up=True,
    ),
)
WHATSAPP = SandboxWhatsapp(
    provider="sandbox_whatsapp",
    medium=Medium.WHATSAPP,
    known_by=IdentityKind.WHATSAPP,
    reaches=(IdentityKind.WHATSAPP, IdentityKind.PHONE),
    capabilities=Capabilities(
        longest_text=4096,
        media_types=(*PICTURES, *SOUNDS, *FILMS, *PAPERS),
        media_bytes=16 * MB,
        most_media=10,
        mixes_media=False,
        window=timedelta(hours=24),
        has_templates=True,
        needs_opt_in=True,
        most_choices=10,
        takes_place=True,
        takes_cards=True,
        takes_reactions=True,
        takes_replies=True,
        looks_up=True,
        per_second=80,
        pair_every_s=6,
        pair_burst=45,
    ),
)
EMAIL = SandboxChannel(
    provider="sandbox_email",
    medium=Medium.EMAIL,
    known_by=IdentityKind.EMAIL,
    reaches=(IdentityKind.EMAIL,),
    capabilities=Capabilities(
        longest_text=500_000,
        media_types=(*PICTURES, *SOUNDS, *FILMS, *PAPERS),
        media_bytes=25 * MB,
        most_media=20,
        has_subject=True,
        looks_up=True,
    ),
)
CHAT = SandboxChannel(
    provider="sandbox_chat",
    medium=Medium.CHAT,
    known_by=IdentityKind.VISITOR,
    reaches=(IdentityKind.VISITOR,),
    capabilities=Capabilities(
        longest_text=10_000,
        media_types=(*PICTURES, *SOUNDS, *FILMS, *PAPERS),
        media_bytes=10 * MB,
        most_media=10,
        looks_up=True,
        per_second=50,
    ),
)

CHANNELS: Mapping[str, Channel] = {channel.provider: channel for channel in (SMS, WHATSAPP, EMAIL, CHAT)}
