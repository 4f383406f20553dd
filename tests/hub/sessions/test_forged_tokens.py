"""No token but a good one is accepted, and none costs more than finding that out."""

import dataclasses
from collections.abc import Mapping
from typing import Any

import pytest

from hub.access import Caller, TokenExpired
from hub.deps import Deps
from hub.errors import Unauthenticated
from hub.sessions.standing import identify_token
from hub.sessions.tokens import ACCESS
from hub.settings import Settings
from tests.clock import VirtualClock
from tests.hub.sessions.commands import Commands
from tests.hub.sessions.forging import Good, claims, good_of, mutations
from tests.hub.sessions.people import Member, join, sign_up
from tests.hubs import Hub, running_hub
from tests.people import code_of


@pytest.fixture
async def good(asha: Member) -> Good:
    """Asha's token, and how it is made."""
    return await good_of(asha)


async def outcome(deps: Deps, token: str) -> Caller | type[Exception]:
    """Whom it speaks for, or how it is refused."""
    try:
        return await identify_token(deps, token)
    except Exception as error:
        return type(error)


async def test_a_token_that_is_made_by_hand_as_we_make_them_is_good(hub: Hub, asha: Member, good: Good) -> None:
    caller = await identify_token(hub.deps, good.signed())

    assert (caller.kind, caller.id, caller.account) == ("member", asha.id, asha.account)


async def test_no_mutation_of_a_good_token_is_accepted(hub: Hub, good: Good) -> None:
    outcomes = {name: await outcome(hub.deps, token) for name, token in mutations(good)}

    assert len(outcomes) > 600
    assert others(outcomes) == {}


async def test_no_mutation_of_a_good_token_is_worth_a_query(hub: Hub, good: Good, commands: Commands) -> None:
    commands.take()

    asked = {
        name: sent for name, token in mutations(good) if await outcome(hub.deps, token) and (sent := commands.take())
    }

    assert asked == {}


async def test_claims_that_we_never_make_speak_for_nobody_even_under_our_own_key(hub: Hub, good: Good) -> None:
    outcomes = {name: await outcome(hub.deps, token) for name, token in claims(good)}

    assert len(outcomes) > 100
    assert others(outcomes) == {}


def others(outcomes: Mapping[str, object]) -> Mapping[str, object]:
    """All but those that were refused."""
    return {name: found for name, found in outcomes.items() if found not in (Unauthenticated, TokenExpired)}


@pytest.mark.parametrize("month", ["2101-02", "2101-04", "2100-03", "0000-00", "x", ""])
async def test_the_key_of_another_month_opens_nothing(hub: Hub, good: Good, month: str) -> None:
    key = await ACCESS.key(hub.deps, month)

    token = good.signed(key=key, header={"alg": "HS256", "kid": month})

    assert good.kid == "2101-03"
    assert await outcome(hub.deps, token) is Unauthenticated


async def test_a_forged_token_is_answered_like_any_wrong_one(asha: Member, good: Good) -> None:
    asha.token = good.signed(key=b"a key of somebody else, 32 bytes and more")
    forged = await asha.asks("GET", "/me")
    asha.token = "wrong"
    wrong = await asha.asks("GET", "/me")

    assert code_of(forged) == (401, "unauthenticated")
    assert forged.json() == wrong.json()
    assert forged.headers["www-authenticate"] == 'Bearer realm="parley"'


@pytest.mark.parametrize("claim", ["account", "session", "sub"])
async def test_a_token_that_is_ours_does_not_speak_for_what_it_was_not_made_for(
    hub: Hub, asha: Member, good: Good, claim: str
) -> None:
    ben = await join(asha, "ben@example.test")
    cleo = await sign_up(hub, "cleo@example.test")
    theirs: dict[str, Any] = {"account": cleo.account, "session": ben.session, "sub": ben.id}

    asha.token = good.signed(**{claim: theirs[claim]})

    assert code_of(await asha.asks("GET", "/me")) == (401, "unauthenticated")


async def test_a_token_of_another_installation_is_nothing_here(
    asha: Member, settings: Settings, clock: VirtualClock
) -> None:
    elsewhere = dataclasses.replace(settings, mongodb_database=f"{settings.mongodb_database}x")
    async with running_hub(elsewhere, clock=clock) as other:
        stranger = await sign_up(other)

        asha.token = stranger.token

        assert await stranger.is_in()
        assert code_of(await asha.asks("GET", "/me")) == (401, "unauthenticated")


async def test_the_refresh_cookie_is_no_access_token(asha: Member) -> None:
    asha.token = asha.cookie

    assert code_of(await asha.asks("GET", "/me")) == (401, "unauthenticated")


async def test_a_bearer_without_a_token_is_refused_or_a_stranger(asha: Member) -> None:
    given = ("Bearer", "Bearer ", "Bearer  ", "bearer null", "Bearer Bearer", "BEARER \xe9\xff")
    headers = [[(b"authorization", one.encode("latin-1"))] for one in given]

    answers = [await asha.client.get("/api/v1/me", headers=header) for header in headers]

    assert {code_of(answer) for answer in answers} == {(401, "unauthenticated")}


async def test_two_bearers_in_one_request_are_none(asha: Member) -> None:
    ben = await join(asha, "ben@example.test")
    headers = [("authorization", f"Bearer {one.token}") for one in (asha, ben)]

    answer = await asha.client.get("/api/v1/me", headers=headers)

    assert code_of(answer) == (401, "unauthenticated")


async def test_a_credential_of_a_proxy_beside_ours_is_not_looked_at(asha: Member) -> None:
    headers = [("authorization", "Basic cHJveHk6cHJveHk="), ("authorization", f"Bearer {asha.token}")]

    answer = await asha.client.get("/api/v1/me", headers=headers)

    assert answer.json()["member_id"] == asha.id
