"""Invitations: a link that makes somebody a member, once, within some days."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from hub.settings import Secret, Settings
from tests.clock import VirtualClock
from tests.dumps import dump, raw
from tests.hubs import Hub, running_hub
from tests.people import PASSWORD, Person, accept, code_of, found, invite, join, sign_in, well

BEN = "ben@example.test"


@pytest.fixture
async def hub(settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """A hub that sends no mail: links are for the inviter to hand on."""
    async with running_hub(replace(settings, open_sign_up=True), clock=clock) as hub:
        yield hub


@pytest.fixture
async def asha(hub: Hub) -> Person:
    """The owner of an account."""
    return await found(hub, "acme")


async def test_whoever_follows_the_link_is_a_member_and_in(hub: Hub, asha: Person) -> None:
    ben = await accept(hub, await invite(asha, BEN, "viewer"), BEN)

    me = await ben.does("GET", "/me")
    assert (me["account_id"], me["role"], me["email"]) == (asha.account, "viewer", BEN)


async def test_before_accepting_one_sees_where_it_leads(hub: Hub, asha: Person) -> None:
    token = await invite(asha, BEN)

    seen = well(await hub.client.post("/api/v1/invitation", json={"token": token}))

    assert (seen["account"], seen["email"], seen["role"], seen["needs"]) == ("acme", BEN, "editor", "password")


async def test_a_link_is_good_once(hub: Hub, asha: Person) -> None:
    token = await invite(asha, BEN)
    await accept(hub, token, BEN)

    again = await hub.client.post("/api/v1/invitation/accept", json=acceptance(token))

    assert code_of(again) == (409, "invitation_used")


async def test_of_many_who_follow_it_at_the_same_moment_one_is_let_in(hub: Hub, asha: Person) -> None:
    token = await invite(asha, BEN)

    answers = await asyncio.gather(
        *(hub.client.post("/api/v1/invitation/accept", json=acceptance(token)) for _ in range(5))
    )

    members = await asha.does("GET", "/members")
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409]
    assert len(members["items"]) == 2


async def test_a_link_ends_after_its_days(hub: Hub, asha: Person, clock: VirtualClock) -> None:
    token = await invite(asha, BEN, lasts_days=3)

    await clock.advance(days=3)

    answer = await hub.client.post("/api/v1/invitation/accept", json=acceptance(token))
    assert code_of(answer) == (422, "invitation_expired")


@pytest.mark.parametrize("change", ["{}x", "x{}", "{}.", ".", "", "..", "{}é"])
async def test_a_link_that_was_changed_leads_nowhere(hub: Hub, asha: Person, change: str) -> None:
    token = change.format(await invite(asha, BEN)) or "."

    answer = await hub.client.post("/api/v1/invitation", json={"token": token})

    assert code_of(answer) == (404, "no_such_invitation")


async def test_a_withdrawn_link_leads_nowhere(hub: Hub, asha: Person) -> None:
    token = await invite(asha, BEN)
    [invitation] = (await asha.does("GET", "/invitations"))["items"]

    await asha.does("DELETE", f"/invitations/{invitation['id']}")

    answer = await hub.client.post("/api/v1/invitation/accept", json=acceptance(token))
    assert code_of(answer) == (404, "no_such_invitation")


async def test_a_member_is_not_invited_again(asha: Person) -> None:
    await join(asha, BEN)

    answer = await asha.asks("POST", "/invitations", {"email": BEN.upper(), "role": "viewer"})

    assert code_of(answer) == (409, "already_member")


async def test_who_has_a_login_accepts_with_its_password(hub: Hub, asha: Person) -> None:
    ben = await found(hub, "zenith", email=BEN)
    token = await invite(asha, BEN)

    wrong = await hub.client.post("/api/v1/invitation/accept", json=acceptance(token, "a guess of mine"))
    right = await accept(hub, token, BEN)

    assert code_of(wrong) == (409, "sign_in_first")
    assert right.account == asha.account
    assert (await sign_in(hub, BEN, account=ben.account)).account == ben.account


async def test_who_is_signed_in_joins_another_account(hub: Hub, asha: Person) -> None:
    ben = await found(hub, "zenith", email=BEN)
    token = await invite(asha, BEN)

    await ben.does("POST", "/me/invitation", {"token": token})

    accounts = (await hub.client.post("/api/v1/session", json={"email": BEN, "password": PASSWORD})).json()
    assert {one["name"] for one in accounts["access"]["accounts"]} == {"acme", "zenith"}


async def test_an_invitation_for_somebody_else_cannot_be_accepted(hub: Hub, asha: Person) -> None:
    eve = await found(hub, "zenith")
    token = await invite(asha, BEN)

    answer = await eve.asks("POST", "/me/invitation", {"token": token})

    assert code_of(answer) == (409, "sign_in_first")


async def test_nobody_invites_to_more_than_they_may_do(asha: Person) -> None:
    admin = await join(asha, BEN, "admin")

    owner = await admin.asks("POST", "/invitations", {"email": "eve@example.test", "role": "owner"})
    editor = await admin.asks("POST", "/invitations", {"email": "eve@example.test", "role": "editor"})

    assert code_of(owner) == (404, "no_such_role")
    assert editor.status_code == 201


async def test_the_link_is_kept_by_nobody(hub: Hub, asha: Person) -> None:
    token = await invite(asha, BEN)

    stored = raw(dump(hub.deps.settings)) + raw(dump(hub.deps.settings, keys=True))

    assert token.partition(".")[2].encode() not in stored


@pytest.fixture
async def mailing_hub(settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """A hub that posts its mail, and has nobody who carries it."""
    mailing = replace(settings, mail_url=Secret("smtp://127.0.0.1:1"), mail_from="parley@example.test")
    async with running_hub(replace(mailing, open_sign_up=True), clock=clock) as hub:
        yield hub


async def test_where_mail_is_set_up_only_the_address_gets_the_link(mailing_hub: Hub) -> None:
    asha = await found(mailing_hub, "acme")

    invited = await asha.does("POST", "/invitations", {"email": BEN, "role": "viewer"})

    assert invited["link"] is None
    assert invited["invitation"]["was_mailed"]
    assert len(letters(asha)) == 1


def letters(inviter: Person) -> list[Any]:
    """Those of the account that wait to be carried."""
    posted = dump(inviter.hub.deps.settings)["mails"]
    return [letter for letter in posted if letter["account"] == inviter.account]


async def test_a_mailed_link_wins_over_a_login_that_somebody_else_made_up(mailing_hub: Hub) -> None:
    hub = mailing_hub
    squatter = await found(hub, "squat", email=BEN, password="only the squatter knows")
    asha = await found(hub, "acme")
    token = await mailed_token(hub, asha)

    seen = well(await hub.client.post("/api/v1/invitation", json={"token": token}))
    ben = await accept(hub, token, BEN, password="only ben knows this")

    old = await hub.client.post("/api/v1/session", json={"email": BEN, "password": "only the squatter knows"})
    assert seen["needs"] == "password"
    assert ben.account == asha.account
    assert code_of(old) == (401, "wrong_credentials")
    assert squatter.account != asha.account


async def test_whoever_had_made_it_up_is_signed_out(mailing_hub: Hub, clock: VirtualClock) -> None:
    squatter = await found(mailing_hub, "squat", email=BEN)
    asha = await found(mailing_hub, "acme")

    await accept(mailing_hub, await mailed_token(mailing_hub, asha), BEN, password="only ben knows this")
    await clock.advance(seconds=5)

    assert (await squatter.asks("GET", "/me")).status_code == 401


async def mailed_token(hub: Hub, inviter: Person) -> str:
    """What stands in the letter to Ben."""
    await inviter.does("POST", "/invitations", {"email": BEN, "role": "editor"})
    [letter] = letters(inviter)
    plain = await hub.deps.sealer.unseal(inviter.account, "mails.letter", letter["letter"])
    return plain.decode().partition("/join#")[2][:70]


def acceptance(token: str, password: str = PASSWORD) -> dict[str, str]:
    """The body that follows a link."""
    return {"token": token, "name": "Ben", "password": password}
