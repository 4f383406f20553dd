"""An account always has an owner who can come in, whatever is done at the same moment."""

from dataclasses import replace

import pytest

from hub.accounts import repository
from tests.hub.accounts.staff import at_once, check_somebody_owns_it, join_as_owner, owners_of
from tests.hubs import Hub
from tests.people import Person, found, join

BEN, CARA = "ben@example.test", "cara@example.test"
# How often a race is run; most of those that differ only in their path, less often.
ROUNDS, FEWER = 20, 8


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rounds", "method", "path"),
    [
        (ROUNDS, "DELETE", "/me"),
        (FEWER, "DELETE", "/members/{me}"),
        (FEWER, "DELETE", "/members/{them}"),
        (FEWER, "POST", "/members/{me}/disable"),
        (FEWER, "POST", "/members/{them}/disable"),
        (FEWER, "DELETE", "/account/owners/{me}"),
        (FEWER, "DELETE", "/account/owners/{them}"),
    ],
    ids=["leave", "remove me", "remove them", "disable me", "disable them", "drop me", "drop them"],
)
async def test_of_two_owners_who_go_at_the_same_moment_one_stays(
    asha: Person, other_hub: Hub, rounds: int, method: str, path: str
) -> None:
    for number in range(rounds):
        asha = await found(asha.hub, f"acme{number}")
        ben = replace(await join_as_owner(asha, f"ben{number}@example.test"), hub=other_hub)

        statuses = await at_once(
            asha.asks(method, path.format(me=asha.member, them=ben.member)),
            ben.asks(method, path.format(me=ben.member, them=asha.member)),
        )

        assert sum(status < 300 for status in statuses) == 1
        assert len(await owners_of(asha)) == 1
        await check_somebody_owns_it(asha)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rounds", "path", "method", "end"),
    [
        (ROUNDS, "/account/transfer", "POST", "/disable"),
        (FEWER, "/account/transfer", "DELETE", ""),
        (FEWER, "/account/owners", "POST", "/disable"),
        (FEWER, "/account/owners", "DELETE", ""),
    ],
    ids=["handed on, disabled", "handed on, removed", "added, disabled", "added, removed"],
)
async def test_whoever_goes_at_the_same_moment_is_made_no_owner(
    asha: Person, other_hub: Hub, rounds: int, path: str, method: str, end: str
) -> None:
    helper = replace(await join(asha, CARA, "admin"), hub=other_hub)

    for number in range(rounds):
        ben = await join(asha, f"ben{number}@example.test", "viewer")
        asked = {"member_id": ben.member}
        statuses = await at_once(asha.asks("POST", path, asked), helper.asks(method, f"/members/{ben.member}{end}"))
        is_owner = ben.member in await owners_of(asha)

        assert (statuses[0] < 300, statuses[1] < 300) == (is_owner, not is_owner)
        await check_somebody_owns_it(asha)
        await give_back(asha)


async def give_back(first: Person) -> None:
    """Whoever owns the account now: it is the first owner's again."""
    owned = {"$set": {"owners": [first.member]}}
    await repository.change_account(first.hub.deps.mongo, first.account, {}, owned)


@pytest.mark.slow
async def test_whoever_is_removed_cannot_be_let_in_and_made_an_owner_meanwhile(asha: Person, other_hub: Hub) -> None:
    cara = replace(await join_as_owner(asha, CARA), hub=other_hub)

    for number in range(FEWER):
        ben = await join(asha, f"ben{number}@example.test", "viewer")
        await at_once(
            asha.asks("DELETE", f"/members/{ben.member}"),
            cara.asks("POST", f"/members/{ben.member}/enable"),
            cara.asks("POST", "/account/owners", {"member_id": ben.member}),
        )

        await check_somebody_owns_it(asha)


@pytest.mark.slow
async def test_an_owner_who_leaves_while_another_hands_the_account_on_owns_it_no_more(
    asha: Person, other_hub: Hub
) -> None:
    cara = await join(asha, CARA, "viewer")

    for number in range(FEWER):
        ben = replace(await join_as_owner(asha, f"ben{number}@example.test"), hub=other_hub)
        # Or the other process would have to find out first who that is.
        await ben.does("GET", "/me")
        handing_on = asha.asks("POST", "/account/transfer", {"member_id": cara.member})
        _, left = await at_once(handing_on, ben.asks("DELETE", "/me"))

        assert left == 204
        await check_somebody_owns_it(asha)
        await give_back(asha)
