"""Pictures that a mail only points at, fetched for whoever has asked to see them: their sender learns neither who it is
nor where from, and nothing is reached that is not on the public internet."""

import asyncio
from urllib.parse import urljoin

from hub.deps import Deps
from hub.egress import Answer, EgressFailed
from hub.files.sniffing import by_magic
from hub.originals.errors import NotAPicture
from hub.originals.parts import PICTURES

TIMEOUT_S, MOST_BYTES, MOST_HOPS = 10.0, 5 * 1024 * 1024, 3
MOVED = frozenset({301, 302, 303, 307, 308})
HEADERS = {"accept": "image/png,image/jpeg,image/gif,image/webp"}


async def fetch_picture(deps: Deps, address: str) -> bytes:
    """What stands there, if it is a picture that is shown. An address that it leads on to is looked at as the first."""
    until = asyncio.get_running_loop().time() + TIMEOUT_S
    for _ in range(MOST_HOPS + 1):
        left_s = until - asyncio.get_running_loop().time()
        if left_s <= 0:
            break
        answer = await deps.egress.request("GET", address, headers=HEADERS, timeout_s=left_s, max_bytes=MOST_BYTES)
        if answer.status not in MOVED:
            return checked(answer)
        address = way_on(address, answer)
    raise EgressFailed("The picture's address leads on and on.", reason="protocol", sent=True)


def way_on(address: str, answer: Answer) -> str:
    """Where it is instead."""
    try:
        return urljoin(address, answer.headers.get("location", ""))
    except ValueError:
        raise NotAPicture("The address leads nowhere.") from None


def checked(answer: Answer) -> bytes:
    """A picture, by its content alone: drawings in SVG are programs, and are none."""
    if answer.status != 200 or by_magic(answer.body) not in PICTURES:
        raise NotAPicture("There is no picture at this address.")
    return answer.body
