"""S1, whose: what belongs to an account does not exist for another, whoever asks there and by whichever id."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from hub.http.endpoint import Endpoint
from tests.contracts.callers import FOR_MYSELF, KINDS, OURS, Asking, Place, let_in
from tests.contracts.companies import Company, Person, stored
from tests.contracts.examples import EXAMPLES
from tests.contracts.matrix import AUDIT, CHANGES, ENDPOINTS, Example, example_of, ids_of, is_open, outcome_of, send

NAMING = [endpoint for endpoint in ENDPOINTS if endpoint.parameters or ids_of(endpoint)]
SHOWING = [endpoint for endpoint in ENDPOINTS if endpoint not in CHANGES and not is_open(endpoint)]
# What an attempt leaves: its entry in one's own log, and the head of that.
TRACES = frozenset({AUDIT, "audit_heads"})
# An id in a body that leads nowhere may be told otherwise than one in a path.
NOT_FOUND = {"404"}
NOT_YOURS = NOT_FOUND | {"403", "422"}

Documents = Mapping[str, Mapping[str, Any]]


def kinds_of_ours(endpoint: Endpoint) -> Sequence[str]:
    """Whoever may and belongs to our company; where all may, one who does not say who it is."""
    everybody = [kind for kind in let_in(endpoint) if KINDS[kind].company == OURS and kind != "the operator"]
    return ["a stranger"] if is_open(endpoint) else everybody


async def example_for(endpoint: Endpoint, asking: Asking, shared: Example) -> Example:
    """About what is the caller's own; a thing of the account is everybody's."""
    is_own = endpoint.permission in FOR_MYSELF
    return await example_of(endpoint, asking.person, EXAMPLES) if is_own else shared


def strange_ids(ours: Example, theirs: Example) -> Iterator[tuple[str, Example]]:
    """Our request with each of the ids of others, and with all of them."""
    for names in {*((name,) for name in ours.owned), tuple(sorted(ours.owned))} - {()}:
        yield " and ".join(names), ours.with_the_ids_of(theirs, names)


def changed(before: Documents, after: Documents) -> list[str]:
    """The collections in which something is otherwise."""
    return [name for name in before if before[name] != after[name]]


def scopes(company: Company, documents: Documents) -> set[str]:
    """Under which names the company and its people keep things."""
    return {company.account, *(member["login"] for member in documents["members"].values())}


@pytest.mark.parametrize("endpoint", NAMING, ids=lambda endpoint: endpoint.id)
async def test_the_ids_of_another_account_lead_nowhere(place: Place, endpoint: Endpoint) -> None:
    stranger, owner = await place.found(), await place.owner(OURS)
    theirs, shared = [await example_of(endpoint, one, EXAMPLES) for one in (stranger, owner)]
    callers = {kind: await place.asking(kind, endpoint.permission) for kind in kinds_of_ours(endpoint)}
    examples = {kind: await example_for(endpoint, asking, shared) for kind, asking in callers.items()}
    before = await stored(stranger.company), await stored(owner.company, besides=TRACES)
    await place.settle()
    place.sent.take()

    outcomes = {
        f"{kind} with their {names}": outcome_of(endpoint, await send(place.hub, endpoint, strange, asking.headers))
        for kind, asking in callers.items()
        for names, strange in strange_ids(examples[kind], theirs)
    }

    read = place.sent.take_read()
    after = await stored(stranger.company), await stored(owner.company, besides=TRACES)
    allowed = NOT_FOUND if theirs.owned <= set(endpoint.parameters) else NOT_YOURS
    assert {how: end for how, end in outcomes.items() if end[:3] not in allowed} == {}
    assert changed(before[0], after[0]) == []
    # What strangers show of themselves, such as a ticket, is used up by showing it.
    assert is_open(endpoint) or changed(before[1], after[1]) == []
    assert is_open(endpoint) or not read & scopes(stranger.company, before[0])


# What somebody names for oneself and is the account's: a line.
OF_ALL = {"set_own_number"}
MINE = [endpoint for endpoint in NAMING if endpoint.permission in FOR_MYSELF and endpoint.id not in OF_ALL]


@pytest.mark.parametrize("endpoint", MINE, ids=lambda endpoint: endpoint.id)
async def test_what_is_a_colleagues_own_does_not_exist_for_oneself(place: Place, endpoint: Endpoint) -> None:
    owner = await place.owner(OURS)
    colleague = await owner.company.join("viewer")
    ours, theirs = [await example_of(endpoint, one, EXAMPLES) for one in (owner, colleague)]
    before = await stored(owner.company, besides=TRACES)

    strange = ours.with_the_ids_of(theirs, sorted(ours.owned))
    answer = await send(place.hub, endpoint, strange, owner.headers)

    assert outcome_of(endpoint, answer)[:3] in NOT_FOUND
    assert changed(before, await stored(owner.company, besides=TRACES)) == []


@pytest.fixture(scope="module")
async def rich(place: Place) -> Person:
    """The owner of another company, which has everything that there is."""
    owner = await place.found()
    for maker in EXAMPLES.values():
        await maker(await owner.company.join_as_owner())
    rename = next(endpoint for endpoint in ENDPOINTS if endpoint.id == "change_me")
    await send(place.hub, rename, Example(body={"name": owner.company.name()}), owner.headers)
    return owner


def foreign_queries(endpoint: Endpoint, example: Example, ids: Sequence[str]) -> Iterator[Example]:
    """The same request, with what is another account's in each text of the query."""
    texts = [field.encode_name for field in msgspec.structs.fields(endpoint.query) if field.type is str]
    yield from (replace(example, query={**example.query, name: id}) for name in texts for id in ids)


@pytest.mark.parametrize("endpoint", SHOWING, ids=lambda endpoint: endpoint.id)
async def test_nothing_of_another_account_is_shown_or_even_read(place: Place, rich: Person, endpoint: Endpoint) -> None:
    documents, leaks = await stored(rich.company), []
    ids = [id for collection in documents.values() for id in collection]
    callers = {kind: await place.asking(kind, endpoint.permission) for kind in kinds_of_ours(endpoint)}
    for kind, asking in callers.items():
        example = await example_of(endpoint, asking.person, EXAMPLES)
        await place.settle()
        place.sent.take()
        for hostile in (example, *foreign_queries(endpoint, example, [rich.member, rich.company.account, *ids[:1]])):
            answer = await send(place.hub, endpoint, hostile, asking.headers)
            known = [id for id in ids if id in answer.text and id not in hostile.query.values()]
            leaks += [f"{kind}: {word}" for word in (rich.company.word, *known) if word in answer.text]
        leaks += [f"{kind} reads {scope}" for scope in place.sent.take_read() & scopes(rich.company, documents)]

    assert leaks == []


async def test_what_an_account_has_is_seen_by_the_same_eyes(place: Place, rich: Person) -> None:
    endpoint = next(endpoint for endpoint in ENDPOINTS if endpoint.id == "list_members")
    await place.settle()
    place.sent.take()

    answer = await send(place.hub, endpoint, Example(), rich.headers)

    assert rich.company.word in answer.text
    assert rich.company.account in place.sent.take_read()
