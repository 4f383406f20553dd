"""Mails that SendGrid's Inbound Parse hands over: whole, or taken apart (Twilio SendGrid: "Inbound Parse Webhook")."""

from collections.abc import Iterator

from channels.base import Posted
from channels.forms import Form, Part, read_form
from channels.mail.charsets import cleaned, letters
from channels.mail.incoming import handed_in
from channels.mail.rebuilding import Enclosure, is_field, line_of, lines_of, rebuilt
from channels.reading import Fields

WHOLE, HEADERS = "email", "headers"
# What the parts of one that has lost its headers are called, and what those were.
NAMED = ("from", "to", "cc", "subject")


def mail_of(posted: Posted) -> Posted:
    """The mail, as it would have come by itself; ValueError of a form that has none."""
    form = read_form(posted.body, posted.content_type)
    envelope = Fields.of(form.json("envelope"))
    recipients = ", ".join(one for one in envelope.items("to") if isinstance(one, str))
    sender = envelope.text("from") if "from" in envelope.values else None
    return handed_in(form.content(WHOLE) or put_together(form), posted, recipient=recipients, sender=sender)


def put_together(form: Form) -> bytes:
    """Of one that was taken apart."""
    charsets = Fields.of(form.json("charsets"))
    heads = list(filter(is_field, lines_of(form.content(HEADERS) or b"")))
    if not heads:
        heads = [line_of(name, value) for name in NAMED if (value := words(form, charsets, name))]
    if not heads:
        raise ValueError("This is no mail.")
    return rebuilt(heads, words(form, charsets, "text"), words(form, charsets, "html"), list(files(form)))


def words(form: Form, charsets: Fields, name: str) -> str:
    """A field, which SendGrid leaves in whatever the sender has written it."""
    return cleaned(letters(form.content(name) or b"", charsets.text(name)))


def files(form: Form) -> Iterator[Enclosure]:
    """Those that came with it. What they are called stands beside them a second time, and better."""
    about = Fields.of(form.json("attachment-info"))
    for part in form.parts:
        if part.name.startswith("attachment") and part.name.removeprefix("attachment").isdigit():
            yield file(part, about.part(part.name))


def file(part: Part, about: Fields) -> Enclosure:
    """One of them."""
    return Enclosure(
        name=about.text("filename") or part.file_name or about.text("name"),
        type=about.text("type") or part.type,
        content=part.content,
        content_id=about.text("content-id"),
    )
