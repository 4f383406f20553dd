"""What lines of e-mail have in common, whoever carries their mails."""

from collections.abc import Sequence

from channels.answers import UNKNOWN_MEDIA
from channels.base import Access, Field, Gone, IdentityKind, Media, Medium, Out, Refused
from channels.mail import reading
from channels.mail.mailboxes import mailbox

MB = 1024 * 1024
# Whatever people send each other; mail servers have rules of their own.
FILE_TYPES = ("image/*", "audio/*", "video/*", "text/*", "application/*")
REPLY_ADDRESS = Field(
    "reply_address",
    "Address that answers come back to, if it takes additions after a plus, such as reply@in.example.com",
    default="",
)
TRUSTED_HOP = Field("trusted_hop", "Name of the mail server whose Authentication-Results are believed", default="")
# Before the @ stand 64 letters at most (RFC 5321, 4.5.3.1.1), and 43 of them are the plus and what the hub adds.
LONGEST_BEFORE_AT = 64 - 43


class MailLine:
    """What every channel of e-mail does alike."""

    medium = Medium.EMAIL
    reaches: Sequence[IdentityKind] = (IdentityKind.EMAIL,)

    async def fetch(self, out: Out, access: Access, media: Media, *, most_bytes: int) -> bytes:
        """Nothing is kept elsewhere: the files of a mail lie within it."""
        raise Gone(UNKNOWN_MEDIA)

    def enclosed(self, raw: bytes, media: Media) -> bytes:
        """One file of a mail that was kept as it came, or Gone."""
        return reading.enclosed(raw, media)


def complaint(reply_address: str) -> str:
    """What is wrong in words with where answers come back to; empty when nothing is."""
    if not reply_address:
        return ""
    try:
        local = mailbox(reply_address).username
    except Refused:
        return "The reply address is one address alone, such as reply@in.example.com."
    if "+" in local:
        return "The reply address has no plus: Parley puts one behind what stands before the @."
    if len(local) > LONGEST_BEFORE_AT:
        return f"The reply address has {LONGEST_BEFORE_AT} letters at most before the @: Parley puts 43 more there."
    return ""
