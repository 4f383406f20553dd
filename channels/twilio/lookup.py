"""Asking Twilio whether it has taken a message. It knows none of our ids: whatever is alike may be it."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode

from channels.base import Access, Medium, Out, Outbound, Receipt, Unsure
from channels.reading import Fields
from channels.twilio.addresses import parted, written
from channels.twilio.asking import ask, base, place
from channels.twilio.send import body_of

# Its clock and ours may differ, and it tells whole seconds.
SKEW = timedelta(seconds=5)
PAGE, MOST_PAGES = 100, 20
OURS = "outbound"
# A trial account writes this in front of every text.
TRIAL = "Sent from your Twilio trial account - "
Found = tuple[datetime, Fields]


async def lookup(out: Out, access: Access, medium: Medium, message: Outbound, *, since: datetime) -> Sequence[Receipt]:
    """All that went to this person since then and says the same, the first first. Twilio filters and sorts by when
    something was sent, which what still waits there was not: so all that ever went to them is looked through."""
    found = [one async for one in sent_to(out, access, written(medium, message.to.value))]
    lately = [one for one in found if one[0] >= since - SKEW]
    alike = [one for one in lately if is_alike(access, message, one[1])]
    # Of those of one second too, the last in the list was the first.
    in_order = [one for _, one in sorted(reversed(alike), key=lambda one: one[0])]
    return [Receipt(id=one.id("sid"), sender=parted(one.text("from"))[1]) for one in in_order]


async def sent_to(out: Out, access: Access, to: str) -> AsyncIterator[Found]:
    """What went to them, the newest first."""
    url = place(access, f"/Messages.json?{urlencode({'To': to, 'PageSize': PAGE})}")
    for _ in range(MOST_PAGES):
        page = await ask(out, access, "GET", url)
        for one in read(page):
            yield one
        following = page.text("next_page_uri")
        if not following.startswith("/2010-04-01/"):
            return
        url = base(access) + following
    raise Unsure("more messages than can be looked through")


def read(page: Fields) -> list[Found]:
    """The messages of a page, and when each was made. A page that makes no sense says nothing of what is not in it."""
    listed = page.values.get("messages")
    if not isinstance(listed, list):
        raise Unsure("an answer that is no list")
    try:
        return [(made_at(one), one) for one in map(Fields.of, listed)]
    except (TypeError, ValueError):
        raise Unsure("a list of something else") from None


def made_at(message: Fields) -> datetime:
    """When Twilio took it; ValueError of what is no message."""
    at = parsedate_to_datetime(message.text("date_created"))
    if not message.id("sid"):
        raise ValueError("no message")
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def is_alike(access: Access, message: Outbound, one: Fields) -> bool:
    """Whether it may be this message. The words of a template are known to Twilio alone."""
    said, service = message.content, access.values.get("messaging_service_sid", "")
    is_of_service = service != "" and one.id("messaging_service_sid") == service
    is_of_number = parted(one.text("from"))[1] in access.names
    if not one.text("direction").startswith(OURS) or not (is_of_service or is_of_number):
        return False
    if said.template:
        return True
    words = one.text("body").removeprefix(TRIAL).strip()
    return words == body_of(said).strip() and int(one.number("num_media") or 0) == len(said.media)
