"""Mails that a route of Mailgun hands over: whole, or taken apart (Mailgun: "Receiving Messages via HTTP through a
forward() action")."""

from collections.abc import Iterator

from channels.base import Posted
from channels.forms import Form, read_form
from channels.mail.incoming import handed_in
from channels.mail.rebuilding import Enclosure, line_of, rebuilt
from channels.reading import Fields

WHOLE, HEADERS, FILE = "body-mime", "message-headers", "attachment-"
# What the parts of one that has lost its headers are called, and what those were.
NAMED = ("from", "To", "Cc", "subject")


def mail_of(posted: Posted) -> Posted:
    """The mail, as it would have come by itself; ValueError of a form that has none."""
    form = read_form(posted.body, posted.content_type)
    sender = None if form.content("sender") is None else form.text("sender")
    return handed_in(form.content(WHOLE) or put_together(form), posted, recipient=form.text("recipient"), sender=sender)


def put_together(form: Form) -> bytes:
    """Of one that was taken apart: Mailgun has made everything UTF-8."""
    heads = list(heads_of(form)) or [line_of(name, value) for name in NAMED if (value := form.text(name))]
    if not heads:
        raise ValueError("This is no mail.")
    return rebuilt(heads, form.text("body-plain"), form.text("body-html"), list(files(form)))


def heads_of(form: Form) -> Iterator[bytes]:
    """The mail's own header lines, in order."""
    pairs = form.json(HEADERS)
    for pair in pairs if isinstance(pairs, list) else []:
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(one, str) for one in pair):
            yield line_of(pair[0], pair[1])


def files(form: Form) -> Iterator[Enclosure]:
    """Those that came with it. By which of them the HTML shows what stands beside them."""
    cids = Fields.of(form.json("content-id-map")).values
    by_file = {name: cid for cid, name in cids.items() if isinstance(name, str)}
    for part in form.parts:
        if part.name.startswith(FILE) and part.name.removeprefix(FILE).isdigit():
            yield Enclosure(part.file_name, part.type, part.content, by_file.get(part.name, ""))
