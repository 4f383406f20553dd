"""Which conversation a mail goes on in, where that is not simply its sender's own (docs/decisions/joining-threads.md).

Whoever answers by an address of ours has had the mail. A Message-ID proves nothing: it is seen by everybody whom a mail
went to. So it counts only where a server that the line trusts vouches for the sender.
"""

from collections.abc import Sequence

from channels.base import Address, Content, Envelope, IdentityKind, Inbound, Medium
from hub.correspondence.tokens import entry_of
from hub.deps import Deps
from hub.lines.actions import list_lines
from hub.lines.models import Line
from hub.people.finding import kept_of
from hub.people.getting import find_known_by
from hub.threads.delivering import find_entry
from hub.threads.log import find_thread_of, get_thread, where_it_goes_on
from hub.threads.models import Thread
from hub.threads.queries import list_named

# Of both a mail may name thousands.
MOST_RECIPIENTS, MOST_ANSWERS = 100, 50
UNPROVED = "unproved:"


async def find_joined(deps: Deps, line: Line, inbound: Inbound) -> Thread | None:
    """The conversation of the message of ours that it answers."""
    if inbound.envelope is None:
        return None
    joined = await by_address(deps, line.account, inbound.envelope.recipients)
    if joined is None and proof_of(inbound.content) == "pass":
        joined = await by_references(deps, line.account, inbound.envelope)
    return joined


async def by_address(deps: Deps, account: str, recipients: Sequence[str]) -> Thread | None:
    """By the address that it was sent to."""
    for address in recipients[:MOST_RECIPIENTS]:
        if id := await entry_of(deps, account, address):
            entry = await find_entry(deps, account, id)
            return await going_on(deps, account, entry.thread) if entry else None
    return None


async def by_references(deps: Deps, account: str, envelope: Envelope) -> Thread | None:
    """By the nearest of the mails that it answers which stands in a log, whoever has sent that."""
    names = list(dict.fromkeys(envelope.answers))[:MOST_ANSWERS]
    lines = [line.id for line in await list_lines(deps, account) if line.medium is Medium.EMAIL]
    if not names or not lines:
        return None
    found = await list_named(deps, account, lines, names)
    nearest = min(found, key=lambda one: names.index(one.provider_id), default=None)
    return await going_on(deps, account, nearest.thread) if nearest else None


async def going_on(deps: Deps, account: str, thread: str) -> Thread:
    """The conversation, or the one that it goes on in."""
    return await where_it_goes_on(deps, await get_thread(deps, account, thread))


async def find_own(deps: Deps, account: str, addresses: Sequence[Address]) -> Thread | None:
    """The conversation with whoever has the first of these addresses, where there is one already."""
    for address in await kept_of(deps, account, addresses[:1]):
        person = await find_known_by(deps, account, address)
        return await find_thread_of(deps, account, person.id) if person else None
    return None


def proof_of(content: Content) -> str:
    """Whether somebody vouches for the sender of a mail, or says that it is a forgery."""
    return content.mail.proof if content.mail else ""


def addresses_of(inbound: Inbound) -> tuple[Address, ...]:
    """As whom they are met: whoever writes a mail that is known to be forged is nobody whom we know."""
    if proof_of(inbound.content) != "fail":
        return inbound.sender
    return tuple(Address(kind=IdentityKind.CUSTOM, value=UNPROVED + one.value) for one in inbound.sender)
