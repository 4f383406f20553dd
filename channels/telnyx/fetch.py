"""Fetching the files that people have sent, from where Telnyx keeps them and from nowhere else."""

from urllib.parse import urlsplit

from channels.answers import UNKNOWN_MEDIA, file_in
from channels.base import Access, Gone, Media, Out, Refused
from channels.hosts import is_of
from channels.telnyx.failures import MEDIA_ELSEWHERE

TIMEOUT_S = 120
# The address is good for some days; the store behind it says of one that is too old that it is forbidden.
GONE = (403, 404, 410)


async def fetch(out: Out, access: Access, media: Media, *, most_bytes: int) -> bytes:
    """By its address, which asks for no key: none is shown there."""
    if not is_address(media.url):
        raise Gone(UNKNOWN_MEDIA)
    if not is_of(media.url, hosts=hosts(access), home=access.values.get("url", "")):
        raise Refused(MEDIA_ELSEWHERE)
    return file_in(await out("GET", media.url, headers={}, timeout_s=TIMEOUT_S, most_bytes=most_bytes), gone=GONE)


def is_address(url: str) -> bool:
    """Whether there is anything to ask at all."""
    try:
        return bool(urlsplit(url).netloc)
    except ValueError:
        return False


def hosts(access: Access) -> list[str]:
    """Where Telnyx keeps files: it does not say so anywhere, and may move."""
    return access.values.get("media_hosts", "").lower().split()
