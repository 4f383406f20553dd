"""Fetching the files that people have sent: from Meta's own hosts and from nowhere else."""

from channels.answers import UNKNOWN_MEDIA, read
from channels.base import Access, Gone, Media, Out, Refused, TooLarge, Unsure
from channels.hosts import is_of
from channels.meta.graph import URL, ask, trouble

TIMEOUT_S = 120
# The file itself is kept elsewhere than the API; Meta's page "Media" names the first.
HOSTS = ("lookaside.fbsbx.com", "fbcdn.net")
LOST = frozenset({"unknown_object", "131052", UNKNOWN_MEDIA.code})
# Steps of a path, and no names.
NO_NAMES = ("", ".", "..")


async def fetch(out: Out, access: Access, media: Media, *, most_bytes: int) -> bytes:
    """By its id: the address that stands in the message is old after minutes, and is passed over."""
    if media.provider_id in NO_NAMES:
        raise Gone(UNKNOWN_MEDIA)
    try:
        file = await ask(out, access, "GET", media.provider_id)
    except Refused as refused:
        if refused.failure.code in LOST:
            raise Gone(UNKNOWN_MEDIA) from None
        raise
    size, url = file.number("file_size"), file.text("url")
    if size is not None and size > most_bytes:
        raise TooLarge(f"a file of {size:.0f} bytes")
    # The line's token is shown to nobody else.
    if not is_of(url, hosts=HOSTS, home=access.values.get("url") or URL):
        raise Unsure("an address of the file that is not Meta's")
    return await download(out, access, url, most_bytes)


async def download(out: Out, access: Access, url: str, most_bytes: int) -> bytes:
    """The file, for whoever has the token."""
    headers = {"authorization": f"Bearer {access.values.get('access_token', '')}"}
    answer = await out("GET", url, headers=headers, timeout_s=TIMEOUT_S, most_bytes=most_bytes)
    if answer.status == 200:
        return answer.body
    if answer.status in (404, 410):
        raise Gone(UNKNOWN_MEDIA)
    raise trouble(answer, read(answer))
