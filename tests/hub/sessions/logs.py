"""The audit log as a test reads it: everything, opened."""

from collections.abc import Mapping
from typing import Any

import msgspec

from hub.audit.log import PLACE
from hub.audit.repository import AUDIT
from tests.hubs import Hub

Entry = Mapping[str, Any]


async def entries(hub: Hub, account: str, action: str = "") -> list[Entry]:
    """Those of an account, the earliest first; of one action, if it is said."""
    where = {"account": account} | ({"action": action} if action else {})
    found = await hub.deps.mongo[AUDIT].find(where, sort=[("seq", 1)], limit=1000)
    return [{**entry, **await detail_of(hub, entry)} for entry in found]


async def detail_of(hub: Hub, entry: Entry) -> Entry:
    """The sealed part: address, before and after."""
    opened = await hub.deps.sealer.unseal(entry["account"], PLACE, entry["detail"])
    detail: Entry = msgspec.json.decode(opened)
    return detail
