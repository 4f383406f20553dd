"""Whatever is taken away is gone within five seconds, in every process of the installation."""

from collections.abc import Awaitable, Callable, Mapping

import pytest

from hub.logins import actions as logins
from hub.logins import resets
from tests.clock import VirtualClock
from tests.hub.sessions.people import API, Member, join, sign_in
from tests.hubs import Hub
from tests.people import PASSWORD, code_of

BEN = "ben@example.test"
NEW_PASSWORD = "staple paper clip"
Cut = Callable[[Member, Member], Awaitable[object]]
# What every process must have heard of by then.
HEARD_S = 5


async def signed_out(asha: Member, ben: Member) -> None:
    await ben.signs_out()


async def session_ended_from_another(asha: Member, ben: Member) -> None:
    elsewhere = await sign_in(ben.hub, BEN)
    await elsewhere.does("DELETE", f"/me/sessions/{ben.session}")


async def signed_out_elsewhere(asha: Member, ben: Member) -> None:
    elsewhere = await sign_in(ben.hub, BEN)
    await elsewhere.does("DELETE", "/me/sessions")


async def disabled(asha: Member, ben: Member) -> None:
    await asha.does("POST", f"/members/{ben.id}/disable")


async def removed(asha: Member, ben: Member) -> None:
    await asha.does("DELETE", f"/members/{ben.id}")


async def left(asha: Member, ben: Member) -> None:
    await ben.does("DELETE", "/me")


async def password_changed_elsewhere(asha: Member, ben: Member) -> None:
    elsewhere = await sign_in(ben.hub, BEN)
    await elsewhere.does("POST", "/me/password", {"current": PASSWORD, "new": NEW_PASSWORD})


async def password_reset(asha: Member, ben: Member) -> None:
    login = await logins.find(ben.hub.deps, BEN)
    assert login
    token = (await resets.new_link(ben.hub.deps, login)).partition("#")[2]
    answer = await ben.client.post(f"{API}/password/reset", json={"token": token, "password": NEW_PASSWORD})
    assert answer.is_success


async def account_closed(asha: Member, ben: Member) -> None:
    await asha.does("POST", "/account/close", {"name": "Acme"})


CUTS: Mapping[str, Cut] = {
    cut.__name__: cut
    for cut in (
        signed_out,
        session_ended_from_another,
        signed_out_elsewhere,
        disabled,
        removed,
        left,
        password_changed_elsewhere,
        password_reset,
        account_closed,
    )
}


@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS)
async def test_whoever_is_cut_off_is_out_within_seconds_here_and_elsewhere(
    hub: Hub, other: Hub, asha: Member, clock: VirtualClock, cut: Cut
) -> None:
    ben = await join(asha, BEN)
    assert [await is_in_at(at, ben) for at in (hub, other)] == [True, True]

    await cut(asha, ben)
    await clock.advance(seconds=HEARD_S)

    assert [await is_in_at(at, ben) for at in (hub, other)] == [False, False]


@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS)
async def test_nobody_who_is_cut_off_comes_back_by_the_cookie(asha: Member, cut: Cut) -> None:
    ben = await join(asha, BEN)
    cookie = ben.cookie

    await cut(asha, ben)

    headers = {"cookie": f"parley_refresh={cookie}"}
    answer = await Member(ben.hub).client.post(f"{API}/session/refresh", json={}, headers=headers)
    assert code_of(answer) in ((401, "signed_out"), (403, "no_membership"))


async def is_in_at(at: Hub, member: Member) -> bool:
    """Whether this process lets the token in."""
    member.move(at)
    return await member.is_in()


async def role_changed(asha: Member, ben: Member) -> None:
    await asha.does("PATCH", f"/members/{ben.id}", {"role": "viewer"})


async def role_changed_to_one_of_their_own(asha: Member, ben: Member) -> None:
    role = await asha.does("POST", "/roles", {"name": "Guest", "grants": [{"permission": "people.view"}]})
    await asha.does("PATCH", f"/members/{ben.id}", {"role": role["id"]})


async def second_factor_asked_for(asha: Member, ben: Member) -> None:
    await asha.does("PUT", "/account/sign-in-rules", {"requires_second_factor": True})


LOSSES: Mapping[str, Cut] = {
    loss.__name__: loss for loss in (role_changed, role_changed_to_one_of_their_own, second_factor_asked_for)
}


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
async def test_a_permission_that_is_taken_away_is_gone_within_seconds_here_and_elsewhere(
    hub: Hub, other: Hub, asha: Member, clock: VirtualClock, loss: Cut
) -> None:
    ben = await join(asha, BEN, "admin")
    assert [await may_see_keys_at(at, ben) for at in (hub, other)] == [True, True]

    await loss(asha, ben)
    await clock.advance(seconds=HEARD_S)

    assert [await may_see_keys_at(at, ben) for at in (hub, other)] == [False, False]
    assert await ben.is_in()


async def may_see_keys_at(at: Hub, member: Member) -> bool:
    """Whether this process lets the token do what admins may."""
    member.move(at)
    return (await member.asks("GET", "/keys")).is_success


async def test_a_role_of_ones_own_that_is_changed_counts_at_once_for_all_who_have_it(
    hub: Hub, other: Hub, asha: Member, clock: VirtualClock
) -> None:
    role = await asha.does("POST", "/roles", {"name": "Keeper", "grants": [{"permission": "keys.manage"}]})
    ben = await join(asha, BEN, role["id"])
    assert [await may_see_keys_at(at, ben) for at in (hub, other)] == [True, True]

    await asha.does("PATCH", f"/roles/{role['id']}", {"grants": [{"permission": "people.view"}]})
    await clock.advance(seconds=HEARD_S)

    assert [await may_see_keys_at(at, ben) for at in (hub, other)] == [False, False]


async def test_whoever_hands_the_account_on_owns_it_no_more(
    hub: Hub, other: Hub, asha: Member, clock: VirtualClock
) -> None:
    ben = await join(asha, BEN, "admin")
    asha.move(other)
    assert await asha.is_in()

    asha.move(hub)
    await asha.does("POST", "/account/transfer", {"member_id": ben.id})
    await clock.advance(seconds=HEARD_S)
    asha.move(other)

    assert code_of(await asha.asks("POST", "/account/close", {"name": "Acme"})) == (403, "forbidden")


async def test_a_permission_that_is_given_is_there_within_seconds(
    hub: Hub, other: Hub, asha: Member, clock: VirtualClock
) -> None:
    ben = await join(asha, BEN, "viewer")
    assert not await may_see_keys_at(other, ben)

    await asha.does("PATCH", f"/members/{ben.id}", {"role": "admin"})
    await clock.advance(seconds=HEARD_S)

    assert await may_see_keys_at(other, ben)


async def test_changing_the_password_leaves_this_session_as_it_is(asha: Member, clock: VirtualClock) -> None:
    await asha.does("POST", "/me/password", {"current": PASSWORD, "new": NEW_PASSWORD})
    await clock.advance(seconds=HEARD_S)

    assert await asha.is_in()
    assert (await asha.refreshes()).is_success


async def test_ending_one_session_leaves_the_others_as_they_are(hub: Hub, asha: Member, clock: VirtualClock) -> None:
    here, there = await sign_in(hub), await sign_in(hub)

    await here.does("DELETE", f"/me/sessions/{there.session}")
    await clock.advance(seconds=HEARD_S)

    assert [await one.is_in() for one in (asha, here, there)] == [True, True, False]


async def test_being_shut_out_of_one_account_leaves_the_other_as_it_is(
    hub: Hub, asha: Member, clock: VirtualClock
) -> None:
    ben = await join(asha, BEN)
    cleo = await join(asha, "cleo@example.test")

    await asha.does("POST", f"/members/{ben.id}/disable")
    await clock.advance(seconds=HEARD_S)

    assert await cleo.is_in()


async def test_whoever_is_let_in_again_goes_on_with_the_same_session(asha: Member, clock: VirtualClock) -> None:
    ben = await join(asha, BEN)
    await asha.does("POST", f"/members/{ben.id}/disable")
    await clock.advance(seconds=HEARD_S)

    await asha.does("POST", f"/members/{ben.id}/enable")
    await clock.advance(seconds=HEARD_S)

    assert await ben.is_in()
