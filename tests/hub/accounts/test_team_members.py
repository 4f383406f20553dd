"""Who is in which team, who sees which, and what being in one gives."""

import pytest

from tests.clock import VirtualClock
from tests.hub.accounts.staff import hire, make_team, until_known
from tests.people import Person, code_of, found, join

BEN, CARA, DEV = "ben@example.test", "cara@example.test", "dev@example.test"


# Members


async def test_members_come_and_go(asha: Person) -> None:
    ben = await join(asha, BEN)
    team = await make_team(asha, "Sales", asha)

    came = await asha.does("PUT", f"/teams/{team}/members/{ben.member}")
    went = await asha.does("DELETE", f"/teams/{team}/members/{asha.member}")

    assert came["member_ids"] == sorted([asha.member, ben.member])
    assert went["member_ids"] == [ben.member]
    assert (await asha.does("GET", f"/members/{ben.member}"))["teams"] == [team]


async def test_to_put_a_member_in_twice_changes_nothing(asha: Person) -> None:
    team = await make_team(asha, "Sales", asha)

    again = await asha.does("PUT", f"/teams/{team}/members/{asha.member}")

    assert again["member_ids"] == [asha.member]


async def test_whoever_is_not_in_a_team_cannot_be_taken_out(asha: Person) -> None:
    team = await make_team(asha, "Sales")

    answer = await asha.asks("DELETE", f"/teams/{team}/members/{asha.member}")

    assert code_of(answer) == (404, "no_such_member")


async def test_only_members_of_the_account_are_put_into_its_teams(asha: Person) -> None:
    zoe = await found(asha.hub, "zenith")
    team = await make_team(asha, "Sales")

    answers = [await asha.asks("PUT", f"/teams/{team}/members/{id}") for id in (zoe.member, "nobody")]

    assert [code_of(answer) for answer in answers] == [(404, "no_such_member")] * 2
    assert (await zoe.does("GET", f"/members/{zoe.member}"))["teams"] == []


async def test_the_teams_of_other_accounts_are_not_there(asha: Person) -> None:
    zoe, team = await found(asha.hub, "zenith"), await make_team(asha, "Sales")
    path = f"/teams/{team}"

    answers = [
        await zoe.asks("GET", path),
        await zoe.asks("PATCH", path, {"name": "Taken over"}),
        await zoe.asks("PUT", f"{path}/hours", {"hours": None}),
        await zoe.asks("PUT", f"{path}/members/{zoe.member}"),
        await zoe.asks("DELETE", f"{path}/members/{asha.member}"),
        await zoe.asks("DELETE", path),
    ]

    assert [code_of(answer) for answer in answers] == [(404, "no_such_team")] * 6
    assert (await asha.does("GET", path))["name"] == "Sales"


async def test_whoever_leaves_the_account_leaves_its_teams(asha: Person) -> None:
    ben = await join(asha, BEN)
    team = await make_team(asha, "Sales", asha, ben)

    await asha.does("DELETE", f"/members/{ben.member}")

    assert (await asha.does("GET", f"/teams/{team}"))["member_ids"] == [asha.member]


async def test_to_change_a_team_takes_the_permission(asha: Person) -> None:
    ben, team = await join(asha, BEN, "editor"), await make_team(asha, "Sales")
    path = f"/teams/{team}"

    answers = [
        await ben.asks("POST", "/teams", {"name": "Mine"}),
        await ben.asks("PATCH", path, {"name": "Mine"}),
        await ben.asks("PUT", f"{path}/hours", {"hours": None}),
        await ben.asks("PUT", f"{path}/members/{ben.member}"),
        await ben.asks("DELETE", f"{path}/members/{ben.member}"),
        await ben.asks("DELETE", path),
    ]

    assert [code_of(answer) for answer in answers] == [(403, "forbidden")] * 6


# Who sees which


async def test_scope_team_shows_the_teams_that_one_is_in(asha: Person) -> None:
    ben = await hire(asha, BEN, {"members.view": "team"})
    ours, theirs = await make_team(asha, "Sales", asha, ben), await make_team(asha, "Support", asha)

    seen = (await ben.does("GET", "/teams"))["items"]

    assert [(team["id"], team["member_ids"]) for team in seen] == [(ours, sorted([asha.member, ben.member]))]
    assert await ben.does("GET", f"/teams/{ours}") == seen[0]
    assert code_of(await ben.asks("GET", f"/teams/{theirs}")) == (404, "no_such_team")


async def test_scope_own_shows_nobody_but_oneself_in_the_teams_that_one_is_in(asha: Person) -> None:
    ben = await hire(asha, BEN, {"members.view": "own"})
    ours, theirs = await make_team(asha, "Sales", asha, ben), await make_team(asha, "Support", asha)

    seen = (await ben.does("GET", "/teams"))["items"]

    assert [(team["id"], team["member_ids"]) for team in seen] == [(ours, [ben.member])]
    assert await ben.does("GET", f"/teams/{ours}") == seen[0]
    assert code_of(await ben.asks("GET", f"/teams/{theirs}")) == (404, "no_such_team")


async def test_whoever_is_in_no_team_sees_none_by_scope_team(asha: Person) -> None:
    ben = await hire(asha, BEN, {"members.view": "team"})
    await make_team(asha, "Sales", asha)

    assert await ben.does("GET", "/teams") == {"items": []}


async def test_a_team_that_one_is_taken_out_of_is_seen_no_more(asha: Person, clock: VirtualClock) -> None:
    ben = await hire(asha, BEN, {"members.view": "team"})
    team = await make_team(asha, "Sales", ben)
    await ben.does("GET", f"/teams/{team}")

    await asha.does("DELETE", f"/teams/{team}/members/{ben.member}")
    await until_known(clock)

    assert code_of(await ben.asks("GET", f"/teams/{team}")) == (404, "no_such_team")


async def test_whoever_sees_no_members_sees_no_teams(asha: Person) -> None:
    ben = await hire(asha, BEN, {"teams.manage": "all"})

    assert code_of(await ben.asks("GET", "/teams")) == (403, "forbidden")


# Being in a team gives whatever the role grants for one's teams


LEAD = {"members.view": "all", "members.manage": "all", "teams.manage": "all", "threads.view": "team"}


@pytest.mark.parametrize("way", ["put", "patch"])
async def test_nobody_reaches_a_team_by_putting_themselves_into_it(asha: Person, way: str) -> None:
    ben, team = await hire(asha, BEN, LEAD), await make_team(asha, "Sales")
    path, body = {
        "put": (f"/teams/{team}/members/{ben.member}", None),
        "patch": (f"/members/{ben.member}", {"teams": [team]}),
    }[way]

    answer = await ben.asks(way.upper(), path, body)

    assert code_of(answer) == (403, "not_yours_to_give")
    assert answer.json()["error"]["data"] == {"permissions": ["threads.view"]}
    assert (await asha.does("GET", f"/teams/{team}"))["member_ids"] == []


async def test_whoever_reaches_a_team_puts_others_into_it(asha: Person) -> None:
    ben, cara = await hire(asha, BEN, LEAD), await hire(asha, CARA, {"threads.view": "team"})
    team = await make_team(asha, "Sales", ben)

    came = await ben.does("PUT", f"/teams/{team}/members/{cara.member}")

    assert came["member_ids"] == sorted([ben.member, cara.member])


async def test_whoever_lacks_what_others_would_reach_a_team_by_does_not_put_them_into_it(asha: Person) -> None:
    ben, cara = await hire(asha, BEN, LEAD), await hire(asha, CARA, {"people.view": "team"})
    team = await make_team(asha, "Sales", ben)

    answer = await ben.asks("PUT", f"/teams/{team}/members/{cara.member}")

    assert code_of(answer) == (403, "not_yours_to_give")


async def test_whoever_reaches_everything_puts_anybody_into_any_team(asha: Person) -> None:
    ben = await hire(asha, BEN, {"teams.manage": "all", "threads.view": "all"})
    cara, dev = await hire(asha, CARA, {"threads.view": "team"}), await join(asha, DEV, "viewer")
    team = await make_team(asha, "Sales")

    await ben.does("PUT", f"/teams/{team}/members/{cara.member}")
    came = await ben.does("PUT", f"/teams/{team}/members/{dev.member}")

    assert came["member_ids"] == sorted([cara.member, dev.member])


async def test_the_role_that_a_member_is_about_to_have_is_what_counts_for_the_teams(asha: Person) -> None:
    ben, cara = await hire(asha, BEN, LEAD), await hire(asha, CARA, {"members.view": "own"})
    team = await make_team(asha, "Sales")
    role = (await asha.does("GET", f"/members/{ben.member}"))["role"]

    answer = await ben.asks("PATCH", f"/members/{cara.member}", {"role": role, "teams": [team]})

    assert code_of(answer) == (403, "not_yours_to_give")
    assert (await asha.does("GET", f"/members/{cara.member}"))["teams"] == []
