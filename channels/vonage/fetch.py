"""Fetching the files that people have sent, from Vonage's own hosts and from nowhere else."""

from channels.answers import UNKNOWN_MEDIA, file_in
from channels.base import Access, Gone, Media, Out, Refused
from channels.hosts import is_of
from channels.vonage.failures import LOCKED_MEDIA

TIMEOUT_S = 120
HOSTS = ("nexmo.com", "vonage.com")
LOCKED = (401, 403)


async def fetch(out: Out, access: Access, media: Media, *, most_bytes: int) -> bytes:
    """By its address, which is good for 48 hours and asks for no key: none is shown there (Vonage: "Secure Inbound
    Media", the standard way)."""
    if not is_of(media.url, hosts=HOSTS, home=access.values.get("url", "")):
        raise Gone(UNKNOWN_MEDIA)
    answer = await out("GET", media.url, headers={}, timeout_s=TIMEOUT_S, most_bytes=most_bytes)
    if answer.status in LOCKED:
        raise Refused(LOCKED_MEDIA)
    return file_in(answer)
