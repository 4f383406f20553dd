"""What Mailgun tells by its webhooks: what becomes of a mail of ours, and mails that come in by a route."""

import msgspec

from channels.answers import UNREADABLE
from channels.base import Access, Parsed, Posted
from channels.mail.incoming import mail_in
from channels.mailgun.events import told
from channels.mailgun.inbound import mail_of
from channels.reading import Fields, whole_letters


def parse(access: Access, posted: Posted) -> list[Parsed]:
    """The one thing that it tells, if it is anything."""
    if (mail := mail_in(access, posted, mail_of)) is not None:
        return mail
    try:
        said = msgspec.json.decode(whole_letters(posted.body))
    except UNREADABLE as error:
        raise ValueError("This is no JSON.") from error
    if not isinstance(said, dict):
        raise ValueError("This is no event.")
    return told(access, Fields(said), posted)
