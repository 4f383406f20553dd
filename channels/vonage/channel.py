"""The channel of Vonage: SMS, with MMS where there is any."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from channels import numbers
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
)
from channels.vonage import application
from channels.vonage.failures import FAILURES
from channels.vonage.fetch import fetch
from channels.vonage.parse import parse
from channels.vonage.send import send
from channels.vonage.signature import event_id, verify

FIELDS = (
    Field("api_key", "API key"),
    Field("api_secret", "API secret", is_secret=True),
    Field("signature_secret", "Signature secret; while it is changed both, with a space between", is_secret=True),
    Field("application", "Id of the application that the numbers are linked to"),
    Field("numbers", "Further numbers, with a space between two", default="", is_name=True),
    Field("url", "Vonage's address", default="https://api.nexmo.com"),
)
KB = 1024


class VonageChannel:
    """Vonage's Messages API."""

    provider = "vonage_sms"
    medium = Medium.SMS
    reaches: Sequence[IdentityKind] = (IdentityKind.PHONE,)
    capabilities = Capabilities(
        longest_text=1000,
        media_types=(
            "image/jpeg", "image/png", "image/gif", "audio/mpeg", "video/mp4", "text/vcard", "application/pdf",
        ),
        media_bytes=600 * KB,
        most_media=10,
        counts_segments=True,
    )  # fmt: skip
    fields: Sequence[Field] = FIELDS
    failures: Mapping[str, Failure] = FAILURES
    pointing = (
        "At dashboard.vonage.com, under Applications, in the application's settings: as Inbound URL and as Status URL "
        "of its Messages capability."
    )

    def verify(self, access: Access, hook: Hook) -> None:
        """Raise BadSignature unless it is the provider's word, whole and fresh."""
        verify(access, hook)

    def event_id(self, hook: Hook) -> str:
        """What the provider's repeats of this event have in common."""
        return event_id(hook)

    def parse(self, access: Access, posted: Posted) -> list[Parsed]:
        """Every element of the event; what makes no sense at all raises ValueError."""
        return parse(access, posted)

    async def send(self, out: Out, access: Access, message: Outbound) -> Receipt:
        """Hand it over; raises Refused, Unreachable or Unsure."""
        return await send(out, access, message)

    async def lookup(self, out: Out, access: Access, message: Outbound, *, since: datetime) -> Sequence[Receipt]:
        """Nobody asks: Vonage finds no message by our id. Its webhooks tell of it."""
        raise NotImplementedError

    async def fetch(self, out: Out, access: Access, media: Media, *, most_bytes: int) -> bytes:
        """The file of a message that somebody has sent us; raises Gone, TooLarge, Refused, Unreachable or Unsure."""
        return await fetch(out, access, media, most_bytes=most_bytes)

    def complaint(self, values: Mapping[str, str]) -> str:
        """What is wrong with the fields in words; empty when nothing is."""
        return numbers.complaint(values.get("numbers", ""))

    async def probe(self, out: Out, access: Access) -> Sequence[Finding]:
        """What is well and what is missing; raises Refused, Unreachable or Unsure where nobody can tell."""
        return await application.probe(out, access)

    async def point(self, out: Out, access: Access) -> None:
        """To `access.webhook`, from now on; raises Refused, Unreachable or Unsure."""
        await application.point(out, access)


CHANNELS: Mapping[str, Channel] = {VonageChannel.provider: VonageChannel()}
