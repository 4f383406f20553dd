"""The files of a mail. Each is called by the place of its part, by which it is found again in the mail as it was
kept."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice
from urllib.parse import unquote

from channels.answers import UNKNOWN_MEDIA
from channels.base import Gone, Media
from channels.mail.charsets import cleaned
from channels.mail.headers import split
from channels.mail.parts import Part
from channels.mail.words import is_words

# More than these are had from the original.
MOST_FILES, LONGEST_NAME = 50, 200
# What the words show in their midst, and is smaller, is a logo, a line or a trap that counts readers.
LEAST_SHOWN = 10_000
# They vouch for a mail, and say nothing.
SEALS = {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
# How HTML shows a part, and so often it is looked at.
SHOWN, MOST_SHOWN = re.compile(r"""cid:([^\s"'<>()]{1,500})"""), 20_000
CALENDAR = {"text/calendar", "application/ics"}
NAMES = {
    "text/calendar": "invitation.ics",
    "application/ics": "invitation.ics",
    "text/vcard": "contact.vcf",
    "text/x-vcard": "contact.vcf",
    "text/directory": "contact.vcf",
    "application/ms-tnef": "winmail.dat",
    "application/pkcs7-mime": "smime.p7m",
    "application/x-pkcs7-mime": "smime.p7m",
    "text/html": "page.html",
    "text/plain": "text.txt",
}
MAILS = {"message/rfc822", "message/global"}
# What nothing can be read of without a key, or without Outlook.
CLOSED = {
    "application/pkcs7-mime": "smime",
    "application/x-pkcs7-mime": "smime",
    "application/pgp-encrypted": "pgp",
    "application/ms-tnef": "winmail",
}


def files_of(mail: Part, html: str, *, is_whole: bool = True) -> tuple[tuple[Media, ...], bool]:
    """All that people should see as files, and whether there are more of them. Where the mail ends before its end, so
    does the file in its last part, which is none any more."""
    found = [part for part in parts_with_files(mail, shown_in(html.lower())) if is_whole or part.end < len(part.raw)]
    return tuple(map(media_of, found[:MOST_FILES])), len(found) > MOST_FILES


def shown_in(html: str) -> set[str]:
    """The ids of what it shows, each as it may be meant: some programs write it as it stands in a URL."""
    written = {found[1] for found in islice(SHOWN.finditer(html), MOST_SHOWN)}
    return written | {unquote(unescape(one)) for one in written}


def parts_with_files(mail: Part, shown: set[str]) -> Iterator[Part]:
    """The parts that are files; an invitation that is there twice is one."""
    invitations = set[bytes]()
    for part in mail.leaves():
        if is_words(part) or part.type in SEALS or part.type == "application/pgp-encrypted" or not part.body.strip():
            continue
        if part.type in CALENDAR:
            said = b"".join(part.content.split())
            if said in invitations:
                continue
            invitations.add(said)
        if part.content_id.lower() not in shown or len(part.content) >= LEAST_SHOWN:
            yield part


def media_of(part: Part) -> Media:
    """As the hub hears of it."""
    return Media(type=part.type, name=named(part), provider_id=part.name, size=len(part.content))


def named(part: Part) -> str:
    """What it is called, without a way to it."""
    given = re.split(r"[/\\]", part.file_name)[-1].strip(" .")
    if not given and part.type in MAILS:
        subject = split(part.content, 0, len(part.content))[0].words("subject")
        given = re.sub(r'[/\\:*?"<>|]+', " ", subject)[: LONGEST_NAME - 4].strip(" .") or "mail"
    if part.type in MAILS and not given.lower().endswith(".eml"):
        given += ".eml"
    return cleaned(given).replace("\n", " ")[-LONGEST_NAME:] or NAMES.get(part.type, "file")


def closed_by(mail: Part) -> str:
    """By what a mail is closed of which nothing can be read; empty where it is not."""
    return next((CLOSED[part.type] for part in mail.leaves() if part.type in CLOSED), "")


def content_of(mail: Part, media: Media) -> bytes:
    """What the file says, or Gone."""
    part = next((part for part in mail.leaves() if part.name == media.provider_id), None)
    if part is None:
        raise Gone(UNKNOWN_MEDIA)
    return part.content
