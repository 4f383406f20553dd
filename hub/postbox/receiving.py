"""A mail that was handed in: into the ledger, and only then it is acknowledged."""

import asyncio
import hashlib
from collections.abc import Mapping

import structlog

from channels.base import Posted
from channels.mail.reading import MAIL_TYPE
from hub.correspondence.tokens import claimed_by
from hub.deps import Deps
from hub.errors import HubError
from hub.intake import ledger
from hub.lines.models import Line
from hub.postbox import replies

log = structlog.get_logger()


async def receive(deps: Deps, recipients: Mapping[str, Line], sender: str, raw: bytes) -> dict[str, str]:
    """Keep it once for each line that it goes to; what each recipient's server is told."""
    digest = (await asyncio.to_thread(hashlib.sha256, raw)).hexdigest()
    lines = {line.id: line for line in recipients.values()}
    told = {}
    for id, line in lines.items():
        address = shown_to(line, recipients)
        posted = Posted(raw, MAIL_TYPE, {"recipient": address, "sender": sender}, deps.clock.now())
        told[id] = await keep(deps, line, f"mail:{digest}", posted)
    return {address: told[line.id] for address, line in recipients.items()}


def shown_to(line: Line, recipients: Mapping[str, Line]) -> str:
    """The address of the line that the mail is read with: rather one that says what it answers."""
    addresses = [address for address, one in recipients.items() if one.id == line.id]
    return next((address for address in addresses if claimed_by(address)), addresses[0])


async def keep(deps: Deps, line: Line, event_id: str, posted: Posted) -> str:
    """One line's. That it came before is as good as new: it is there."""
    try:
        event = await ledger.keep(deps, line, event_id, posted)
    except HubError as error:
        log.warning("mail_not_kept", line=line.id, exc_info=error)
        return replies.AWAY
    if event:
        ledger.go_on(deps, event)
    return replies.TAKEN
