"""Logins that go with the last account that they work for, and what must not be left without one."""

from typing import Any

import pytest
from bson.binary import Binary

from hub.accounts import founding, invitations, members, operating, repository
from hub.accounts.models import Account, Invitation, Member
from hub.accounts.shapes import AccountWanted
from hub.logins import actions as logins
from hub.logins.models import Login
from hub.store.sealed import SUBTYPE
from tests.hub.accounts.staff import act_of, operators_act
from tests.people import PASSWORD, Person, found, invite, join

BEN = "ben@example.test"
SEALED = Binary(b"", SUBTYPE)


async def erased(asha: Person) -> Login:
    """Somebody's login, as it was just before it went."""
    login = await logins.make(asha.hub.deps, BEN, PASSWORD, is_proved=True)
    await asha.hub.deps.mongo["logins"].delete({"_id": login.id})
    return login


async def count(asha: Person, collection: str) -> int:
    """How many there are, in whatever account."""
    return await asha.hub.deps.mongo[collection].count({}, limit=10)


async def test_nobody_becomes_a_member_by_a_login_that_has_just_gone(asha: Person) -> None:
    account = await repository.find(asha.hub.deps.mongo, asha.account, Account, asha.account)
    assert account

    with pytest.raises(logins.LoginChanged):
        await members.add(act_of(asha), account, await erased(asha), name="Ben", role="viewer")

    assert await count(asha, "members") == 1


async def test_nobody_founds_an_account_by_a_login_that_has_just_gone(asha: Person) -> None:
    with pytest.raises(logins.LoginChanged):
        await founding.found(operators_act(asha), "Zenith", await erased(asha), "Ben")

    assert (await count(asha, "members"), await count(asha, "accounts")) == (1, 1)


async def test_an_invitation_that_such_a_login_accepts_stays_good(asha: Person) -> None:
    token = await invite(asha, BEN)
    [invitation] = await repository.list_all(asha.hub.deps.mongo, asha.account, Invitation)

    with pytest.raises(logins.LoginChanged):
        await invitations.join(act_of(asha), invitation, await erased(asha), "Ben")

    body = {"token": token, "name": "Ben", "password": PASSWORD}
    assert (await asha.hub.client.post("/api/v1/invitation/accept", json=body)).is_success


async def left_over(asha: Person, ben: Person, **account: Any) -> None:
    """A member of an account that was never founded, or that is closed."""
    mongo = asha.hub.deps.mongo
    member = await repository.find(mongo, asha.account, Member, ben.member)
    assert member
    await mongo["members"].insert({"_id": "old", "account": "gone", "login": member.login, **stored(member)})
    if account:
        await mongo["accounts"].insert({"_id": "gone", "account": "gone", "name": SEALED, "owners": [], **account})


def stored(member: Member) -> dict[str, Any]:
    """What else a member has."""
    return {"role": "viewer", "name": SEALED, "email": SEALED, "made_at": member.made_at, "teams": []}


@pytest.mark.parametrize("is_closed", [False, True], ids=["never founded", "closed"])
@pytest.mark.parametrize("path", ["/members/{}", "/account/close"])
async def test_what_is_left_of_another_account_keeps_no_login(asha: Person, path: str, is_closed: bool) -> None:
    ben, now = await join(asha, BEN), asha.hub.deps.clock.now()
    await left_over(asha, ben, **({"made_at": now, "closed_at": now} if is_closed else {}))

    if "close" in path:
        await asha.does("POST", path, {"name": "acme"})
    else:
        await asha.does("DELETE", path.format(ben.member))

    assert await logins.find(asha.hub.deps, BEN) is None


async def test_whoever_is_only_disabled_elsewhere_keeps_the_login(asha: Person) -> None:
    zoe, ben = await found(asha.hub, "zenith"), await join(asha, BEN)
    there = await join(zoe, BEN)
    await zoe.does("POST", f"/members/{there.member}/disable")

    await asha.does("DELETE", f"/members/{ben.member}")

    assert await logins.find(asha.hub.deps, BEN)


# What the operator makes


async def test_a_login_that_nobody_has_proved_is_made_no_member_by_the_operator(asha: Person) -> None:
    await logins.make(asha.hub.deps, BEN, PASSWORD, is_proved=False)
    act = operators_act(asha)

    with pytest.raises(operating.UnprovedLogin):
        await operating.add_member(act, asha.account, BEN, name="", role="viewer")
    with pytest.raises(operating.UnprovedLogin):
        await operating.make_account(act, AccountWanted(name="Zenith", owner=BEN))


async def test_the_operator_vouches_for_the_logins_that_it_makes(asha: Person) -> None:
    await operating.make_account(operators_act(asha), AccountWanted(name="Zenith", owner=BEN))
    added = await operating.add_member(operators_act(asha), asha.account, BEN, name="", role="viewer")

    login = await logins.find(asha.hub.deps, BEN)

    assert login
    assert login.is_proved
    assert added.account_id == asha.account


async def test_what_was_refused_is_a_conflict(asha: Person) -> None:
    refused = operating.UnprovedLogin("")

    assert (refused.status, refused.code) == (409, "unproved_login")
