"""Members who are disabled, removed, or leave."""

import asyncio

import pytest

from tests.clock import VirtualClock
from tests.hub.accounts.staff import last_entry, make_team, until_known
from tests.people import PASSWORD, Person, code_of, found, join, sign_in

BEN, CARA, DEV = "ben@example.test", "cara@example.test", "dev@example.test"
# May manage members, and has little else to give.
CLERK = {"members.view": "all", "members.manage": "all"}


async def seen_by(person: Person) -> set[str]:
    """Whom the list shows."""
    return {member["id"] for member in (await person.does("GET", "/members"))["items"]}


# Shutting out


async def test_whoever_is_disabled_cannot_act(asha: Person, clock: VirtualClock) -> None:
    ben = await join(asha, BEN, "admin")
    await ben.does("GET", "/me")

    disabled = await asha.does("POST", f"/members/{ben.member}/disable")
    await until_known(clock)

    assert disabled["is_disabled"]
    answers = [await ben.asks("GET", "/me"), await ben.asks("DELETE", f"/members/{asha.member}")]
    assert [answer.status_code for answer in answers] == [401, 401]


async def test_whoever_is_disabled_cannot_sign_in(asha: Person) -> None:
    ben = await join(asha, BEN)
    await asha.does("POST", f"/members/{ben.member}/disable")

    answer = await asha.hub.client.post("/api/v1/session", json={"email": BEN, "password": PASSWORD})

    assert code_of(answer) == (403, "no_membership")


async def test_whoever_is_enabled_again_is_what_they_were(asha: Person) -> None:
    ben = await join(asha, BEN, "viewer")
    before = await asha.does("GET", f"/members/{ben.member}")
    await asha.does("POST", f"/members/{ben.member}/disable")

    enabled = await asha.does("POST", f"/members/{ben.member}/enable")

    assert enabled == before
    assert (await (await sign_in(asha.hub, BEN)).does("GET", "/me"))["role"] == "viewer"


async def test_to_disable_or_enable_twice_changes_nothing(asha: Person) -> None:
    ben = await join(asha, BEN)

    disabled = [await asha.does("POST", f"/members/{ben.member}/disable") for _ in range(2)]
    enabled = [await asha.does("POST", f"/members/{ben.member}/enable") for _ in range(2)]

    assert [shown["is_disabled"] for shown in (*disabled, *enabled)] == [True, True, False, False]


async def test_whoever_is_disabled_here_still_works_elsewhere(asha: Person) -> None:
    zoe = await found(asha.hub, "zenith")
    ben = await join(asha, BEN)
    await join(zoe, BEN)

    await asha.does("POST", f"/members/{ben.member}/disable")

    assert (await sign_in(asha.hub, BEN)).account == zoe.account


async def test_the_log_says_who_was_shut_out(asha: Person) -> None:
    ben = await join(asha, BEN)

    await asha.does("POST", f"/members/{ben.member}/disable")

    entry = await last_entry(asha, "member.disable")
    assert (entry["target"]["member"], entry["actor"]["id"]) == (ben.member, asha.member)
    assert (entry["before"]["is_disabled"], entry["after"]["is_disabled"]) == (False, True)


# Removing


async def test_whoever_is_removed_is_no_member(asha: Person, clock: VirtualClock) -> None:
    ben = await join(asha, BEN)
    await ben.does("GET", "/me")

    await asha.does("DELETE", f"/members/{ben.member}")
    await until_known(clock)

    assert await seen_by(asha) == {asha.member}
    assert (await ben.asks("GET", "/me")).status_code == 401
    assert (await last_entry(asha, "member.remove"))["before"]["email"] == BEN


@pytest.mark.parametrize(("method", "path"), [("DELETE", ""), ("POST", "/disable"), ("POST", "/enable"), ("PATCH", "")])
async def test_whoever_is_removed_is_not_there_any_more(asha: Person, method: str, path: str) -> None:
    ben = await join(asha, BEN)
    await asha.does("DELETE", f"/members/{ben.member}")

    answer = await asha.asks(method, f"/members/{ben.member}{path}", {"name": "Ben"})

    assert code_of(answer) == (404, "no_such_member")


async def test_with_the_last_membership_the_login_goes(asha: Person) -> None:
    ben = await join(asha, BEN)

    await asha.does("DELETE", f"/members/{ben.member}")

    answer = await asha.hub.client.post("/api/v1/session", json={"email": BEN, "password": PASSWORD})
    assert code_of(answer) == (401, "wrong_credentials")


async def test_a_login_stays_while_it_works_elsewhere(asha: Person) -> None:
    zoe = await found(asha.hub, "zenith")
    ben = await join(asha, BEN)
    await join(zoe, BEN)

    await asha.does("DELETE", f"/members/{ben.member}")

    assert (await sign_in(asha.hub, BEN)).account == zoe.account


async def test_whoever_is_invited_again_is_a_new_member(asha: Person) -> None:
    before = await join(asha, BEN, "admin")
    team = await make_team(asha, "Sales", before)
    await asha.does("DELETE", f"/members/{before.member}")

    after = await join(asha, BEN, "viewer")

    assert after.member != before.member
    assert (await after.does("GET", "/me"))["role"] == "viewer"
    assert (await asha.does("GET", f"/teams/{team}"))["member_ids"] == []


async def test_whoever_is_removed_while_disabled_comes_back_as_a_new_member(asha: Person) -> None:
    before = await join(asha, BEN)
    await asha.does("POST", f"/members/{before.member}/disable")
    await asha.does("DELETE", f"/members/{before.member}")

    after = await join(asha, BEN)

    assert not (await asha.does("GET", f"/members/{after.member}"))["is_disabled"]


async def test_to_remove_oneself_is_to_leave(asha: Person) -> None:
    ben = await join(asha, BEN, "admin")

    await ben.does("DELETE", f"/members/{ben.member}")

    assert await seen_by(asha) == {asha.member}


async def test_anybody_may_leave(asha: Person) -> None:
    ben = await join(asha, BEN, "viewer")

    await ben.does("DELETE", "/me")

    assert await seen_by(asha) == {asha.member}
    assert (await last_entry(asha, "member.leave"))["target"]["member"] == ben.member


async def test_of_two_who_remove_a_member_one_may_be_told_that_it_is_gone(asha: Person) -> None:
    ben = await join(asha, BEN)

    answers = await asyncio.gather(*(asha.asks("DELETE", f"/members/{ben.member}") for _ in range(2)))

    assert {answer.status_code for answer in answers} <= {204, 404}
    assert await seen_by(asha) == {asha.member}
