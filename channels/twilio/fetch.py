"""Fetching the files that people have sent. Twilio hands them over to whoever has the line's token, or sends them on to
where it keeps files: nobody else gets the token, and nothing is fetched from anywhere else."""

import re
from urllib.parse import urljoin

from channels.answers import UNKNOWN_MEDIA, read
from channels.base import Access, Gone, HttpAnswer, Media, Out
from channels.hosts import is_of
from channels.twilio.asking import base, credentials, place, refuse

TIMEOUT_S = 120
# The message and the file, as parse has them.
ID = re.compile(r"\w{2,64}/\w{2,64}")
GONE = "20404"
MOVED = (301, 302, 303, 307, 308)
MOST_HOPS = 3
# Where it keeps files: with authentication for media switched on, and without.
KEPT_AT = ("twiliocdn.com", "s3-external-1.amazonaws.com")


async def fetch(out: Out, access: Access, media: Media, *, most_bytes: int) -> bytes:
    """By its id. The address that stands beside it in the message is passed over."""
    if not ID.fullmatch(media.provider_id):
        raise Gone(UNKNOWN_MEDIA)
    message, file = media.provider_id.split("/")
    url, headers = place(access, f"/Messages/{message}/Media/{file}"), credentials(access)
    answer = await out("GET", url, headers=headers, timeout_s=TIMEOUT_S, most_bytes=most_bytes)
    if answer.status == 404 and read(answer).id("code") == GONE:
        raise Gone(UNKNOWN_MEDIA)
    for _ in range(MOST_HOPS):
        url = next_place(access, url, answer)
        if not url:
            break
        answer = await out("GET", url, headers={}, timeout_s=TIMEOUT_S, most_bytes=most_bytes)
        if answer.status in (404, 410):
            raise Gone(UNKNOWN_MEDIA)
    return answer.body if answer.status == 200 else refuse(answer, read(answer))


def next_place(access: Access, url: str, answer: HttpAnswer) -> str:
    """Where it sends us on to; empty where it does not, or where no file of Twilio's is."""
    if answer.status not in MOVED:
        return ""
    try:
        target = urljoin(url, answer.headers.get("location", ""))
    except ValueError:
        return ""
    return target if is_of(target, hosts=KEPT_AT, home=base(access)) else ""
