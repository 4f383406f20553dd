"""The four channels of the sandbox: one wire, and the habits of SMS, WhatsApp, e-mail and chat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from channels.base import (
    Access,
    Capabilities,
    Channel,
    Failure,
    Field,
    Hook,
    Http,
    IdentityKind,
    Media,
    Medium,
    Outbound,
    Parsed,
    Receipt,
)
from channels.sandbox.failures import FAILURES
from channels.sandbox.fetch import fetch
from channels.sandbox.parse import parse
from channels.sandbox.send import lookup, send
from channels.sandbox.signature import event_id, verify

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

    def verify(self, access: Access, hook: Hook) -> None:
        """Raise BadSignature unless it is the provider's word, whole and fresh."""
        verify(access, hook)

    def event_id(self, hook: Hook) -> str:
        """What the provider's repeats of this event have in common."""
        return event_id(hook)

    def parse(self, access: Access, body: bytes) -> list[Parsed]:
        """Every element of the event; what makes no sense at all raises ValueError."""
        return parse(self.known_by, body)

    async def send(self, http: Http, access: Access, message: Outbound) -> Receipt:
        """Hand it over; raises Refused, Unreachable or Unsure."""
        return await send(http, access, self.medium, message)

    async def lookup(self, http: Http, access: Access, id: str) -> Receipt | None:
        """What became of the message that we have called `id`; raises Unreachable or Unsure where nobody can tell."""
        return await lookup(http, access, id)

    async def fetch(self, http: Http, access: Access, media: Media, *, most_bytes: int) -> bytes:
        """The file of a message that somebody has sent us; raises Gone, TooLarge, Refused, Unreachable or Unsure."""
        return await fetch(http, access, media, most_bytes=most_bytes)


SMS = SandboxChannel(
    provider="sandbox_sms",
    medium=Medium.SMS,
    known_by=IdentityKind.PHONE,
    reaches=(IdentityKind.PHONE,),
    capabilities=Capabilities(
        longest_text=1600, media_types=PICTURES[:3], media_bytes=5 * MB, most_media=10, looks_up=True
    ),
)
WHATSAPP = SandboxChannel(
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
