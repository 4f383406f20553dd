"""The wire to push services (RFC 8030): one request for each push, to the address that the browser has given."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from hub.deps import Deps
from hub.egress.client import Answer
from hub.egress.errors import EgressRefused
from hub.push import vapid
from hub.push.encryption import BrowserKeys, encrypted
from hub.push.errors import PushAway, PushRefused
from hub.push.models import Way
from hub.work.kinds import Later

TIMEOUT_S = 10.0
ANSWER_BYTES = 16 * 1024
LONGEST_WAIT = timedelta(hours=1)
GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """What a browser is told, and how its push service treats it while the browser is away."""

    plain: bytes
    topic: str
    lasts: timedelta
    is_urgent: bool


async def send(deps: Deps, way: Way, parcel: Parcel) -> bool:
    """Hand it over; False when there is no such browser any more. Raises Later, PushAway, PushRefused."""
    headers = {
        "authorization": await vapid.authorization(deps, way.endpoint),
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        "topic": parcel.topic,
        "ttl": str(int(parcel.lasts.total_seconds())),
        "urgency": "high" if parcel.is_urgent else "normal",
    }
    content = encrypted(parcel.plain, BrowserKeys.read(way.p256dh, way.auth))
    try:
        answer = await deps.push_egress.request(
            "POST", way.endpoint, headers=headers, content=content, timeout_s=TIMEOUT_S, max_bytes=ANSWER_BYTES
        )
    except EgressRefused:
        # Of whoever made it up, perhaps to learn what stands in our own network: it was not asked, and never is.
        return False
    return is_taken(answer, deps.clock.now())


def is_taken(answer: Answer, now: datetime) -> bool:
    """What the service says."""
    if 200 <= answer.status < 300:
        return True
    if answer.status in GONE:
        return False
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS or answer.status >= 500:
        if wait := wait_of(answer.headers.get("retry-after", ""), now):
            raise Later(now + min(wait, LONGEST_WAIT))
        raise PushAway(f"The push service cannot be used now ({answer.status}).")
    raise PushRefused(f"The push service refuses this push for good ({answer.status}).")


def wait_of(header: str, now: datetime) -> timedelta | None:
    """How long a service wants to be left alone: so many seconds, or until a time."""
    if header.isascii() and header.isdecimal():
        return timedelta(seconds=min(int(header), LONGEST_WAIT.total_seconds()))
    try:
        until = parsedate_to_datetime(header)
    except ValueError:
        return None
    # A time without a zone is of the zone -0000: it is UTC all the same.
    return max(until.replace(tzinfo=until.tzinfo or now.tzinfo) - now, timedelta(0))
