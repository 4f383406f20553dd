"""Teams are made, changed and deleted."""

import asyncio

import pytest
from pymongo import MongoClient

from hub.access import Caller
from hub.accounts import repository, teams
from hub.accounts.roles import BUILT_IN, OWNER
from hub.accounts.team_shapes import TeamWanted
from hub.act import Act
from hub.settings import Settings
from hub.store.ids import new_id
from tests.clock import VirtualClock
from tests.dumps import dump, raw
from tests.hub.accounts.staff import last_entry, make_team
from tests.people import Person, code_of, found, invite, join

BEN, CARA, DEV = "ben@example.test", "cara@example.test", "dev@example.test"


# Making and changing


async def test_a_new_team_has_a_name_and_nobody_in_it(asha: Person, clock: VirtualClock) -> None:
    made = await asha.does("POST", "/teams", {"name": "Sales"})

    assert (made["name"], made["member_ids"], made["hours"]) == ("Sales", [], None)
    assert made["made_at"] == clock.now().isoformat().replace("+00:00", "Z")
    assert await asha.does("GET", f"/teams/{made['id']}") == made
    assert await asha.does("GET", "/teams") == {"items": [made]}


@pytest.mark.parametrize("name", ["Sales", "sales", "SALES", " Sales ", "\uff33ales"])
async def test_two_teams_do_not_have_the_same_name(asha: Person, name: str) -> None:
    await make_team(asha, "Sales")

    answer = await asha.asks("POST", "/teams", {"name": name})

    assert code_of(answer) == (409, "name_taken")


async def test_of_many_teams_of_one_name_at_the_same_moment_one_is_made(asha: Person) -> None:
    answers = await asyncio.gather(*(asha.asks("POST", "/teams", {"name": "Sales"}) for _ in range(5)))

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]


async def test_another_account_may_use_the_name_too(asha: Person) -> None:
    zoe = await found(asha.hub, "zenith")
    await make_team(asha, "Sales")

    await make_team(zoe, "Sales")

    assert [team["name"] for team in (await zoe.does("GET", "/teams"))["items"]] == ["Sales"]


async def test_a_team_takes_another_name_and_keeps_all_else(asha: Person) -> None:
    team = await make_team(asha, "Sales", asha)
    before = await asha.does("GET", f"/teams/{team}")

    after = await asha.does("PATCH", f"/teams/{team}", {"name": "SALES"})

    assert after == {**before, "name": "SALES"}
    assert await asha.does("GET", f"/teams/{team}") == after


async def test_a_team_does_not_take_the_name_of_another(asha: Person) -> None:
    await make_team(asha, "Sales")
    team = await make_team(asha, "Support")

    answer = await asha.asks("PATCH", f"/teams/{team}", {"name": "sales"})

    assert code_of(answer) == (409, "name_taken")
    assert (await asha.does("GET", f"/teams/{team}"))["name"] == "Support"


async def test_nothing_to_change_changes_nothing(asha: Person) -> None:
    team = await make_team(asha, "Sales", asha)
    before = await asha.does("GET", f"/teams/{team}")

    assert await asha.does("PATCH", f"/teams/{team}", {}) == before


async def test_a_name_is_free_again_once_its_team_is_deleted(asha: Person) -> None:
    await asha.does("DELETE", f"/teams/{await make_team(asha, 'Sales')}")

    await make_team(asha, "Sales")


async def test_a_request_that_was_cut_off_meets_what_it_has_stored(asha: Person) -> None:
    caller = Caller("member", asha.member, asha.account, BUILT_IN[OWNER])
    act = Act(asha.hub.deps, caller, new_id(asha.hub.deps.clock.now()))
    wanted = TeamWanted(name="Sales")

    first, again = await teams.make(act, wanted), await teams.make(act, wanted)

    assert first == again
    assert len((await asha.does("GET", "/teams"))["items"]) == 1


async def test_an_account_has_no_more_teams_than_a_list_shows(asha: Person, settings: Settings) -> None:
    others: list[dict[str, object]] = [
        {"_id": f"{n}", "account": asha.account, "key": b"%d" % n} for n in range(repository.MOST)
    ]
    with MongoClient[dict[str, object]](settings.mongodb_url.reveal()) as client:
        client[settings.mongodb_database][repository.TEAMS].insert_many(others)

    answer = await asha.asks("POST", "/teams", {"name": "Sales"})

    assert code_of(answer) == (422, "account_full")


async def test_the_name_of_a_team_stands_nowhere_in_plain(asha: Person, settings: Settings) -> None:
    await make_team(asha, "Canary Watchers")

    assert b"anary" not in raw(dump(settings)).lower()


# Deleting


async def test_a_deleted_team_takes_nobody_along(asha: Person) -> None:
    ben = await join(asha, BEN)
    sales, support = await make_team(asha, "Sales", asha, ben), await make_team(asha, "Support", ben)

    await asha.does("DELETE", f"/teams/{sales}")

    assert code_of(await asha.asks("GET", f"/teams/{sales}")) == (404, "no_such_team")
    members = (await asha.does("GET", "/members"))["items"]
    assert {member["id"]: member["teams"] for member in members} == {asha.member: [], ben.member: [support]}


async def test_nobody_is_invited_to_a_team_that_is_deleted(asha: Person) -> None:
    team = await make_team(asha, "Sales")
    await invite(asha, BEN, teams=[team])

    await asha.does("DELETE", f"/teams/{team}")

    [invitation] = (await asha.does("GET", "/invitations"))["items"]
    assert invitation["teams"] == []


async def test_of_two_who_delete_a_team_one_is_told_that_it_is_gone(asha: Person) -> None:
    team = await make_team(asha, "Sales")

    answers = await asyncio.gather(*(asha.asks("DELETE", f"/teams/{team}") for _ in range(2)))

    assert sorted(answer.status_code for answer in answers) == [204, 404]


async def test_deleting_again_finishes_what_was_cut_off(asha: Person) -> None:
    team = await make_team(asha, "Sales", asha)
    await asha.hub.deps.mongo[repository.TEAMS].delete({"_id": team})

    answer = await asha.asks("DELETE", f"/teams/{team}")

    assert code_of(answer) == (404, "no_such_team")
    assert (await asha.does("GET", f"/members/{asha.member}"))["teams"] == []


@pytest.mark.parametrize("way", ["put", "patch"])
async def test_nobody_stays_in_a_team_that_goes_at_the_same_moment(asha: Person, way: str) -> None:
    for number in range(20):
        team = await make_team(asha, f"Team {number}")
        path, body = {
            "put": (f"/teams/{team}/members/{asha.member}", None),
            "patch": (f"/members/{asha.member}", {"teams": [team]}),
        }[way]

        await asyncio.gather(asha.asks(way.upper(), path, body), asha.does("DELETE", f"/teams/{team}"))

        assert (await asha.does("GET", f"/members/{asha.member}"))["teams"] == []


# The audit log


async def test_the_log_says_how_a_team_was_and_is(asha: Person) -> None:
    team = await make_team(asha, "Sales")

    await asha.does("PATCH", f"/teams/{team}", {"name": "Support"})

    entry = await last_entry(asha, "team.change")
    assert entry["target"] == {"team": team, "team_id": team}
    assert (entry["before"]["name"], entry["after"]["name"]) == ("Sales", "Support")


async def test_the_log_says_who_came_into_a_team(asha: Person) -> None:
    team = await make_team(asha, "Sales", asha)

    entry = await last_entry(asha, "team.put_member")

    assert (entry["target"]["team"], entry["target"]["member"]) == (team, asha.member)
    assert (entry["before"]["member_ids"], entry["after"]["member_ids"]) == ([], [asha.member])


async def test_the_log_says_what_was_deleted(asha: Person) -> None:
    team = await make_team(asha, "Sales", asha)

    await asha.does("DELETE", f"/teams/{team}")

    entry = await last_entry(asha, "team.delete")
    assert (entry["before"]["name"], entry["before"]["member_ids"]) == ("Sales", [asha.member])
    assert entry["after"] is None
