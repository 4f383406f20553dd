"""The channel of e-mail over any mail server: out by SMTP, in by whatever hands mails to the hub or is read by it."""

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
from channels.mail import line, reading
from channels.mail.failures import FAILURES
from channels.mail.line import FILE_TYPES, MB, REPLY_ADDRESS, TRUSTED_HOP, MailLine
from channels.mail.send import SECURITIES, probe, send

FIELDS = (
    Field("host", "Name of the mail server that takes mail to be sent, such as smtp.example.com"),
    Field("port", "Its port: mostly 587 for starttls, 465 for tls", default="587"),
    Field("user", "User to sign in there by; often the address", default=""),
    Field("password", "Password of the user, or one made for programs", is_secret=True, default=""),
    Field("security", "How the connection is encrypted: starttls, tls or none", default="starttls"),
    Field("imap_host", "Name of the mail server that mail is read from, if Parley is to read a mailbox", default=""),
    Field("imap_port", "Its port", default="993"),
    Field("imap_user", "User of the mailbox; often the address", default=""),
    Field("imap_password", "Password of the mailbox", is_secret=True, default=""),
    Field("imap_sent", "Folder of sent mail, if the server does not say which it is", default=""),
    REPLY_ADDRESS,
    TRUSTED_HOP,
)
LOOPBACK = ("localhost", "127.", "::1")


class MailChannel(MailLine):
    """E-mail over a mail server."""

    provider = "smtp_email"
    capabilities = Capabilities(
        longest_text=500_000,
        media_types=FILE_TYPES,
        media_bytes=20 * MB,
        # Few servers take as much.
        bytes_together=50 * MB,
        most_media=20,
        has_subject=True,
        is_mail=True,
        per_second=5,
    )
    fields: Sequence[Field] = FIELDS
    failures: Mapping[str, Failure] = FAILURES
    # A mail server has no webhooks.
    pointing = ""

    def complaint(self, values: Mapping[str, str]) -> str:
        """What is wrong with them in words; empty when nothing is."""
        security, host = values.get("security", ""), values.get("host", "").strip()
        if security not in SECURITIES:
            return "The security is one of starttls, tls and none."
        for name in ("port", "imap_port"):
            if not is_port(values.get(name, "")):
                return f"The {name.replace('_', ' ')} is a number from 1 to 65535."
        if not host or any(letter in host for letter in " /@"):
            return "The host is the name of a mail server alone, such as smtp.example.com."
        if bool(values.get("user")) != bool(values.get("password")):
            return "A user needs a password, and a password a user."
        if security == "none" and values.get("password") and not host.startswith(LOOPBACK):
            return "A password is not sent in clear: take starttls or tls as the security."
        return line.complaint(values.get("reply_address", ""))

    def verify(self, access: Access, hook: Hook) -> None:
        """Nothing comes by webhook."""
        raise BadSignature("unset")

    def event_id(self, hook: Hook) -> str:
        """The hub counts mails itself."""
        return ""

    def parse(self, access: Access, posted: Posted) -> list[Parsed]:
        """One mail; what makes no sense at all raises ValueError."""
        if posted.content_type != reading.MAIL_TYPE:
            raise ValueError("no mail")
        return reading.read(access, posted)

    async def send(self, out: Out, access: Access, message: Outbound) -> Receipt:
        """Hand it over; raises Refused, Unreachable or Unsure."""
        return await send(out, access, message)

    async def lookup(self, out: Out, access: Access, message: Outbound, *, since: datetime) -> Sequence[Receipt]:
        """Nobody asks: a mail server does not know what it has taken."""
        raise NotImplementedError

    async def probe(self, out: Out, access: Access) -> Sequence[Finding]:
        """How the mail server takes us; raises Refused, Unreachable or Unsure where nobody can tell."""
        return await probe(out, access)


def is_port(text: str) -> bool:
    """Whether it is the number of one."""
    return text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) <= 65535


CHANNELS: Mapping[str, Channel] = {MailChannel.provider: MailChannel()}
