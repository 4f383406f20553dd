"""The channel of Mailgun: e-mail by its HTTP API."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from channels.answers import UNKNOWN_MEDIA
from channels.base import (
    Access,
    Capabilities,
    Channel,
    Failure,
    Field,
    Finding,
    Gone,
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
from channels.mail import reading
from channels.mailgun import tending
from channels.mailgun.failures import FAILURES
from channels.mailgun.lookup import lookup
from channels.mailgun.parse import parse
from channels.mailgun.send import send
from channels.mailgun.signature import event_id, verify

FIELDS = (
    Field("api_key", "API key", is_secret=True),
    Field("signing_key", "HTTP webhook signing key", is_secret=True),
    Field("domain", "Sending domain at Mailgun, if it is not that of the address", default=""),
    Field(
        "reply_address",
        "Address that answers come back to, if it takes additions after a plus, such as reply@in.example.com",
        default="",
    ),
    Field("trusted_hop", "Name of the mail server whose Authentication-Results are believed", default=""),
    Field("url", "Address of Mailgun's API; for the EU https://api.eu.mailgun.net", default="https://api.mailgun.net"),
)
MB = 1024 * 1024
FILES = ("image/*", "audio/*", "video/*", "text/*", "application/*")


class MailgunChannel:
    """E-mail over Mailgun."""

    provider = "mailgun_email"
    medium = Medium.EMAIL
    reaches: Sequence[IdentityKind] = (IdentityKind.EMAIL,)
    capabilities = Capabilities(
        longest_text=500_000,
        media_types=FILES,
        media_bytes=15 * MB,
        most_media=20,
        has_subject=True,
        is_mail=True,
        looks_up=True,
        # Mailgun's events come to be found late, and out of order; it says itself that half an hour settles it.
        surely_known_after=timedelta(minutes=30),
        per_second=10,
    )
    fields: Sequence[Field] = FIELDS
    failures: Mapping[str, Failure] = FAILURES
    pointing = (
        "At app.mailgun.com, under Send, Webhooks: for every kind of event. For mails that come in, under Send, "
        "Receiving: a route that forwards to the same with /mail?as=mime behind it."
    )
    mail_hook = tending.INBOUND

    def verify(self, access: Access, hook: Hook) -> None:
        """Raise BadSignature unless it is the provider's word, and fresh."""
        verify(access, hook)

    def event_id(self, hook: Hook) -> str:
        """What the provider's repeats of this event have in common."""
        return event_id(hook)

    def parse(self, access: Access, posted: Posted) -> list[Parsed]:
        """What it tells; what makes no sense at all raises ValueError."""
        return parse(access, posted)

    async def send(self, out: Out, access: Access, message: Outbound) -> Receipt:
        """Hand it over; raises Refused, Unreachable or Unsure."""
        return await send(out, access, message)

    async def lookup(self, out: Out, access: Access, message: Outbound, *, since: datetime) -> Sequence[Receipt]:
        """The mail, where Mailgun has taken it since then; raises Refused, Unreachable or Unsure."""
        return await lookup(out, access, message, since=since)

    async def fetch(self, out: Out, access: Access, media: Media, *, most_bytes: int) -> bytes:
        """Nothing: the files of a mail lie within it."""
        raise Gone(UNKNOWN_MEDIA)

    def enclosed(self, raw: bytes, media: Media) -> bytes:
        """One file of a mail that was kept as it came, or Gone."""
        return reading.enclosed(raw, media)

    async def probe(self, out: Out, access: Access) -> Sequence[Finding]:
        """What is well and what is missing; raises Refused, Unreachable or Unsure where nobody can tell."""
        return await tending.probe(out, access)

    async def point(self, out: Out, access: Access) -> None:
        """To `access.webhook`, from now on; raises Refused, Unreachable or Unsure."""
        await tending.point(out, access)


CHANNELS: Mapping[str, Channel] = {MailgunChannel.provider: MailgunChannel()}
