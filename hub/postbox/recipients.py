"""Who is written to: which line a mail belongs to that a mail server wants to hand in.

It is told by an address that only Parley can have given away: the line's id before the @, or what stands behind the
plus of an address that answers come back to. The addresses that lines are registered with count for nothing here:
anybody may register anybody's (docs/decisions/mail-addresses.md).
"""

from hub.accounts.standing import is_closed
from hub.correspondence.tokens import claimed_by, entry_of
from hub.deps import Deps
from hub.lines.actions import find_any_line
from hub.lines.channels import channel_of
from hub.lines.models import Line
from hub.store.ids import is_id
from hub.threads.delivering import find_any_entry


def could_be_ours(address: str) -> bool:
    """Whether it is of a form that Parley gives away."""
    return is_id(local_part(address)) or claimed_by(address) is not None


async def find_recipient(deps: Deps, address: str) -> Line | None:
    """The line of mail that is written to by this address."""
    line = await find_answered(deps, address) if claimed_by(address) else await find_named(deps, address)
    if line is None or not channel_of(line).capabilities.is_mail or await is_closed(deps, line.account):
        return None
    return line


async def find_named(deps: Deps, address: str) -> Line | None:
    """By the line's id."""
    id = local_part(address)
    return await find_any_line(deps, id) if is_id(id) else None


async def find_answered(deps: Deps, address: str) -> Line | None:
    """The line of the message of ours that is answered, where the address was made by us. What the address claims is
    read first: it says under whose keys it must have been made."""
    claimed = claimed_by(address)
    entry = await find_any_entry(deps, claimed[0]) if claimed else None
    if entry is None or not entry.line or await entry_of(deps, entry.account, address) is None:
        return None
    return await find_any_line(deps, entry.line)


def local_part(address: str) -> str:
    """What stands before the @; mail programs change the case of letters."""
    return address.rpartition("@")[0].lower()
