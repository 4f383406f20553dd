"""Fetching the files that people have sent, from the line's own provider and from nowhere else."""

from urllib.parse import quote

from channels.answers import BY_STATUS, UNKNOWN_MEDIA, failure_of, read, wait_of
from channels.base import Access, Gone, Media, Out, Refused, Unsure
from channels.sandbox.failures import FAILURES

TIMEOUT_S = 120
# By the bare status; any other that is no 200 says nothing for certain. That a page is not there says nothing of the
# file: it may be a proxy that did not find it.
SURELY_REFUSED = {**{status: failure.code for status, failure in BY_STATUS.items()}, 410: UNKNOWN_MEDIA.code}
# Steps of a path, and no names.
NO_NAMES = ("", ".", "..")


async def fetch(out: Out, access: Access, media: Media, *, most_bytes: int) -> bytes:
    """By its id. The address beside it is passed over: the line's key goes to the line's provider only."""
    if media.provider_id in NO_NAMES:
        raise Gone(UNKNOWN_MEDIA)
    headers = {"authorization": f"Bearer {access.values.get('key', '')}"}
    place = f"{access.values.get('url', '').rstrip('/')}/v1/media/{quote(media.provider_id, safe='')}"
    answer = await out("GET", place, headers=headers, timeout_s=TIMEOUT_S, most_bytes=most_bytes)
    if answer.status == 200:
        return answer.body
    said = read(answer).part("error").id("code") if answer.status < 500 else ""
    code = said or SURELY_REFUSED.get(answer.status)
    if not code:
        raise Unsure(f"an answer of {answer.status} that is no file")
    no = Gone if code == UNKNOWN_MEDIA.code else Refused
    raise no(failure_of(FAILURES, code), retry_after=wait_of(answer))
