"""Signing in with a second factor: the ticket that the password earns, and the codes that it takes."""

import asyncio

import pytest

from hub.logins import actions, resets
from tests.clock import VirtualClock
from tests.hub.sessions.apps import App, set_up_app, shows_code, ticket_of
from tests.hub.sessions.logs import entries
from tests.hub.sessions.people import EMAIL, Member, join, sign_in, sign_up
from tests.hubs import Hub
from tests.people import PASSWORD, code_of, well

WRONG, SPENT, TOO_MANY = (401, "wrong_code"), (422, "slip_spent"), (429, "too_many")


@pytest.fixture
async def app(asha: Member, clock: VirtualClock) -> App:
    """Asha's app, set up a while ago."""
    app = await set_up_app(asha)
    await clock.advance(minutes=20)
    await asha.refreshes()
    return app


@pytest.fixture
def away(hub: Hub, app: App) -> Member:
    """Asha at a browser that was never here before."""
    return Member(hub)


async def test_after_the_password_a_ticket_is_all_there_is(away: Member) -> None:
    answer = await away.signs_in()

    said = well(answer)
    assert (said["state"], said["access"]) == ("second_factor", None)
    assert said["ways"] == ["code", "recovery_code"]
    assert "set-cookie" not in answer.headers


async def test_with_the_code_one_is_in(away: Member, app: App) -> None:
    well(await shows_code(away, app.code()))

    [this] = [one for one in (await away.does("GET", "/me/sessions"))["items"] if one["is_this"]]
    assert this["proofs"] == ["password", "code"]
    assert away.device


@pytest.mark.parametrize("steps", [-1, 0, 1])
async def test_the_code_before_and_the_one_after_are_taken_too(away: Member, app: App, steps: int) -> None:
    assert (await shows_code(away, app.code(steps))).is_success


@pytest.mark.parametrize("steps", [-2, 2])
async def test_codes_further_away_are_not(away: Member, app: App, steps: int) -> None:
    assert code_of(await shows_code(away, app.code(steps))) == WRONG


async def test_what_is_no_code_is_refused(away: Member, app: App) -> None:
    ticket = await ticket_of(away)

    answers = [
        await shows_code(away, code, ticket) for code in ("0", "abcdef", "\0" * 6, "١٢٣٤٥٦", "-12345", "1e5", "💥")
    ]

    assert {code_of(answer) for answer in answers} == {WRONG}


async def test_a_code_is_good_once(hub: Hub, away: Member, app: App) -> None:
    code = app.code()
    await shows_code(away, code)

    assert code_of(await shows_code(Member(hub), code)) == WRONG


async def test_after_a_code_none_of_before_is_good(hub: Hub, away: Member, app: App) -> None:
    before = app.code(-1)
    await shows_code(away, app.code())

    assert code_of(await shows_code(Member(hub), before)) == WRONG
    assert (await shows_code(Member(hub), app.code(1))).is_success


async def test_the_code_that_has_set_the_app_up_is_used_up(hub: Hub) -> None:
    asha = await sign_up(hub)
    app = await set_up_app(asha)

    assert code_of(await shows_code(Member(hub), app.code())) == WRONG


async def test_of_many_who_show_one_code_at_the_same_moment_one_is_let_in(
    hub: Hub, other: Hub, app: App, clock: VirtualClock
) -> None:
    people = [Member(at) for at in (hub, other) * 4]
    tickets = [await ticket_of(one) for one in people]
    shown = [(one, ticket) for one, ticket in zip(people, tickets, strict=True)]

    answers = await asyncio.gather(*(shows_code(one, app.code(), ticket) for one, ticket in shown))

    assert sorted(answer.status_code for answer in answers) == [200] + [401] * 7


async def test_a_ticket_is_good_once(hub: Hub, away: Member, app: App) -> None:
    ticket = await ticket_of(away)
    await shows_code(away, app.code(), ticket)

    assert code_of(await shows_code(Member(hub), app.code(1), ticket)) == SPENT


async def test_of_many_who_show_one_ticket_at_the_same_moment_one_is_let_in(
    hub: Hub, other: Hub, away: Member, app: App
) -> None:
    ticket, codes = await ticket_of(away), (app.code(), *app.recovery[:7])
    people = zip((hub, other) * 4, codes, strict=True)

    answers = await asyncio.gather(*(shows_code(Member(at), code, ticket) for at, code in people))

    assert sorted(answer.status_code for answer in answers) == [200] + [422] * 7


async def test_a_wrong_code_leaves_the_ticket_good(away: Member, app: App) -> None:
    ticket = await ticket_of(away)
    wrong = await shows_code(away, app.wrong(), ticket)

    assert code_of(wrong) == WRONG
    assert (await shows_code(away, app.code(), ticket)).is_success


async def test_a_ticket_is_good_for_ten_minutes(away: Member, app: App, clock: VirtualClock) -> None:
    first, second = await ticket_of(away), await ticket_of(away)

    await clock.advance(minutes=9, seconds=59)
    in_time = await shows_code(away, app.code(), first)
    await clock.advance(seconds=1)

    assert in_time.is_success
    assert code_of(await shows_code(away, app.code(), second)) == SPENT


async def test_the_ticket_of_one_and_the_code_of_another_lead_nowhere(
    hub: Hub, asha: Member, app: App, clock: VirtualClock
) -> None:
    ben = await join(asha, "ben@example.test")
    bens = await set_up_app(ben)
    await clock.advance(seconds=30)

    assert code_of(await shows_code(Member(hub), bens.code())) == WRONG
    assert code_of(await shows_code(Member(hub, ben.email), app.code())) == WRONG


async def test_a_ticket_is_nothing_but_a_ticket(hub: Hub, away: Member, app: App) -> None:
    ticket = await ticket_of(away)

    away.token = ticket
    as_token = await away.asks("GET", "/me")
    as_link = await away.client.post("/api/v1/password/reset", json={"token": ticket, "password": "staple paper clip"})

    assert (code_of(as_token), code_of(as_link)) == ((401, "unauthenticated"), SPENT)


async def test_the_ticket_that_sets_an_app_up_is_no_second_step(asha: Member, hub: Hub, clock: VirtualClock) -> None:
    begun = await asha.does("POST", "/me/codes")

    code = App(begun["secret"], clock).code()

    assert code_of(await shows_code(Member(hub), code, begun["ticket"])) == SPENT


async def test_a_recovery_code_is_good_once(hub: Hub, away: Member, app: App) -> None:
    first = await shows_code(away, app.recovery[0])
    again = await shows_code(Member(hub), app.recovery[0])

    assert (first.status_code, code_of(again)) == (200, WRONG)
    assert (await away.does("GET", "/me"))["recovery_codes_left"] == 9
    assert (await away.does("GET", "/me/sessions"))["items"][0]["proofs"] == ["password", "recovery_code"]


async def test_of_many_who_show_one_recovery_code_at_the_same_moment_one_is_let_in(
    hub: Hub, other: Hub, app: App
) -> None:
    people = [Member(at) for at in (hub, other) * 4]
    shown = [(one, await ticket_of(one)) for one in people]

    answers = await asyncio.gather(*(shows_code(one, app.recovery[3], ticket) for one, ticket in shown))

    assert sorted(answer.status_code for answer in answers) == [200] + [401] * 7


async def test_a_recovery_code_may_be_typed_as_people_type(away: Member, app: App) -> None:
    assert (await shows_code(away, f" {app.recovery[0].upper().replace('-', ' ')} ")).is_success


async def test_recovery_codes_of_another_login_are_none(asha: Member, away: Member, app: App) -> None:
    ben = await join(asha, "ben@example.test")
    bens = await set_up_app(ben)

    assert code_of(await shows_code(away, bens.recovery[0])) == WRONG


async def test_ten_wrong_codes_are_enough(hub: Hub, away: Member, app: App, clock: VirtualClock) -> None:
    ticket = await ticket_of(away)
    wrong = [await shows_code(Member(hub), app.wrong(by), ticket) for by in range(1, 11)]

    right = await shows_code(Member(hub), app.code(), ticket)

    assert {code_of(answer) for answer in wrong} == {WRONG}
    assert code_of(right) == TOO_MANY
    assert 0 < int(right.headers["retry-after"]) <= 90


async def test_after_the_wait_that_was_told_the_right_code_is_taken(
    hub: Hub, away: Member, app: App, clock: VirtualClock
) -> None:
    ticket = await ticket_of(away)
    answers = [await shows_code(Member(hub), app.wrong(by), ticket) for by in range(1, 12)]

    await clock.advance(seconds=int(answers[-1].headers["retry-after"]))

    assert (await shows_code(away, app.code(), ticket)).is_success


async def test_wrong_codes_for_one_login_cost_no_other_one_anything(
    hub: Hub, asha: Member, away: Member, app: App, clock: VirtualClock
) -> None:
    ben = await join(asha, "ben@example.test")
    bens = await set_up_app(ben)
    ticket = await ticket_of(away)
    await asyncio.gather(*(shows_code(Member(hub), app.wrong(by), ticket) for by in range(1, 15)))
    await clock.advance(seconds=30)

    assert (await shows_code(Member(hub, ben.email), bens.code())).is_success


async def test_the_account_that_was_asked_for_is_entered_after_the_second_step(
    hub: Hub, asha: Member, away: Member, app: App
) -> None:
    cleo = await sign_up(hub, "cleo@example.test", name="Zenith")
    token = (await cleo.does("POST", "/invitations", {"email": EMAIL, "role": "viewer"}))["link"].partition("#")[2]
    await asha.does("POST", "/me/invitation", {"token": token})

    ticket = well(await away.signs_in(account=cleo.account))["ticket"]
    await shows_code(away, app.code(), ticket)

    assert away.account == cleo.account
    assert await entries(hub, asha.account, "session.second_factor") == []
    assert len(await entries(hub, cleo.account, "session.second_factor")) == 1


@pytest.mark.parametrize("how", ["change", "reset"])
async def test_a_ticket_that_an_old_password_has_earned_is_good_no_more(
    hub: Hub, asha: Member, away: Member, app: App, how: str
) -> None:
    ticket = await ticket_of(away)
    login = await actions.find(hub.deps, EMAIL)
    assert login
    link = (await resets.new_link(hub.deps, login)).partition("#")[2]
    new = "staple paper clip"
    ways = {
        "change": ("POST", "/me/password", {"current": PASSWORD, "new": new}),
        "reset": ("POST", "/password/reset", {"token": link, "password": new}),
    }

    await asha.does(*ways[how])

    assert code_of(await shows_code(away, app.code(), ticket)) == SPENT


async def test_each_step_is_in_the_audit_log(hub: Hub, asha: Member, away: Member, app: App) -> None:
    ticket = await ticket_of(away)
    await shows_code(away, app.wrong(), ticket)
    await shows_code(away, app.code(), ticket)

    [half_way] = await entries(hub, asha.account, "session.begin")
    wrong, right = await entries(hub, asha.account, "session.second_factor")
    assert (half_way["status"], half_way["after"]) == (200, {"proofs": ["password"]})
    assert (wrong["status"], right["status"]) == (401, 200)
    assert (right["target"]["member"], right["after"]) == (asha.id, {"proofs": ["password", "code"]})


async def test_without_an_app_nobody_is_asked_for_a_code(hub: Hub, asha: Member) -> None:
    ben = await join(asha, "ben@example.test")

    assert await (await sign_in(hub, ben.email)).is_in()
