"""Fetching the files that people have sent, from where Telnyx keeps them and from nowhere else."""

from urllib.parse import urlsplit

from channels.answers import BY_STATUS, UNKNOWN_MEDIA, failure_of, wait_of
from channels.base import Access, Gone, Media, Out, Refused, Unsure
from channels.hosts import is_of
from channels.telnyx.failures import FAILURES, MEDIA_ELSEWHERE

TIMEOUT_S = 120
# The address is good for some days; the store behind it says of one that is too old that it is forbidden.
GONE = (403, 404, 410)


async def fetch(out: Out, access: Access, media: Media, *, most_bytes: int) -> bytes:
    """By its address, which asks for no key: none is shown there."""
    if not is_address(media.url):
        raise Gone(UNKNOWN_MEDIA)
    if not is_of(media.url, hosts=hosts(access), home=access.values.get("url", "")):
        raise Refused(MEDIA_ELSEWHERE)
    answer = await out("GET", media.url, headers={}, timeout_s=TIMEOUT_S, most_bytes=most_bytes)
    if answer.status == 200:
        return answer.body
    if answer.status in GONE:
        raise Gone(UNKNOWN_MEDIA)
    if answer.status not in BY_STATUS:
        raise Unsure(f"an answer of {answer.status} that is no file")
    raise Refused(failure_of(FAILURES, BY_STATUS[answer.status].code), retry_after=wait_of(answer))


def is_address(url: str) -> bool:
    """Whether there is anything to ask at all."""
    try:
        return bool(urlsplit(url).netloc)
    except ValueError:
        return False


def hosts(access: Access) -> list[str]:
    """Where Telnyx keeps files: it does not say so anywhere, and may move."""
    return access.values.get("media_hosts", "").lower().split()
