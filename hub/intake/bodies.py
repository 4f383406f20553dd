"""The bodies of events as they came. A small one stands in the event's own document; a large one, such as a mail with
files in it, is kept as a file, for as long as the ledger reaches back: documents of the database end at 16 MB, and
lists and backups grow slow long before that."""

from datetime import timedelta
from typing import NamedTuple

from bson.binary import Binary

from hub.deps import Deps
from hub.files.wholes import keep_whole, read_whole
from hub.intake.models import PLACE, IntakeEvent
from hub.intake.repository import KEPT_FOR

MOST_IN_DOCUMENT = 256 * 1024
# Longer than the event itself, so that no event is without it.
LASTS = KEPT_FOR + timedelta(days=1)
BY = "intake"


class Body(NamedTuple):
    """Where it is: in `raw`, sealed, or in a file."""

    raw: Binary
    file: str | None


def is_large(body: bytes) -> bool:
    """Whether it is too large for a document."""
    return len(body) > MOST_IN_DOCUMENT


async def stored(deps: Deps, account: str, body: bytes) -> Body:
    """As an event has it."""
    keyring = await deps.sealer.keyring(account)
    if not is_large(body):
        return Body(keyring.seal(PLACE, body), None)
    return Body(keyring.seal(PLACE, b""), await keep_whole(deps, account, body, lasts=LASTS, by=BY))


async def body_of(deps: Deps, event: IntakeEvent) -> bytes:
    """As it came."""
    if event.file:
        return await read_whole(deps, event.account, event.file)
    return await deps.sealer.unseal(event.account, PLACE, event.raw)
