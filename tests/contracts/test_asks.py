"""S1 and S2 over a socket: whatever can be asked in the inbox is answered to whoever may ask it, about what they may
see, and takes nothing but what it says. Whatever is new needs a maker in tests/contracts/ask_examples.py."""

import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import pytest
from msgspec import inspect

from hub.access import OF_NO_ROLE, SCOPED, Scope
from hub.rooms import HOUSE
from hub.sockets.ask import Ask, Nothing
from tests.contracts.ask_examples import EXAMPLES
from tests.contracts.callers import KINDS, OF_SOME_ROLE, OURS, Kind, Place
from tests.contracts.companies import stored
from tests.contracts.matrix import IN, Example, Maker, ids_in, named_like_ids, nothing
from tests.contracts.test_injection import OBJECTS, not_of, places, put
from tests.contracts.test_isolation import TRACES, changed, scopes
from tests.screens import Refused, Screen, screen
from tests.serving import serving

NAMESPACE = "/inbox"
ASKS = [ask for ask in HOUSE.asks if ask.namespace == NAMESPACE]
WITH_A_BODY = [ask for ask in ASKS if ask.body is not Nothing]
# Whoever is in holds one of these sockets; nobody asks more over one than its budget allows.
A_FEW = 10
# Who is there, and what has changed, is told in the background: what asks the database every time is the question.
TRIES = 8
# What is asked about all sockets together, every other second.
STANDING = {"sessions", "logins", "members", "accounts", "roles", "api_keys"}
CONVERSATIONS = ("thread_id", "known")
# These change nothing that is kept.
OF_THE_MOMENT = {"attention", "typing", "notices"}
# Scripts do not type.
OF_PEOPLE = {"typing"}


def of(asks: Sequence[Ask]) -> pytest.MarkDecorator:
    """For each of them."""
    return pytest.mark.parametrize("ask", asks, ids=lambda ask: ask.name)


def maker_of(ask: Ask) -> Maker:
    """Who makes its example."""
    return EXAMPLES.get(f"{ask.namespace}/{ask.name}", nothing)


def ids_of(ask: Ask) -> set[str]:
    """Where it names something stored."""
    return {way for way, _ in ids_in(inspect.type_info(ask.body))}


NAMING = [ask for ask in ASKS if ids_of(ask)]


@pytest.fixture(scope="module")
async def url(place: Place) -> AsyncIterator[str]:
    """Where the hub is."""
    async with serving(place.hub) as url:
        yield url


def token_of(headers: Mapping[str, str]) -> str:
    """The credential that is sent with them."""
    return headers.get("authorization", "").removeprefix("Bearer ")


async def asked(screen: Screen, ask: Ask, body: Any) -> str:
    """Let in, or the code of the refusal."""
    answer = await screen.ask(ask.name, body)
    return IN if "ok" in answer else str(answer["error"]["code"])


async def outcome_of(place: Place, url: str, ask: Ask, kind: str) -> str:
    """How a caller of this kind fares, from the connection on."""
    asking = await place.asking(kind, ask.permission)
    example = await maker_of(ask)(asking.person)
    await place.forget_limits()
    try:
        async with screen(url, token_of(asking.headers)) as theirs:
            return await asked(theirs, ask, example.body)
    except Refused as refused:
        return str(refused.error["data"]["code"])


def kinds_of(ask: Ask) -> Mapping[str, Kind]:
    """Those that are worth asking."""
    needless = OF_SOME_ROLE if ask.permission in OF_NO_ROLE else ()
    return {name: kind for name, kind in KINDS.items() if name not in needless}


def expected(ask: Ask, name: str, kind: Kind) -> str:
    """What the declaration says of this caller. The operator belongs to no account, so has no inbox."""
    is_let_in = ask.permission in kind.may(ask.permission) and not kind.is_nobody
    if ask.name in OF_PEOPLE and name == "a key of everything":
        return "forbidden"
    return "unauthenticated" if name == "the operator" else IN if is_let_in else kind.refusal[1]


@of(ASKS)
def test_everything_that_can_be_asked_with_a_body_has_an_example(ask: Ask) -> None:
    assert f"{ask.namespace}/{ask.name}" in EXAMPLES or ask.body is Nothing


def test_no_example_is_for_what_cannot_be_asked() -> None:
    assert EXAMPLES.keys() <= {f"{ask.namespace}/{ask.name}" for ask in HOUSE.asks}


@of(WITH_A_BODY)
async def test_every_example_says_everything_and_of_every_id_whose_it_is(place: Place, ask: Ask) -> None:
    example = await maker_of(ask)(await place.owner(OURS))

    said = {name for name, value in example.body.items() if value not in (None, [], {})}

    # What is false says nothing else than what is left out.
    assert said == {field.encode_name for field in msgspec.structs.fields(ask.body)}
    assert example.owned == ids_of(ask)
    assert named_like_ids(ask.body) <= {way.rpartition(".")[2] for way in ids_of(ask)} | {"client_id"}


@of(ASKS)
def test_what_changes_something_says_where_that_is_written_down(ask: Ask) -> None:
    assert bool(ask.recorded_in) != (ask.permission.endswith(".view") or ask.name in OF_THE_MOMENT)


@of(ASKS)
async def test_each_is_answered_to_whoever_may_and_to_nobody_else(place: Place, url: str, ask: Ask) -> None:
    kinds = kinds_of(ask)

    outcomes = {name: await outcome_of(place, url, ask, name) for name in kinds}

    assert outcomes == {name: expected(ask, name, kind) for name, kind in kinds.items()}


def ids_at(body: Any, way: Sequence[str]) -> list[str]:
    """What stands at the end of the way."""
    for name in way:
        body = body[name]
    return [body] if isinstance(body, str) else [*body]


async def compared(theirs: Screen, ask: Ask, ours: Any, strange: Example, names: Sequence[str]) -> tuple[str, str]:
    """What is answered about these ids of the others', and about ids of nothing, with the ids left out of both."""
    answers = []
    others = [id for name in names for id in ids_at(strange.body, name.split("."))]
    with_others = Example(body=ours, owned=frozenset(names)).with_the_ids_of(strange, names)
    for is_there in (True, False):
        text = json.dumps(with_others.body)
        for number, id in enumerate(others):
            text = text if is_there else text.replace(id, f"nothing{number}")
        answer = json.dumps(await theirs.ask(ask.name, json.loads(text)))
        for number, id in enumerate(others):
            answer = answer.replace(id, "…").replace(f"nothing{number}", "…")
        answers.append(answer)
    return answers[0], answers[1]


@of(NAMING)
async def test_what_is_another_accounts_is_as_if_it_were_not_there(place: Place, url: str, ask: Ask) -> None:
    stranger, owner = await place.found(), await (await place.owner(OURS)).company.join_as_owner()
    strange, ours = await maker_of(ask)(stranger), await maker_of(ask)(owner)
    await owner.deps.background.settle()
    await place.forget_limits()
    before = await stored(stranger.company), await stored(owner.company, besides=TRACES)

    pairs = []
    for name in sorted(ours.owned):
        async with screen(url, owner.token) as theirs:
            place.sent.take_read()
            pairs.append(await compared(theirs, ask, ours.body, strange, [name]))
            read = place.sent.take_read()
            assert not read & scopes(stranger.company, before[0])

    assert [pair for pair in pairs if pair[0] != pair[1]] == []
    assert changed(before[0], await stored(stranger.company)) == []


@of([ask for ask in NAMING if ask.permission in SCOPED])
async def test_a_conversation_out_of_reach_is_as_if_it_were_not_there(place: Place, url: str, ask: Ask) -> None:
    company = (await place.owner(OURS)).company
    rep = await company.join(await company.role(ask.permission, scope=Scope.OWN))
    example = await maker_of(ask)(await company.join_as_owner())
    names = [name for name in CONVERSATIONS if name in example.owned]
    await place.forget_limits()

    async with screen(url, rep.token) as theirs:
        pair = await compared(theirs, ask, example.body, example, names)

    assert names
    assert pair[0] == pair[1]


def hostile_bodies(ask: Ask, body: Any) -> Iterator[object]:
    """Every scalar of the body replaced by every object and by scalars of other types, and the body itself."""
    whole = inspect.type_info(ask.body)
    assert isinstance(whole, inspect.StructType)
    for way, scalar in places(whole, body):
        yield from (put(body, way, hostile) for hostile in not_of(scalar))
    can_be_empty = not any(field.required for field in whole.fields)
    yield from (one for one in OBJECTS if one is not None and not (one == {} and can_be_empty))
    yield {**body, "more": 1}


def asked_of_the_database(place: Place) -> list[Any]:
    """Every command, but for what is asked about all sockets."""
    return [one for one in place.sent.take() if one.get("find") not in STANDING or "$in" not in repr(one["filter"])]


async def outcomes_of(place: Place, url: str, ask: Ask, token: str, bodies: Sequence[object]) -> dict[str, str]:
    """What each is answered, without a query. No limit counts them together."""
    outcomes = {}
    for first in range(0, len(bodies), A_FEW):
        for _ in range(TRIES):
            await place.forget_limits()
            async with screen(url, token) as theirs:
                place.sent.take()
                part = {json.dumps(body): await asked(theirs, ask, body) for body in bodies[first : first + A_FEW]}
                commands = asked_of_the_database(place)
            if not commands:
                break
        assert commands == []
        outcomes.update(part)
    return outcomes


@of(ASKS)
async def test_nothing_but_the_body_gets_into_a_question(place: Place, url: str, ask: Ask) -> None:
    owner = await place.owner(OURS)
    example = await maker_of(ask)(owner)
    bodies = [*hostile_bodies(ask, example.body or {})]
    await owner.deps.background.settle()

    outcomes = await outcomes_of(place, url, ask, owner.token, bodies)

    assert {body: outcome for body, outcome in outcomes.items() if outcome != "invalid"} == {}
