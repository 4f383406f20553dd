"""Staying signed in: a refresh token is good once, for one browser, and not for ever."""

from tests.clock import VirtualClock
from tests.hub.sessions.logs import entries
from tests.hub.sessions.people import Member, join, shows, sign_in, sign_up
from tests.hubs import Hub
from tests.people import code_of, well

SIGNED_OUT = (401, "signed_out")
MADE_UP = (
    *("", ".", "..", "x", "{{}}", "\0", '"', "%00", "null", "é.0.é", "a" * 100_000),
    *("{session}", "{session}.", "{session}.0", "{session}.0.", "{session}..{mark}", " {session}.0. "),
    *("{session}.0.{mark}A", "{session}.0.{mark}=", "{session}.0.{mark}.0", "{session}.0.é", "{session}.0.💥"),
    *(
        "{session}.00.{mark}",
        "{session}.+0.{mark}",
        "{session}. 0.{mark}",
        "{session}.-1.{mark}",
        "{session}.0_0.{mark}",
    ),
    *("{session}.1.{mark}", "{session}.999999999.{mark}", "{session}.99999999999999999999999.{mark}"),
    *("{session}.\u0660.{mark}", "{session}.²." + "{mark}", "{session}.1." + "A" * 43),
)


async def test_refreshing_gives_another_access_token_and_another_cookie(asha: Member, clock: VirtualClock) -> None:
    token, cookie = asha.token, asha.cookie
    await clock.advance(seconds=1)

    well(await asha.refreshes())

    assert asha.token != token
    assert asha.cookie != cookie
    assert await asha.is_in()


async def test_refreshing_leads_where_signing_in_did(asha: Member) -> None:
    access = well(await asha.refreshes())["access"]

    assert (access["account_id"], access["member_id"]) == (asha.account, asha.id)
    assert access["accounts"] == [{"id": asha.account, "name": "Acme", "role": "owner"}]
    assert access["needs_second_factor"] is False


async def test_a_cookie_that_is_used_again_ends_the_session(hub: Hub, asha: Member, clock: VirtualClock) -> None:
    stolen = asha.cookie
    await asha.refreshes()
    await clock.advance(seconds=11)

    theirs = await shows(hub, stolen)
    ours = await asha.refreshes()

    assert code_of(theirs) == code_of(ours) == SIGNED_OUT
    assert "used twice" in theirs.json()["error"]["message"]


async def test_the_owner_who_comes_after_the_thief_ends_the_session(
    hub: Hub, asha: Member, clock: VirtualClock
) -> None:
    theirs = await shows(hub, asha.cookie)
    await clock.advance(seconds=11)

    ours = await asha.refreshes()

    assert theirs.status_code == 200
    assert code_of(ours) == SIGNED_OUT
    assert code_of(await shows(hub, theirs.cookies["parley_refresh"])) == SIGNED_OUT


async def test_access_tokens_of_a_session_that_was_ended_so_die_within_seconds(
    hub: Hub, other: Hub, asha: Member, clock: VirtualClock
) -> None:
    stolen = asha.cookie
    await asha.refreshes()
    asha.move(other)
    assert await asha.is_in()

    await clock.advance(seconds=11)
    await shows(hub, stolen)
    await clock.advance(seconds=5)

    assert not await asha.is_in()


async def test_a_cookie_that_was_used_twice_is_in_the_audit_log(hub: Hub, asha: Member, clock: VirtualClock) -> None:
    stolen = asha.cookie
    await asha.refreshes()
    await clock.advance(seconds=11)

    await shows(hub, stolen)

    entry = (await entries(hub, asha.account, "session.reuse"))[-1]
    assert (entry["status"], entry["target"]["session"]) == (401, asha.session)
    assert entry["after"] == {"ended": "a refresh token was used twice"}


async def test_an_old_cookie_ends_the_session_however_recent_the_last_refresh_is(hub: Hub, asha: Member) -> None:
    clock, stolen = hub.deps.clock, asha.cookie
    assert isinstance(clock, VirtualClock)
    for _ in range(3):
        await clock.advance(minutes=9)
        await asha.refreshes()

    theirs = await shows(hub, stolen)

    assert code_of(theirs) == code_of(await asha.refreshes()) == SIGNED_OUT


async def test_other_sessions_of_the_login_stay_when_one_is_ended_so(
    hub: Hub, asha: Member, clock: VirtualClock
) -> None:
    elsewhere, stolen = await sign_in(hub), asha.cookie
    await asha.refreshes()
    await clock.advance(seconds=11)

    await shows(hub, stolen)
    await clock.advance(seconds=5)

    assert await elsewhere.is_in()
    assert (await elsewhere.refreshes()).is_success


async def test_nobody_is_signed_out_by_what_somebody_made_up(hub: Hub, asha: Member) -> None:
    session, _, mark = asha.cookie.split(".")

    refused = [await shows(hub, one.format(session=session, mark=mark)) for one in MADE_UP]

    assert {code_of(answer) for answer in refused} == {SIGNED_OUT}
    assert await asha.is_in()
    assert (await asha.refreshes()).is_success


async def test_an_access_token_is_no_cookie(hub: Hub, asha: Member) -> None:
    assert code_of(await shows(hub, asha.token)) == SIGNED_OUT


async def test_the_cookie_of_one_session_does_not_open_another(hub: Hub, asha: Member) -> None:
    ben = await join(asha, "ben@example.test")
    mixed = ".".join((asha.cookie.split(".")[0], *ben.cookie.split(".")[1:]))

    assert code_of(await shows(hub, mixed)) == SIGNED_OUT
    assert (await asha.refreshes()).is_success


async def test_a_session_that_is_not_used_ends_after_thirty_days(asha: Member, clock: VirtualClock) -> None:
    await clock.advance(days=29, hours=23)
    well(await asha.refreshes())

    await clock.advance(days=30)

    assert code_of(await asha.refreshes()) == SIGNED_OUT


async def test_a_session_ends_after_half_a_year_however_much_it_is_used(asha: Member, clock: VirtualClock) -> None:
    for _ in range(8):
        await clock.advance(days=20)
        well(await asha.refreshes())
    await clock.advance(days=19, hours=23, minutes=55)
    last = await asha.refreshes()

    await clock.advance(minutes=5)

    assert "Max-Age=300;" in last.headers["set-cookie"]
    assert code_of(await asha.refreshes()) == SIGNED_OUT
    assert not await asha.is_in()


async def test_refreshing_switches_to_another_account_of_the_login(hub: Hub, asha: Member) -> None:
    cleo = await sign_up(hub, "cleo@example.test", name="Zenith")
    await join(cleo, asha.email)

    access = well(await asha.refreshes(cleo.account))["access"]

    assert (access["account_id"], asha.account) == (cleo.account, cleo.account)
    assert {one["name"] for one in access["accounts"]} == {"Acme", "Zenith"}
    assert (await asha.does("GET", "/me"))["role"] == "editor"


async def test_the_account_that_was_switched_to_stays_the_one(hub: Hub, asha: Member) -> None:
    cleo = await sign_up(hub, "cleo@example.test", name="Zenith")
    await join(cleo, asha.email)
    await asha.refreshes(cleo.account)

    well(await asha.refreshes())

    assert asha.account == cleo.account


async def test_an_account_that_the_login_does_not_work_for_is_refused_and_the_session_stays(
    hub: Hub, asha: Member
) -> None:
    cleo = await sign_up(hub, "cleo@example.test", name="Zenith")

    refused = await asha.refreshes(cleo.account)

    assert code_of(refused) == (403, "no_membership")
    assert await asha.is_in()
    assert (await asha.refreshes()).is_success


async def test_whoever_is_shut_out_of_one_account_goes_on_in_another(hub: Hub, asha: Member) -> None:
    cleo = await sign_up(hub, "cleo@example.test", name="Zenith")
    as_guest = await join(cleo, asha.email)
    await cleo.does("POST", f"/members/{as_guest.id}/disable")

    well(await as_guest.refreshes())

    assert as_guest.account == asha.account


async def test_a_login_that_works_for_nobody_any_more_is_told_so(hub: Hub, asha: Member) -> None:
    ben = await join(asha, "ben@example.test")
    await asha.does("DELETE", f"/members/{ben.id}")

    assert code_of(await ben.refreshes()) == (403, "no_membership")
