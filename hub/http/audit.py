"""The audit log: who did what, on what, from where. Every endpoint that changes something writes it."""

from typing import Any

from hub.http import repository
from hub.http.address import client_address
from hub.http.endpoint import Call, Endpoint
from hub.store.ids import new_id

PLACE = f"{repository.AUDIT}.address"


async def record(endpoint: Endpoint, call: Call[Any, Any], status: int) -> None:
    """Write down what was asked and how it ended; the address is personal data, and sealed."""
    deps, caller, now = call.deps, call.caller, call.deps.clock.now()
    address = client_address(call.request, deps.settings.trusted_proxies)
    keyring = await deps.sealer.keyring(caller.scope)
    await repository.add_audit_entry(
        deps.mongo,
        {
            "_id": new_id(now),
            "account": caller.scope,
            "at": now,
            "actor": {"kind": caller.kind, "id": caller.id},
            "action": endpoint.audit,
            "target": dict(call.path),
            "status": status,
            "request": call.request.state.id,
            "address": keyring.seal(PLACE, address.encode()),
        },
    )
