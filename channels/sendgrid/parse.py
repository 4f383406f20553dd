"""What SendGrid tells by its webhooks: what becomes of mails of ours, in batches, and mails that come in."""

import msgspec

from channels.answers import UNREADABLE
from channels.base import Access, Parsed, Posted
from channels.mail.incoming import mail_in
from channels.reading import Fields, whole_letters
from channels.sendgrid.events import told
from channels.sendgrid.inbound import mail_of


def parse(access: Access, posted: Posted) -> list[Parsed]:
    """All that it tells."""
    if (mail := mail_in(access, posted, mail_of)) is not None:
        return mail
    try:
        events = msgspec.json.decode(whole_letters(posted.body))
    except UNREADABLE as error:
        raise ValueError("This is no JSON.") from error
    if not isinstance(events, list) or not events:
        raise ValueError("These are no events.")
    return [one for event in events for one in told(access, Fields.of(event), posted)]
