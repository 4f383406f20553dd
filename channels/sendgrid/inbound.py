"""Mails that SendGrid's Inbound Parse hands over: whole, or taken apart (Twilio SendGrid: "Inbound Parse Webhook")."""

from collections.abc import Iterator

import msgspec

from channels.answers import UNREADABLE
from channels.base import Posted
from channels.forms import Form, Part, read_form
from channels.mail.reading import MAIL_TYPE
from channels.mail.rebuilding import Enclosure, is_field, line_of, lines_of, rebuilt
from channels.reading import Fields

WHOLE, HEADERS = "email", "headers"
# What the parts of one that has lost its headers are called, and what those were.
NAMED = ("from", "to", "cc", "subject")
NOBODY = "<>"


def mail_of(posted: Posted) -> Posted:
    """The mail, as it would have come by itself; ValueError of a form that has none."""
    form = read_form(posted.body, posted.content_type)
    envelope = object_in(form, "envelope")
    recipients = [one for one in envelope.items("to") if isinstance(one, str)]
    query = {"recipient": ", ".join(recipients)} if recipients else {}
    if "from" in envelope.values:
        query["sender"] = envelope.text("from") or NOBODY
    return Posted(form.content(WHOLE) or put_together(form), MAIL_TYPE, query, posted.at)


def put_together(form: Form) -> bytes:
    """Of one that was taken apart."""
    charsets = object_in(form, "charsets")
    heads = list(filter(is_field, lines_of(form.content(HEADERS) or b"")))
    if not heads:
        heads = [line_of(name, value) for name in NAMED if (value := words(form, charsets, name))]
    if not heads:
        raise ValueError("This is no mail.")
    return rebuilt(heads, words(form, charsets, "text"), words(form, charsets, "html"), list(files(form)))


def words(form: Form, charsets: Fields, name: str) -> str:
    """A field, which SendGrid leaves in whatever the sender has written it."""
    return form.text(name, charsets.text(name) or "utf-8")


def files(form: Form) -> Iterator[Enclosure]:
    """Those that came with it. What they are called stands beside them a second time, and better."""
    about = object_in(form, "attachment-info")
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


def object_in(form: Form, name: str) -> Fields:
    """A field that is JSON; nothing, where it makes no sense."""
    try:
        return Fields.of(msgspec.json.decode(form.content(name) or b"{}"))
    except UNREADABLE:
        return Fields({})
