"""Addresses that answers come back to: whoever answers by such a one has had a mail of ours in their hands."""

import hmac
import re

from hub.deps import Deps
from hub.store.ids import is_id

PLACE = "correspondence.token"
# The entry that was sent, and what proves that the address was made by us; mail programs change the case of letters.
TOKEN = re.compile(r"(?P<entry>[0-9a-z]{26})(?P<mac>[a-z2-7]{16})")


async def address_for(deps: Deps, account: str, entry: str, base: str) -> str:
    """The address `base`, with what makes it that of this message of ours behind a plus."""
    local, _, domain = base.rpartition("@")
    return f"{local}+{entry}{await mac_of(deps, account, entry)}@{domain}"


async def mac_of(deps: Deps, account: str, entry: str) -> str:
    """What nobody else can make."""
    return (await deps.sealer.keyring(account)).mark(PLACE, entry)


def claimed_by(address: str) -> tuple[str, str] | None:
    """The entry that an address names, and its proof, before that is believed."""
    _, _, extension = address.rpartition("@")[0].lower().partition("+")
    found = TOKEN.fullmatch(extension)
    return (found["entry"], found["mac"]) if found and is_id(found["entry"]) else None


async def entry_of(deps: Deps, account: str, address: str) -> str | None:
    """The message of ours that the address belongs to, if we have made it for this account."""
    if (claimed := claimed_by(address)) is None:
        return None
    entry, mac = claimed
    return entry if hmac.compare_digest(mac, await mac_of(deps, account, entry)) else None
