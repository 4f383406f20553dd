"""What Mailgun tells by its webhooks: what becomes of a mail of ours, and mails that come in by a route."""

import msgspec

from channels.answers import UNREADABLE
from channels.base import Access, Parsed, Posted
from channels.forms import is_form, kind_of
from channels.mail.reading import MAIL_TYPE, read
from channels.mailgun.events import told
from channels.mailgun.inbound import mail_of
from channels.reading import Fields, whole_letters


def parse(access: Access, posted: Posted) -> list[Parsed]:
    """The one thing that it tells, if it is anything."""
    if kind_of(posted.content_type) == MAIL_TYPE:
        return read(access, posted)
    if is_form(posted.content_type):
        return read(access, mail_of(posted))
    try:
        said = msgspec.json.decode(whole_letters(posted.body))
    except UNREADABLE as error:
        raise ValueError("This is no JSON.") from error
    if not isinstance(said, dict):
        raise ValueError("This is no event.")
    return told(access, Fields(said), posted)
