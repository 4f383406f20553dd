"""Whoever is shut out comes back by no link that was made before, and lets nobody else in either."""

import pytest

from hub.accounts import operating
from tests.hub.accounts.staff import grants, operators_act
from tests.people import PASSWORD, Person, accept, code_of, found, invite, join

BEN, CARA = "ben@example.test", "cara@example.test"


async def refusal(asha: Person, token: str) -> tuple[int, str]:
    """What whoever follows the link is told."""
    body = {"token": token, "name": "Ben", "password": PASSWORD}
    return code_of(await asha.hub.client.post("/api/v1/invitation/accept", json=body))


async def open_links(asha: Person) -> list[str]:
    """Who is invited."""
    return [one["email"] for one in (await asha.does("GET", "/invitations"))["items"]]


async def test_with_the_first_link_that_is_used_go_the_others_to_that_address(asha: Person) -> None:
    first, second = await invite(asha, BEN), await invite(asha, "BEN@example.test", "admin")
    await invite(asha, CARA)

    await accept(asha.hub, first, BEN)

    assert await refusal(asha, second) == (404, "no_such_invitation")
    assert await open_links(asha) == [CARA]


async def test_whoever_is_removed_has_no_link_to_come_back_by(asha: Person) -> None:
    zoe = await found(asha.hub, "zenith")
    ben, theirs = await join(asha, BEN), await invite(zoe, BEN)
    # Sent at the moment when the first one was used.
    late = {"_id": "late", "account": asha.account, "role": "admin", "by": asha.member}
    [used] = [one async for one in asha.hub.deps.mongo["invitations"].each({"account": asha.account})]
    await asha.hub.deps.mongo["invitations"].insert({**used, **late, "accepted_at": None})
    await asha.hub.deps.mongo["invitations"].update({"_id": "late"}, {"$unset": {"accepted_at": ""}})

    await asha.does("DELETE", f"/members/{ben.member}")

    assert await open_links(asha) == []
    assert (await accept(asha.hub, theirs, BEN)).account == zoe.account


@pytest.mark.parametrize(("method", "end"), [("POST", "/disable"), ("DELETE", "")], ids=["disabled", "removed"])
async def test_whoever_is_shut_out_lets_nobody_in(asha: Person, method: str, end: str) -> None:
    ben = await join(asha, BEN, "admin")
    token = await invite(ben, CARA, "admin")
    await invite(asha, "dev@example.test")

    await asha.does(method, f"/members/{ben.member}{end}")

    assert await refusal(asha, token) == (404, "no_such_invitation")
    assert await open_links(asha) == ["dev@example.test"]


async def test_nor_by_a_key_of_theirs(asha: Person) -> None:
    ben = await join(asha, BEN, "admin")
    given = grants({"members.view": "all", "members.manage": "all", **dict.fromkeys(VIEWERS, "all")})
    secret = (await ben.does("POST", "/keys", {"name": "x", "grants": given}))["secret"]
    token = await invite(Person(asha.hub, asha.account, "", "", secret), CARA, "viewer")

    await asha.does("POST", f"/members/{ben.member}/disable")

    assert await refusal(asha, token) == (404, "no_such_invitation")


VIEWERS = ("account.view", "threads.view", "threads.follow", "people.view", "analytics.view")


async def test_nor_when_the_operator_shuts_them_out(asha: Person) -> None:
    ben = await join(asha, BEN, "admin")
    token = await invite(ben, CARA)

    await operating.disable_member(operators_act(asha), asha.account, BEN)

    assert await refusal(asha, token) == (404, "no_such_invitation")


async def test_whoever_has_joined_stays_when_their_inviter_goes(asha: Person) -> None:
    ben = await join(asha, BEN, "admin")
    cara = await join(ben, CARA)

    await asha.does("DELETE", f"/members/{ben.member}")

    assert (await cara.does("GET", "/me"))["email"] == CARA
