"""S1, who may: every endpoint, asked by everybody there is, lets in whom its declaration names and nobody else."""

from dataclasses import replace

import pytest

from hub.access import Permission
from hub.http.endpoint import Endpoint
from tests.contracts.callers import FOR_MYSELF, KINDS, Asking, Place, let_in, refused
from tests.contracts.examples import EXAMPLES
from tests.contracts.matrix import CHANGES, ENDPOINTS, IN, Example, example_of, is_open, outcome_of, send

every_endpoint = pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.id)


async def asked_by(place: Place, kind: str, endpoint: Endpoint) -> str:
    """What comes of it, and what is said of whoever should come in and does not."""
    asking = await caller_of(place, kind, endpoint)
    example = await example_of(endpoint, asking.person, EXAMPLES)
    answer = await send(place.hub, endpoint, example, asking.headers)
    outcome = outcome_of(endpoint, answer)
    return outcome if outcome == IN else f"{outcome}: {answer.text[:300]}"


async def caller_of(place: Place, kind: str, endpoint: Endpoint) -> Asking:
    """Somebody whom the request may change without harm to others."""
    if endpoint in CHANGES and endpoint.permission is Permission.ACCOUNT_OWN:
        return await KINDS[kind].make(await place.found(), endpoint.permission)
    if endpoint in CHANGES and endpoint.permission in FOR_MYSELF:
        return await place.somebody(kind, endpoint.permission)
    known = await place.asking(kind, endpoint.permission)
    if endpoint in CHANGES and is_open(endpoint):
        # What strangers do, they do to whomever the body names.
        return replace(known, person=await known.person.company.join("viewer"))
    return known


@every_endpoint
async def test_everybody_whom_the_declaration_names_is_let_in(place: Place, endpoint: Endpoint) -> None:
    outcomes = {kind: await asked_by(place, kind, endpoint) for kind in let_in(endpoint)}

    assert outcomes == dict.fromkeys(let_in(endpoint), IN)


@every_endpoint
async def test_nobody_else_is_let_in_and_refusing_costs_no_query(place: Place, endpoint: Endpoint) -> None:
    example, outcomes, queries = await place.example(endpoint, EXAMPLES), {}, {}
    for kind in refused(endpoint):
        asking = await place.asking(kind, endpoint.permission)
        await place.settle()
        place.sent.take()
        outcomes[kind] = outcome_of(endpoint, await send(place.hub, endpoint, example, asking.headers))
        queries[kind] = len(place.sent.take())

    assert outcomes == {kind: KINDS[kind].outcome(endpoint) for kind in refused(endpoint)}
    assert queries == dict.fromkeys(refused(endpoint), 0)


async def test_the_witness_of_queries_is_not_blind(place: Place) -> None:
    owner = await place.found()
    await place.settle()
    place.sent.take()

    endpoint = next(endpoint for endpoint in ENDPOINTS if endpoint.id == "list_members")
    await send(place.hub, endpoint, Example(), owner.headers)

    assert place.sent.take_read() >= {owner.company.account}
