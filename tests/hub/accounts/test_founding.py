"""How accounts begin, and what is decided about them."""

import httpx2
import pytest

from hub.accounts import repository
from hub.settings import Settings
from tests.clock import VirtualClock
from tests.hub.accounts.staff import at_once, last_entry
from tests.hubs import Hub, running_hub
from tests.people import PASSWORD, Person, code_of, found, join

BEN, CARA = "ben@example.test", "cara@example.test"


# Founding


async def test_whoever_makes_an_account_owns_it(asha: Person, clock: VirtualClock) -> None:
    assert await asha.does("GET", "/account") == {
        "id": asha.account,
        "name": "acme",
        "owners": [asha.member],
        "requires_second_factor": False,
        "zone": "UTC",
        "region": "US",
        "made_at": clock.now().isoformat().replace("+00:00", "Z"),
    }
    assert (await asha.does("GET", f"/members/{asha.member}"))["role"] == "owner"


async def signing_up(hub: Hub, name: str) -> httpx2.Response:
    """Try to make an account."""
    body = {"account_name": name, "name": name, "email": f"{name}@example.test", "password": PASSWORD}
    return await hub.client.post("/api/v1/sign-up", json=body)


async def test_after_the_first_account_only_operators_make_others(settings: Settings, clock: VirtualClock) -> None:
    async with running_hub(settings, clock=clock) as hub:
        await found(hub, "acme")

        answer = await signing_up(hub, "zenith")

    assert code_of(answer) == (403, "sign_up_closed")


async def test_of_many_first_ones_at_the_same_moment_one_is_first(settings: Settings, clock: VirtualClock) -> None:
    async with running_hub(settings, clock=clock) as hub, running_hub(settings, clock=clock) as other:
        statuses = await at_once(*(signing_up((hub, other)[number % 2], f"acme{number}") for number in range(6)))

        accounts = [account.id async for account in repository.each_account(hub.deps.mongo)]

    assert sorted(statuses) == [201, 403, 403, 403, 403, 403]
    assert len(accounts) == 1


async def test_a_first_one_who_died_half_way_is_replaced(settings: Settings, clock: VirtualClock) -> None:
    async with running_hub(settings, clock=clock) as hub:
        assert await repository.take_first_place(hub.deps.mongo, clock.now())
        refused = await signing_up(hub, "acme")

        await clock.advance(minutes=2)
        let_in = await signing_up(hub, "zenith")

    assert code_of(refused) == (403, "sign_up_closed")
    assert let_in.status_code == 201


# What is decided about the account


async def test_an_account_takes_another_name_and_another_zone(asha: Person) -> None:
    before = await asha.does("GET", "/account")

    after = await asha.does("PATCH", "/account", {"name": "Acme & Co", "zone": "Asia/Kolkata"})

    assert after == {**before, "name": "Acme & Co", "zone": "Asia/Kolkata", "region": "IN"}
    assert after == await asha.does("GET", "/account")
    entry = await last_entry(asha, "account.change")
    assert (entry["before"], entry["after"]) == (before, after)


async def test_nothing_to_change_changes_nothing(asha: Person) -> None:
    before = await asha.does("GET", "/account")

    assert await asha.does("PATCH", "/account", {}) == before


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "", "localtime", "posixrules"])
async def test_a_zone_that_there_is_not_is_refused(asha: Person, zone: str) -> None:
    answer = await asha.asks("PATCH", "/account", {"zone": zone})

    assert code_of(answer) == (400, "no_such_zone")


async def test_admins_change_the_account_but_not_how_its_members_sign_in(asha: Person) -> None:
    ben = await join(asha, BEN, "admin")

    await ben.does("PATCH", "/account", {"name": "Acme & Co"})
    answer = await ben.asks("PUT", "/account/sign-in-rules", {"requires_second_factor": True})

    assert code_of(answer) == (403, "forbidden")
