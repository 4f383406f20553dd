"""The channel of SendGrid: e-mail by its Web API, version 3."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from channels.base import (
    Access,
    BadSignature,
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
from channels.sendgrid import tending
from channels.sendgrid.failures import FAILURES
from channels.sendgrid.parse import parse
from channels.sendgrid.send import send
from channels.sendgrid.signature import event_id, keys_of, verify

FIELDS = (
    Field("api_key", "API key, which begins with SG.", is_secret=True),
    Field(
        "public_key", "Verification key of the event webhook; with a space between, that of Inbound Parse", default=""
    ),
    Field(
        "inbound_key",
        "A word of your own of 20 letters and digits at least, that the URL of Inbound Parse ends with",
        is_secret=True,
        default="",
    ),
    REPLY_ADDRESS,
    TRUSTED_HOP,
    Field(
        "url", "Address of SendGrid's API; for the EU https://api.eu.sendgrid.com", default="https://api.sendgrid.com"
    ),
)
# What stands in a URL as it is, and nobody guesses.
INBOUND_KEY = re.compile(r"[A-Za-z0-9]{20,100}")


class SendGridChannel(MailLine):
    """E-mail over SendGrid."""

    provider = "sendgrid_email"
    capabilities = Capabilities(
        longest_text=500_000,
        media_types=FILE_TYPES,
        media_bytes=20 * MB,
        # The mail has 30 MB at most, and each file takes a third more in it than it has.
        bytes_together=22 * MB,
        most_media=20,
        has_subject=True,
        is_mail=True,
        per_second=10,
    )
    fields: Sequence[Field] = FIELDS
    failures: Mapping[str, Failure] = FAILURES
    pointing = (
        "At app.sendgrid.com, under Settings, Mail Settings, Event Webhooks: as the Post URL, with Signature "
        "Verification on. For mails that come in, under Settings, Inbound Parse: the same with /mail?key= and the "
        "line's inbound_key behind it."
    )
    mail_hook = "/mail?key={inbound_key}"

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
        """Nobody asks: SendGrid tells what it has sent only for more money. Its webhooks tell of it."""
        raise NotImplementedError

    def complaint(self, values: Mapping[str, str]) -> str:
        """What is wrong with the fields in words; empty when nothing is."""
        key = values.get("inbound_key", "")
        if key and not INBOUND_KEY.fullmatch(key):
            return "The inbound key has 20 to 100 letters from A to Z and digits: whoever guesses it can hand in mails."
        try:
            keys_of(values.get("public_key", ""))
        except BadSignature:
            return "This is no verification key: it begins with MFkw, and stands beside the webhook at SendGrid."
        return line.complaint(values.get("reply_address", ""))

    async def probe(self, out: Out, access: Access) -> Sequence[Finding]:
        """What is well and what is missing; raises Refused, Unreachable or Unsure where nobody can tell."""
        return await tending.probe(out, access)

    async def point(self, out: Out, access: Access) -> None:
        """To `access.webhook`, from now on; raises Refused, Unreachable or Unsure."""
        await tending.point(out, access)


CHANNELS: Mapping[str, Channel] = {SendGridChannel.provider: SendGridChannel()}
