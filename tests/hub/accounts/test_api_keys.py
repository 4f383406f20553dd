"""API keys: shown once, kept as a hash, bounded, ended, followed by another."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from hub.settings import Settings
from tests.clock import VirtualClock
from tests.dumps import dump, raw
from tests.hubs import Hub, running_hub
from tests.people import Person, code_of, found, join

SEE_MEMBERS = [{"permission": "members.view"}]


@pytest.fixture
async def hub(settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """A hub whose clock stands still."""
    async with running_hub(settings, clock=clock) as hub:
        yield hub


@pytest.fixture
async def asha(hub: Hub) -> Person:
    """The owner of an account."""
    return await found(hub, "acme")


async def make(person: Person, grants: Any = SEE_MEMBERS, **more: Any) -> Any:
    """A key, with its secret."""
    return await person.does("POST", "/keys", {"name": "for the CRM", "grants": grants, **more})


def script(hub: Hub, secret: str) -> Person:
    """Whoever has the key."""
    return Person(hub, "", "", "", secret)


async def test_a_key_may_do_what_it_was_made_for_and_nothing_else(hub: Hub, asha: Person) -> None:
    crm = script(hub, (await make(asha))["secret"])

    allowed, refused = await crm.asks("GET", "/members"), await crm.asks("GET", "/keys")

    assert allowed.status_code == 200
    assert code_of(refused) == (403, "forbidden")


async def test_the_secret_is_shown_once_and_kept_by_nobody(hub: Hub, asha: Person) -> None:
    secret = (await make(asha))["secret"]

    listed = await asha.asks("GET", "/keys")

    stored = raw(dump(hub.deps.settings)) + raw(dump(hub.deps.settings, keys=True))
    assert secret not in listed.text
    assert secret[-43:].encode() not in stored
    assert b"for the CRM" not in stored


@pytest.mark.parametrize("change", ["{}x", "{}_", "parley_", "parley__", "parley_x_y", "{}é", "PARLEY_{}"])
async def test_a_key_that_was_changed_is_none(hub: Hub, asha: Person, change: str) -> None:
    secret = (await make(asha))["secret"]

    answer = await hub.client.get("/api/v1/members", headers=bearer(change.format(secret)))

    assert answer.status_code == 401


def bearer(credential: str) -> dict[bytes, bytes]:
    """A header with whatever bytes."""
    return {b"authorization": f"Bearer {credential}".encode()}


async def test_the_secret_of_one_key_does_not_open_another(hub: Hub, asha: Person) -> None:
    one, other = await make(asha), await make(asha)

    mixed = f"parley_{one['key']['id']}_{other['secret'].rsplit('_', 1)[1]}"

    assert (await script(hub, mixed).asks("GET", "/members")).status_code == 401


async def test_a_revoked_key_is_good_no_more(hub: Hub, asha: Person, clock: VirtualClock) -> None:
    made = await make(asha)
    crm = script(hub, made["secret"])
    await crm.does("GET", "/members")

    await asha.does("DELETE", f"/keys/{made['key']['id']}")

    assert (await crm.asks("GET", "/members")).status_code == 401


async def test_another_process_learns_of_it_within_seconds(
    settings: Settings, hub: Hub, asha: Person, clock: VirtualClock
) -> None:
    made = await make(asha)
    async with running_hub(settings, clock=clock) as other:
        crm = script(other, made["secret"])
        await crm.does("GET", "/members")

        await asha.does("DELETE", f"/keys/{made['key']['id']}")
        await clock.advance(seconds=5)

        assert (await crm.asks("GET", "/members")).status_code == 401


async def test_a_key_ends_when_it_was_meant_to(hub: Hub, asha: Person, clock: VirtualClock) -> None:
    made = await make(asha, lasts_days=30)
    crm = script(hub, made["secret"])
    await clock.advance(days=30, seconds=-1)
    before = await crm.asks("GET", "/members")

    await clock.advance(seconds=1)

    assert (before.status_code, (await crm.asks("GET", "/members")).status_code) == (200, 401)


async def test_its_last_use_is_shown_to_the_minute(hub: Hub, asha: Person, clock: VirtualClock) -> None:
    crm = script(hub, (await make(asha))["secret"])
    await crm.does("GET", "/members")
    await clock.advance(minutes=3)
    await crm.does("GET", "/members")

    [key] = (await asha.does("GET", "/keys"))["items"]

    assert key["used_at"] == clock.now().isoformat().replace("+00:00", "Z")


async def test_a_rotated_key_stays_good_for_the_overlap(hub: Hub, asha: Person, clock: VirtualClock) -> None:
    made = await make(asha)
    old = script(hub, made["secret"])

    new = script(hub, (await asha.does("POST", f"/keys/{made['key']['id']}/rotate", {"overlap_hours": 2}))["secret"])

    await clock.advance(hours=1)
    both = [(await one.asks("GET", "/members")).status_code for one in (old, new)]
    await clock.advance(hours=1, seconds=5)
    assert both == [200, 200]
    assert [(await one.asks("GET", "/members")).status_code for one in (old, new)] == [401, 200]


async def test_a_key_has_one_successor(asha: Person) -> None:
    id = (await make(asha))["key"]["id"]

    answers = await asyncio.gather(*(asha.asks("POST", f"/keys/{id}/rotate", {}) for _ in range(5)))

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]


async def test_nobody_makes_a_key_that_may_do_more_than_they_may(asha: Person) -> None:
    admin = await join(asha, "ben@example.test", "admin")

    answer = await admin.asks("POST", "/keys", {"name": "x", "grants": [{"permission": "billing.manage"}]})

    assert code_of(answer) == (403, "not_yours_to_give")


@pytest.mark.parametrize("permission", ["account.own", "me", "public", "accounts.manage", "metrics.view"])
async def test_what_is_for_owners_or_operators_in_person_is_in_no_key(asha: Person, permission: str) -> None:
    answer = await asha.asks("POST", "/keys", {"name": "x", "grants": [{"permission": permission}]})

    assert code_of(answer) == (400, "bad_grants")


@pytest.mark.parametrize("scope", ["own", "team"])
async def test_a_key_has_nothing_of_its_own(asha: Person, scope: str) -> None:
    grants = [{"permission": "members.view", "scope": scope}]

    answer = await asha.asks("POST", "/keys", {"name": "x", "grants": grants})

    assert code_of(answer) == (400, "bad_grants")


async def test_a_key_makes_no_key_that_may_do_more_than_itself(hub: Hub, asha: Person) -> None:
    maker = script(hub, (await make(asha, [{"permission": "keys.manage"}]))["secret"])

    answer = await maker.asks("POST", "/keys", {"name": "x", "grants": SEE_MEMBERS})

    assert code_of(answer) == (403, "not_yours_to_give")


async def test_the_key_of_another_account_does_not_exist(hub: Hub, asha: Person) -> None:
    theirs = "01kjpwd6m0517qnwvxh3p0zjdc"

    revoked, rotated = (
        await asha.asks("DELETE", f"/keys/{theirs}"),
        await asha.asks("POST", f"/keys/{theirs}/rotate", {}),
    )

    assert [code_of(answer) for answer in (revoked, rotated)] == [(404, "no_such_key")] * 2
