"""Nobody makes or changes a role into something that they do not have themselves."""

import asyncio
from pathlib import Path

import pytest

from tests.clock import VirtualClock
from tests.hub.accounts.staff import Given, grants, hire, make_role, make_team, until_known
from tests.people import Person, code_of, invite, join

BEN, CARA = "ben@example.test", "cara@example.test"
API = Path(__file__).parents[3] / "docs" / "api.md"
# May make roles, and little else to put into them.
MAKER = {"members.view": "all", "members.manage": "all", "roles.manage": "all", "threads.view": "team"}


async def granted(person: Person, role: str) -> Given:
    """What a role allows."""
    roles = (await person.does("GET", "/roles"))["items"]
    [found] = [shown for shown in roles if shown["id"] == role]
    return {grant["permission"]: grant["scope"] for grant in found["grants"]}


async def test_an_admin_makes_no_role_that_pays(asha: Person) -> None:
    ben = await join(asha, BEN, "admin")

    answer = await ben.asks("POST", "/roles", {"name": "Bookkeeper", "grants": grants({"billing.manage": "all"})})

    assert code_of(answer) == (403, "not_yours_to_give")
    assert answer.json()["error"]["data"] == {"permissions": ["billing.manage"]}


@pytest.mark.parametrize(
    ("scope", "status"), [("own", 201), ("team", 201), ("all", 403)], ids=["narrower", "as far", "further"]
)
async def test_a_role_reaches_no_further_than_whoever_makes_it(asha: Person, scope: str, status: int) -> None:
    ben = await hire(asha, BEN, MAKER)

    answer = await ben.asks("POST", "/roles", {"name": "Watcher", "grants": grants({"threads.view": scope})})

    assert answer.status_code == status


@pytest.mark.parametrize(
    "more", [{"threads.view": "all"}, {"billing.manage": "all"}, {"threads.reply": "own"}], ids=str
)
async def test_nobody_lifts_themselves(asha: Person, clock: VirtualClock, more: Given) -> None:
    ben = await hire(asha, BEN, MAKER)
    role = (await ben.does("GET", "/me"))["role"]

    answer = await ben.asks("PATCH", f"/roles/{role}", {"grants": grants({**MAKER, **more})})

    await until_known(clock)
    assert code_of(answer) == (403, "not_yours_to_give")
    assert (await ben.does("GET", "/me"))["permissions"] == {**MAKER, "me": "all", "me.membership": "all"}


async def test_whoever_lacks_something_that_a_role_allows_does_not_change_it(asha: Person) -> None:
    ben, role = await hire(asha, BEN, MAKER), await make_role(asha, "Bookkeeper", {"billing.manage": "all"})
    path = f"/roles/{role}"

    answers = [
        await ben.asks("PATCH", path, {"grants": []}),
        await ben.asks("PATCH", path, {"name": "Mine"}),
        await ben.asks("DELETE", path),
    ]

    assert [code_of(answer) for answer in answers] == [(403, "not_yours_to_give")] * 3
    assert await granted(asha, role) == {"billing.manage": "all"}


async def test_a_role_with_more_is_not_given_either(asha: Person) -> None:
    ben, cara = await hire(asha, BEN, MAKER), await hire(asha, CARA, {})
    role = await make_role(asha, "Bookkeeper", {"billing.manage": "all"})

    given = await ben.asks("PATCH", f"/members/{cara.member}", {"role": role})
    taken = await ben.asks("PATCH", f"/members/{ben.member}", {"role": role})
    invited = await ben.asks("POST", "/invitations", {"email": "dev@example.test", "role": role})

    assert {code_of(answer) for answer in (given, taken, invited)} == {(403, "not_yours_to_give")}


async def test_nobody_takes_away_what_was_added_at_the_same_moment(asha: Person) -> None:
    ben, role = await hire(asha, BEN, MAKER), await make_role(asha, "Role", {"threads.view": "team"})
    more, less = {"billing.manage": "all"}, {"threads.view": "own"}

    for _ in range(20):
        await asha.does("PATCH", f"/roles/{role}", {"grants": grants({"threads.view": "team"})})
        raised, _ = await asyncio.gather(
            asha.asks("PATCH", f"/roles/{role}", {"grants": grants(more)}),
            ben.asks("PATCH", f"/roles/{role}", {"grants": grants(less)}),
        )

        assert (await granted(asha, role) == more) == raised.is_success


async def test_to_manage_roles_takes_the_permission(asha: Person) -> None:
    ben, role = await join(asha, BEN, "editor"), await make_role(asha, "Role", {})

    answers = [
        await ben.asks("POST", "/roles", {"name": "Mine", "grants": []}),
        await ben.asks("PATCH", f"/roles/{role}", {"name": "Mine"}),
        await ben.asks("DELETE", f"/roles/{role}"),
    ]

    assert [code_of(answer) for answer in answers] == [(403, "forbidden")] * 3


async def test_whoever_has_what_a_role_allows_changes_and_deletes_it(asha: Person) -> None:
    ben, role = await hire(asha, BEN, MAKER), await make_role(asha, "Role", {"threads.view": "own"})

    changed = await ben.does("PATCH", f"/roles/{role}", {"name": "Other", "grants": grants({"threads.view": "team"})})
    await ben.does("DELETE", f"/roles/{role}")

    assert (changed["name"], changed["grants"]) == ("Other", grants({"threads.view": "team"}))


# Teams


ROLES = {"roles.manage": "all"}


async def test_a_new_role_does_not_reach_teams_that_its_giver_does_not_reach(asha: Person) -> None:
    ben, cara = await hire(asha, BEN, MAKER), await hire(asha, CARA, {})
    mine, strange = await make_team(asha, "Mine", ben, cara), await make_team(asha, "Strange", cara)
    role, path = await make_role(asha, "Watcher", {"threads.view": "team"}), f"/members/{cara.member}"

    refused = await ben.asks("PATCH", path, {"role": role})
    elsewhere = await ben.asks("PATCH", path, {"role": role, "teams": [mine, strange]})
    given = await ben.asks("PATCH", path, {"role": role, "teams": [mine]})

    assert [code_of(one) for one in (refused, elsewhere)] == [(403, "not_yours_to_give")] * 2
    assert given.status_code == 200


async def test_a_role_is_not_widened_for_teams_that_its_maker_does_not_reach(asha: Person, clock: VirtualClock) -> None:
    ben, role = await hire(asha, BEN, MAKER), await make_role(asha, "Role", {"threads.view": "own"})
    cara, more = await join(asha, CARA, role), {"grants": grants({"threads.view": "team"})}
    team = await make_team(asha, "Strange", cara)

    refused = await ben.asks("PATCH", f"/roles/{role}", more)
    await asha.does("PUT", f"/teams/{team}/members/{ben.member}")
    await until_known(clock)

    assert code_of(refused) == (403, "not_yours_to_give")
    assert (await ben.asks("PATCH", f"/roles/{role}", more)).status_code == 200


async def test_nor_for_the_teams_of_whoever_is_invited_to_it(asha: Person) -> None:
    ben, role = await hire(asha, BEN, MAKER), await make_role(asha, "Role", {"threads.view": "own"})
    await invite(asha, CARA, role, teams=[await make_team(asha, "Strange")])

    answer = await ben.asks("PATCH", f"/roles/{role}", {"grants": grants({"threads.view": "team"})})

    assert code_of(answer) == (403, "not_yours_to_give")


async def test_what_a_role_allowed_before_is_no_new_power(asha: Person) -> None:
    ben, role = await hire(asha, BEN, MAKER), await make_role(asha, "Role", {"threads.view": "team", **ROLES})
    await make_team(asha, "Strange", await join(asha, CARA, role))

    answer = await ben.asks("PATCH", f"/roles/{role}", {"grants": grants({"threads.view": "team"})})

    assert answer.status_code == 200
