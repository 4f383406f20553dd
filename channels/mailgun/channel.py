"""The channel of Mailgun: e-mail by its HTTP API."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from channels.base import (
    Access,
    Capabilities,
    Channel,
    Failure,
    Field,
    Finding,
    Hook,
    Out,
    Outbound,
    Parsed,
    Posted,
    Receipt,
)
from channels.mail import line
from channels.mail.line import FILE_TYPES, MB, REPLY_ADDRESS, TRUSTED_HOP, MailLine
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
    REPLY_ADDRESS,
    TRUSTED_HOP,
    Field("url", "Address of Mailgun's API; for the EU https://api.eu.mailgun.net", default="https://api.mailgun.net"),
)


class MailgunChannel(MailLine):
    """E-mail over Mailgun."""

    provider = "mailgun_email"
    capabilities = Capabilities(
        longest_text=500_000,
        media_types=FILE_TYPES,
        media_bytes=15 * MB,
        # The mail has 25 MB at most, and each file takes a third more in it than it has.
        bytes_together=18 * MB,
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

    def complaint(self, values: Mapping[str, str]) -> str:
        """What is wrong with the fields in words; empty when nothing is."""
        return line.complaint(values.get("reply_address", ""))

    async def probe(self, out: Out, access: Access) -> Sequence[Finding]:
        """What is well and what is missing; raises Refused, Unreachable or Unsure where nobody can tell."""
        return await tending.probe(out, access)

    async def point(self, out: Out, access: Access) -> None:
        """To `access.webhook`, from now on; raises Refused, Unreachable or Unsure."""
        await tending.point(out, access)


CHANNELS: Mapping[str, Channel] = {MailgunChannel.provider: MailgunChannel()}
