"""Who owns an account. Somebody always does."""

from typing import Any

import pytest

from tests.clock import VirtualClock
from tests.hub.accounts.staff import check_somebody_owns_it, join_as_owner, last_entry, owners_of, until_known
from tests.people import Person, code_of, found, join

BEN, CARA = "ben@example.test", "cara@example.test"


# The last owner


@pytest.mark.parametrize(
    ("method", "path", "refused"),
    [
        ("DELETE", "/me", (409, "last_owner")),
        ("DELETE", "/members/{me}", (409, "last_owner")),
        ("POST", "/members/{me}/disable", (409, "last_owner")),
        ("DELETE", "/account/owners/{me}", (409, "last_owner")),
        ("PATCH", "/members/{me}", (403, "owners_stay")),
    ],
    ids=["leave", "remove", "disable", "drop", "demote"],
)
async def test_the_last_owner_stays(asha: Person, method: str, path: str, refused: tuple[int, str]) -> None:
    await join(asha, BEN, "admin")

    answer = await asha.asks(method, path.format(me=asha.member), {"role": "viewer"})

    assert code_of(answer) == refused
    assert await owners_of(asha) == [asha.member]
    await check_somebody_owns_it(asha)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", "/me"),
        ("DELETE", "/members/{me}"),
        ("POST", "/members/{me}/disable"),
        ("DELETE", "/account/owners/{me}"),
    ],
    ids=["leave", "remove", "disable", "drop"],
)
async def test_one_of_two_owners_may_go(asha: Person, method: str, path: str) -> None:
    ben = await join_as_owner(asha, BEN)

    await asha.does(method, path.format(me=asha.member))

    assert await owners_of(ben) == [ben.member]


# Handing it on


async def test_whoever_is_handed_the_account_owns_it_in_place_of_the_other(asha: Person, clock: VirtualClock) -> None:
    ben = await join(asha, BEN, "viewer")

    shown = await asha.does("POST", "/account/transfer", {"member_id": ben.member})
    await until_known(clock)

    assert shown["owners"] == [ben.member]
    assert (await ben.does("GET", "/me"))["role"] == "owner"
    assert (await asha.does("GET", "/me"))["role"] == "admin"
    assert code_of(await asha.asks("POST", "/account/transfer", {"member_id": asha.member})) == (403, "forbidden")


async def test_the_log_says_who_was_handed_the_account(asha: Person) -> None:
    ben = await join(asha, BEN)

    await asha.does("POST", "/account/transfer", {"member_id": ben.member})

    entry = await last_entry(await join_as_owner(ben, CARA), "account.transfer")
    assert (entry["target"]["member"], entry["actor"]["id"]) == (ben.member, asha.member)
    assert (entry["before"]["owners"], entry["after"]["owners"]) == ([asha.member], [ben.member])


async def test_to_hand_it_on_to_oneself_changes_nothing(asha: Person) -> None:
    ben = await join_as_owner(asha, BEN)

    shown = await asha.does("POST", "/account/transfer", {"member_id": asha.member})

    assert set(shown["owners"]) == {asha.member, ben.member}


async def test_the_only_owner_who_hands_it_on_to_oneself_keeps_it(asha: Person) -> None:
    shown = await asha.does("POST", "/account/transfer", {"member_id": asha.member})

    assert shown["owners"] == [asha.member]


async def test_to_hand_it_on_to_another_owner_is_to_step_back(asha: Person) -> None:
    ben, cara = await join_as_owner(asha, BEN), await join_as_owner(asha, CARA)

    shown = await asha.does("POST", "/account/transfer", {"member_id": ben.member})

    assert set(shown["owners"]) == {ben.member, cara.member}


@pytest.mark.parametrize("path", ["/account/transfer", "/account/owners"])
async def test_whoever_is_shut_out_is_made_no_owner(asha: Person, path: str) -> None:
    ben = await join(asha, BEN, "admin")
    await asha.does("POST", f"/members/{ben.member}/disable")

    answer = await asha.asks("POST", path, {"member_id": ben.member})

    assert code_of(answer) == (409, "last_owner")
    assert await owners_of(asha) == [asha.member]


@pytest.mark.parametrize("path", ["/account/transfer", "/account/owners"])
async def test_whoever_is_no_member_is_made_no_owner(asha: Person, path: str) -> None:
    ben, zoe = await join(asha, BEN, "admin"), await found(asha.hub, "zenith")
    await asha.does("DELETE", f"/members/{ben.member}")

    answers = [await asha.asks("POST", path, {"member_id": id}) for id in (ben.member, zoe.member, "nobody")]

    assert [code_of(answer) for answer in answers] == [(404, "no_such_member")] * 3
    assert await owners_of(asha) == [asha.member]


# More than one


async def test_an_owner_more_is_made_by_an_owner(asha: Person) -> None:
    ben = await join(asha, BEN, "viewer")

    shown = await asha.does("POST", "/account/owners", {"member_id": ben.member})

    assert shown["owners"] == [asha.member, ben.member]
    assert (await ben.does("GET", "/me"))["permissions"]["account.own"] == "all"


async def test_to_be_made_an_owner_twice_is_to_be_one(asha: Person) -> None:
    ben = await join_as_owner(asha, BEN)

    shown = await asha.does("POST", "/account/owners", {"member_id": ben.member})

    assert shown["owners"] == [asha.member, ben.member]


async def test_an_owner_who_is_one_no_more_is_what_they_were_before(asha: Person, clock: VirtualClock) -> None:
    ben = await join_as_owner(asha, BEN)

    await ben.does("DELETE", f"/account/owners/{asha.member}")
    await until_known(clock)

    assert (await asha.does("GET", "/me"))["role"] == "admin"
    assert code_of(await asha.asks("DELETE", f"/account/owners/{ben.member}")) == (403, "forbidden")


async def test_whoever_owns_nothing_cannot_be_dropped(asha: Person) -> None:
    await join_as_owner(asha, BEN)
    cara = await join(asha, CARA, "admin")

    answer = await asha.asks("DELETE", f"/account/owners/{cara.member}")

    assert code_of(answer) == (404, "no_such_member")


async def test_an_owner_who_was_shut_out_comes_back_as_an_admin(asha: Person) -> None:
    ben = await join_as_owner(asha, BEN)

    disabled = await asha.does("POST", f"/members/{ben.member}/disable")
    enabled = await asha.does("POST", f"/members/{ben.member}/enable")

    assert (disabled["role"], enabled["role"]) == ("admin", "admin")
    assert await owners_of(asha) == [asha.member]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/account/transfer", {"member_id": "{ben}"}),
        ("POST", "/account/transfer", {"member_id": "{cara}"}),
        ("POST", "/account/owners", {"member_id": "{ben}"}),
        ("DELETE", "/account/owners/{asha}", None),
        ("POST", "/members/{asha}/disable", None),
        ("DELETE", "/members/{asha}", None),
    ],
    ids=["take", "hand on", "add", "drop", "disable", "remove"],
)
async def test_whoever_was_an_owner_a_moment_ago_decides_nothing_more(
    asha: Person, method: str, path: str, body: Any
) -> None:
    ben, cara = await join_as_owner(asha, BEN), await join_as_owner(asha, CARA)
    ids = {"asha": asha.member, "ben": ben.member, "cara": cara.member}
    await ben.does("GET", "/me")
    await asha.does("DELETE", f"/account/owners/{ben.member}")

    # The clock has not moved: what Ben may do is still remembered.
    asked = body and {"member_id": body["member_id"].format(**ids)}
    answer = await ben.asks(method, path.format(**ids), asked)

    assert code_of(answer) == (409, "last_owner")
    assert await owners_of(asha) == [asha.member, cara.member]


# Admins


async def test_an_admin_does_nothing_to_an_owner(asha: Person) -> None:
    ben, me = await join(asha, BEN, "admin"), asha.member
    await join_as_owner(asha, CARA)

    answers = [
        await ben.asks("PATCH", f"/members/{me}", {"role": "viewer"}),
        await ben.asks("POST", f"/members/{me}/disable"),
        await ben.asks("DELETE", f"/members/{me}"),
    ]

    assert [code_of(answer) for answer in answers] == [(403, "owners_stay")] * 3
    assert me in await owners_of(asha)


async def test_an_admin_makes_nobody_an_owner(asha: Person) -> None:
    ben, cara = await join(asha, BEN, "admin"), await join(asha, CARA, "admin")

    answers = [
        await ben.asks("POST", "/account/transfer", {"member_id": ben.member}),
        await ben.asks("POST", "/account/owners", {"member_id": cara.member}),
        await ben.asks("DELETE", f"/account/owners/{asha.member}"),
        await ben.asks("PATCH", f"/members/{ben.member}", {"role": "owner"}),
        await ben.asks("POST", "/invitations", {"email": "dev@example.test", "role": "owner"}),
    ]

    assert [code_of(answer) for answer in answers] == [(403, "forbidden")] * 3 + [(404, "no_such_role")] * 2
    assert await owners_of(asha) == [asha.member]
