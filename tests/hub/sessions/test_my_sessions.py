"""Where one is signed in: seen, and ended, by nobody else."""

import msgspec
import pytest

from hub.sessions import repository
from hub.sessions.entering import MOST_RACES
from tests.clock import VirtualClock
from tests.hub.sessions.logs import entries
from tests.hub.sessions.people import Member, join, sign_in
from tests.hubs import Hub
from tests.people import code_of, well

NOT_THERE = (404, "no_such_session")


async def test_one_sees_where_and_when_one_is_signed_in(hub: Hub, asha: Member, clock: VirtualClock) -> None:
    await clock.advance(minutes=5)
    phone = Member(hub, address="198.51.100.7")
    phone.client.headers["user-agent"] = "Phone/1"
    well(await phone.signs_in())

    latest, first = (await phone.does("GET", "/me/sessions"))["items"]

    assert (latest["id"], latest["is_this"], first["id"], first["is_this"]) == (
        phone.session,
        True,
        asha.session,
        False,
    )
    assert (latest["address"], latest["agent"], latest["proofs"]) == ("198.51.100.7", "Phone/1", ["password"])
    assert first["made_at"] < latest["made_at"]


async def test_refreshing_is_seen_and_signing_out_takes_away(hub: Hub, asha: Member, clock: VirtualClock) -> None:
    await clock.advance(seconds=1)
    other = await sign_in(hub)
    await clock.advance(minutes=5)
    await other.refreshes()

    latest, _ = (await asha.does("GET", "/me/sessions"))["items"]
    await other.signs_out()

    assert latest["refreshed_at"] > latest["made_at"]
    assert [one["id"] for one in (await asha.does("GET", "/me/sessions"))["items"]] == [asha.session]


async def test_a_session_that_is_over_is_not_shown(hub: Hub, asha: Member, clock: VirtualClock) -> None:
    await clock.advance(days=30)

    again = await sign_in(hub)

    assert len((await again.does("GET", "/me/sessions"))["items"]) == 1


async def test_a_long_name_of_a_browser_is_cut(hub: Hub, asha: Member) -> None:
    other = Member(hub)
    other.client.headers["user-agent"] = "x" * 5000
    well(await other.signs_in())

    [agent] = [one["agent"] for one in (await other.does("GET", "/me/sessions"))["items"] if one["is_this"]]
    assert agent == "x" * 300


async def test_nobody_sees_or_ends_the_sessions_of_others(asha: Member) -> None:
    ben = await join(asha, "ben@example.test", "admin")

    refused = await ben.asks("DELETE", f"/me/sessions/{asha.session}")

    assert code_of(refused) == NOT_THERE
    assert [one["id"] for one in (await ben.does("GET", "/me/sessions"))["items"]] == [ben.session]
    assert await asha.is_in()


@pytest.mark.parametrize("id", ["x", "me", "$ne", "01hq0000000000000000000000"])
async def test_a_session_that_is_not_there_cannot_be_ended(asha: Member, id: str) -> None:
    assert code_of(await asha.asks("DELETE", f"/me/sessions/{id.replace('$', '~')}")) == NOT_THERE


async def test_ending_a_session_twice_says_so(hub: Hub, asha: Member) -> None:
    other = await sign_in(hub)
    await asha.does("DELETE", f"/me/sessions/{other.session}")

    assert code_of(await asha.asks("DELETE", f"/me/sessions/{other.session}")) == NOT_THERE


async def test_ending_this_very_session_is_signing_out(asha: Member) -> None:
    await asha.does("DELETE", f"/me/sessions/{asha.session}")

    assert not await asha.is_in()
    assert code_of(await asha.refreshes()) == (401, "signed_out")


async def test_what_was_ended_is_in_the_audit_log(hub: Hub, asha: Member) -> None:
    other = await sign_in(hub)
    await asha.does("DELETE", f"/me/sessions/{other.session}")
    await sign_in(hub)
    await asha.does("DELETE", "/me/sessions")

    one, others = (await entries(hub, asha.account))[-3], (await entries(hub, asha.account))[-1]
    assert (one["action"], one["target"]) == ("session.end", {"session_id": other.session, "session": other.session})
    assert (others["action"], others["after"]) == ("session.end_others", {"ended": 1})


async def test_a_session_stays_small_however_often_it_is_refreshed(hub: Hub, asha: Member, clock: VirtualClock) -> None:
    for _ in range(MOST_RACES + 10):
        await clock.advance(seconds=2.1)
        well(await asha.refreshes())

    stored = await hub.deps.mongo["sessions"].find_one({"_id": asha.session}) or {}
    assert stored["generation"] == MOST_RACES + 10
    assert len(stored["replaced"]) <= 6


async def test_any_of_very_many_is_ended(hub: Hub, asha: Member) -> None:
    mongo, now = hub.deps.mongo, hub.deps.clock.now()
    this = await repository.find(mongo, asha.session, now)
    assert this
    many = [msgspec.structs.replace(this, id=f"{one:04}") for one in range(repository.MOST + 1)]
    for one in many:
        await repository.add(mongo, one)

    await asha.does("DELETE", f"/me/sessions/{many[-1].id}")

    assert await repository.find(mongo, many[-1].id, now) is None
