"""The channel of Telnyx: SMS, with MMS where there is any."""

from collections.abc import Mapping, Sequence
from datetime import datetime

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
)
from channels.telnyx import profile
from channels.telnyx.failures import FAILURES
from channels.telnyx.fetch import fetch
from channels.telnyx.parse import parse
from channels.telnyx.send import send
from channels.telnyx.signature import event_id, key_of, verify

FIELDS = (
    Field("api_key", "API key", is_secret=True),
    Field("public_key", "Public key of the account, which its webhooks are checked by"),
    Field("profile", "Id of the messaging profile that the numbers belong to"),
    Field("numbers", "Further numbers, with a space between two", default="", is_name=True),
    Field("media_hosts", "Where files of messages may be fetched from", default="telnyx.com telnyxcloudstorage.com"),
    Field("url", "Telnyx's address", default="https://api.telnyx.com"),
)
# All files of one message together.
MB = 1_000_000


class TelnyxChannel:
    """Telnyx's messaging API, version 2."""

    provider = "telnyx_sms"
    medium = Medium.SMS
    reaches: Sequence[IdentityKind] = (IdentityKind.PHONE,)
    capabilities = Capabilities(
        longest_text=1600,
        media_types=(
            "image/jpeg", "image/png", "image/gif", "audio/mpeg", "video/mp4", "text/vcard", "application/pdf",
        ),
        media_bytes=MB,
        most_media=10,
        counts_segments=True,
        # Whatever takes more is refused (Telnyx: "SMS Chunking", error 40302).
        most_segments=10,
    )  # fmt: skip
    fields: Sequence[Field] = FIELDS
    failures: Mapping[str, Failure] = FAILURES
    pointing = "At portal.telnyx.com, under Messaging, in the messaging profile's inbound settings: as its webhook URL."

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
        """Nobody asks: Telnyx finds no message by our id. Its webhooks tell of it."""
        raise NotImplementedError

    async def fetch(self, out: Out, access: Access, media: Media, *, most_bytes: int) -> bytes:
        """The file of a message that somebody has sent us; raises Gone, TooLarge, Refused, Unreachable or Unsure."""
        return await fetch(out, access, media, most_bytes=most_bytes)

    def complaint(self, values: Mapping[str, str]) -> str:
        """What is wrong with the fields in words; empty when nothing is."""
        try:
            key_of(values.get("public_key", ""))
        except BadSignature:
            return "This is no public key: it has 44 letters, and stands at Telnyx under Keys & Credentials."
        return numbers.complaint(values.get("numbers", ""))

    async def probe(self, out: Out, access: Access) -> Sequence[Finding]:
        """What is well and what is missing; raises Refused, Unreachable or Unsure where nobody can tell."""
        return await profile.probe(out, access)

    async def point(self, out: Out, access: Access) -> None:
        """To `access.webhook`, from now on; raises Refused, Unreachable or Unsure."""
        await profile.point(out, access)


CHANNELS: Mapping[str, Channel] = {TelnyxChannel.provider: TelnyxChannel()}
