"""Every change stands in the audit log, once: who did what to what, how it was or how it is, and from where."""

from typing import Any

import httpx2
import msgspec
import pytest

from hub.access import OF_OPERATORS, Permission
from hub.audit.log import PLACE
from hub.http.endpoint import Endpoint
from hub.store.mongo import Document
from tests.contracts.callers import KINDS, OURS, Asking, Place, kind_of
from tests.contracts.examples import EXAMPLES
from tests.contracts.matrix import (
    AUDIT,
    CHANGES,
    IN,
    IN_THE_ANSWER,
    Example,
    example_of,
    ids_of,
    is_open,
    new_address,
    outcome_of,
    send,
)

AUDITED = [endpoint for endpoint in CHANGES if endpoint.audit]
OTHERWISE = [endpoint for endpoint in CHANGES if endpoint.recorded_in]
OF_ACCOUNTS = [endpoint for endpoint in AUDITED if not is_open(endpoint) and endpoint.permission not in OF_OPERATORS]
NAMING = [endpoint for endpoint in OF_ACCOUNTS if endpoint.parameters or ids_of(endpoint)]


async def whoever_may(place: Place, endpoint: Endpoint) -> Asking:
    """The operator, where only that one may; where all may, a stranger who knows what an owner knows; or an owner, who
    is not the only one."""
    is_whole = endpoint.permission is Permission.ACCOUNT_OWN
    company = (await place.found() if is_whole else await place.owner(OURS)).company
    return await KINDS[kind_of(endpoint)].make(await company.join_as_owner(), endpoint.permission)


def actor_of(asking: Asking) -> dict[str, str]:
    """As a log names who has acted."""
    operator = {"authorization": f"Bearer {asking.person.deps.settings.operator_token.reveal()}"}
    if asking.headers == operator:
        return {"kind": "operator", "id": "operator"}
    return {"kind": "member", "id": asking.person.member} if asking.headers else {"kind": "stranger", "id": ""}


async def entries_of(place: Place, answer: httpx2.Response) -> list[Document]:
    """What stands of this request in any log, with the sealed part opened."""
    deps, request = place.hub.deps, answer.headers["x-request-id"]
    found = await deps.mongo[AUDIT].find({"request": request}, limit=10)
    plain = [await deps.sealer.unseal(entry["account"], PLACE, entry["detail"]) for entry in found]
    return [
        {**entry, "stored": str(entry), "detail": msgspec.json.decode(one)}
        for entry, one in zip(found, plain, strict=True)
    ]


def log_of(example: Example, asking: Asking, answer: httpx2.Response) -> str:
    """The account in whose log it belongs."""
    if example.log == IN_THE_ANSWER:
        said = answer.json()
        return str(said.get("access", said)["account_id"])
    return example.log or asking.person.company.account


def what_stands_in(entry: Document) -> dict[str, Any]:
    """Those parts of an entry that can be told beforehand."""
    detail = entry["detail"]
    return {
        **{name: entry[name] for name in ("account", "actor", "action", "status")},
        "names its target": bool(entry["target"]) and all(entry["target"].values()),
        "says how it was or is": detail["before"] is not None or detail["after"] is not None,
        "address": detail["address"],
        "seals it": detail["address"] not in entry["stored"],
    }


@pytest.mark.parametrize("endpoint", AUDITED, ids=lambda endpoint: endpoint.id)
async def test_every_change_is_written_down_once_and_whole(place: Place, endpoint: Endpoint) -> None:
    asking, address = await whoever_may(place, endpoint), new_address()
    example = await example_of(endpoint, asking.person, EXAMPLES)

    answer = await send(place.hub, endpoint, example, asking.headers, address=address)

    assert outcome_of(endpoint, answer) == IN
    assert [what_stands_in(entry) for entry in await entries_of(place, answer)] == [
        {
            **{"account": log_of(example, asking, answer), "actor": actor_of(asking), "action": endpoint.audit},
            **{"status": endpoint.status, "names its target": True, "says how it was or is": True},
            **{"address": address, "seals it": True},
        }
    ]


@pytest.mark.parametrize("endpoint", NAMING, ids=lambda endpoint: endpoint.id)
async def test_an_attempt_on_what_is_anothers_stands_in_ones_own_log(place: Place, endpoint: Endpoint) -> None:
    asking, stranger = await whoever_may(place, endpoint), await place.owner("another")
    ours, theirs = [await example_of(endpoint, one, EXAMPLES) for one in (asking.person, stranger)]

    answer = await send(place.hub, endpoint, ours.with_the_ids_of(theirs, sorted(ours.owned)), asking.headers)

    told = [(entry["account"], entry["actor"]["id"], entry["status"]) for entry in await entries_of(place, answer)]
    assert told == [(asking.person.company.account, asking.person.member, answer.status_code)]


@pytest.mark.parametrize("endpoint", OTHERWISE, ids=lambda endpoint: endpoint.id)
async def test_what_is_recorded_elsewhere_is_not_written_down_here(place: Place, endpoint: Endpoint) -> None:
    asking = await whoever_may(place, endpoint)

    answer = await send(place.hub, endpoint, await example_of(endpoint, asking.person, EXAMPLES), asking.headers)

    assert outcome_of(endpoint, answer) == IN
    assert await entries_of(place, answer) == []
