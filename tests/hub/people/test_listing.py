"""Lists of people: page by page, by what is asked for, as far as a permission reaches."""

from typing import Any

import pytest

from hub.people import repository
from hub.people.duplicates import suggest
from hub.people.getting import get_person
from hub.people.models import Alike
from hub.settings import Settings
from tests.hub.people.known import Asked
from tests.hubs import Hub, running_hub
from tests.people import Person, code_of, found, join


async def made(person: Person, name: str, **more: Any) -> str:
    """The id of somebody new."""
    return str((await person.does("POST", "/people", {"name": name, **more}))["id"])


async def names(person: Person, query: str = "") -> list[str]:
    """Whoever a list shows."""
    return [one["name"] for one in (await person.does("GET", f"/people?{query}"))["items"]]


async def rep(owner: Person, scope: str, email: str = "rep@acme.test", **more: Any) -> Person:
    """Somebody whose permissions about people reach so far."""
    grants = [{"permission": f"people.{verb}", "scope": scope} for verb in ("view", "edit")]
    role = await owner.does("POST", "/roles", {"name": email, "grants": grants})
    return await join(owner, email, role["id"], **more)


async def suggested(owner: Person, one: str, other: str) -> str:
    """The id of a new suggestion, if it is one."""
    deps, account = owner.hub.deps, owner.account
    people = await get_person(deps, account, one), await get_person(deps, account, other)
    made = await suggest(deps, people[0], people[1], Alike.PHONE)
    return made.id if made else ""


async def test_pages_show_everybody_once_whoever_changed_last_first(hub: Hub) -> None:
    owner = await found(hub, "acme")
    for number in range(5):
        await made(owner, f"person {number}")

    pages = [await owner.does("GET", "/people?limit=2")]
    while pages[-1]["next"]:
        pages.append(await owner.does("GET", f"/people?limit=2&cursor={pages[-1]['next']}"))

    assert [one["name"] for page in pages for one in page["items"]] == [
        f"person {number}" for number in (4, 3, 2, 1, 0)
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("stage=customer", ["buyer"]),
        ("status=qualified", ["hot"]),
        ("tag=VIP", ["tagged"]),
        ("assignee=nobody", []),
        ("stage=lead&tag=vip", []),
        ("", ["hot", "tagged", "buyer"]),
    ],
)
async def test_a_list_shows_what_is_asked_for(hub: Hub, query: str, expected: list[str]) -> None:
    owner = await found(hub, "acme")
    await made(owner, "buyer", stage="customer")
    await made(owner, "tagged", tags=["vip"])
    hot = await made(owner, "hot")
    await owner.does("PATCH", f"/people/{hot}/lead", {"status": "qualified"})

    assert await names(owner, query) == expected


async def test_whoever_was_merged_is_in_no_list(hub: Hub) -> None:
    owner = await found(hub, "acme")
    asha, other = await made(owner, "asha"), await made(owner, "other")
    await hub.deps.mongo[repository.PEOPLE].update({"_id": other}, {"$set": {"merged_into": asha}})

    assert await names(owner) == ["asha"]
    assert (await owner.does("GET", f"/people/{other}"))["id"] == asha


@pytest.mark.parametrize(
    ("scope", "expected"), [("own", ["mine"]), ("team", ["mate's", "mine"]), ("all", ["mate's", "mine", "nobody's"])]
)
async def test_a_lead_is_seen_by_its_assignee_their_team_or_all(hub: Hub, scope: str, expected: list[str]) -> None:
    owner = await found(hub, "acme")
    team = (await owner.does("POST", "/teams", {"name": "Sales"}))["id"]
    asking = await rep(owner, scope, teams=[team])
    mate = await join(owner, "mate@acme.test", "viewer", teams=[team])
    for name, assignee in (("mine", asking.member), ("mate's", mate.member), ("nobody's", None)):
        await made(owner, name, assignee_id=assignee)

    assert sorted(await names(asking)) == expected


async def test_beyond_ones_reach_there_is_nobody(hub: Hub) -> None:
    owner = await found(hub, "acme")
    asking, other = await rep(owner, "own"), await made(owner, "somebody else's")

    answers = [
        await asking.asks("GET", f"/people/{other}"),
        await asking.asks("PATCH", f"/people/{other}", {"name": "mine"}),
        await asking.asks("POST", f"/people/{other}/notes", {"text": "mine"}),
    ]

    assert {code_of(answer) for answer in answers} == {(404, "no_such_person")}


async def test_whoever_reaches_only_the_own_makes_people_that_are_the_own(hub: Hub) -> None:
    owner = await found(hub, "acme")
    asking = await rep(owner, "own")

    await made(asking, "mine")

    assert await names(asking) == ["mine"]
    refused = await asking.asks("POST", "/people", {"assignee_id": owner.member})
    assert code_of(refused) == (404, "no_such_member")


async def test_whose_number_it_is_is_not_told_beyond_ones_reach(hub: Hub) -> None:
    owner = await found(hub, "acme")
    asking, identities = await rep(owner, "own"), [{"kind": "phone", "value": "+14155550123"}]
    await made(owner, "somebody else's", identities=identities)

    answer = await asking.asks("POST", "/people", {"identities": identities})

    assert code_of(answer) == (409, "identity_taken")
    assert answer.json()["error"]["data"] == {}


async def test_a_suggestion_needs_both_people_to_be_seen(hub: Hub) -> None:
    owner = await found(hub, "acme")
    asking = await rep(owner, "own")
    mine, other = await made(owner, "mine", assignee_id=asking.member), await made(owner, "somebody else's")
    await suggested(owner, mine, other)

    [shown] = (await owner.does("GET", "/people/duplicates"))["items"]

    assert {one["id"] for one in shown["people"]} == {mine, other}
    assert (await asking.does("GET", "/people/duplicates"))["items"] == []
    refused = await asking.asks("POST", f"/people/duplicates/{shown['id']}/dismiss")
    assert code_of(refused) == (404, "no_such_duplicate")


async def test_what_was_dismissed_is_not_suggested_again(hub: Hub) -> None:
    owner = await found(hub, "acme")
    one, other = [await made(owner, name) for name in ("one", "other")]
    id = await suggested(owner, one, other)

    await owner.does("POST", f"/people/duplicates/{id}/dismiss")
    await suggested(owner, one, other)

    assert (await owner.does("GET", "/people/duplicates"))["items"] == []
    again = await owner.asks("POST", f"/people/duplicates/{id}/dismiss")
    assert code_of(again) == (404, "no_such_duplicate")


@pytest.mark.parametrize("people", [1, 20])
async def test_a_list_is_one_query_however_many_it_shows(settings: Settings, people: int) -> None:
    asked = Asked()
    async with running_hub(settings, listeners=[asked]) as hub:
        owner = await found(hub, "acme")
        for number in range(people):
            await made(owner, f"person {number}")
        asked.count = 0

        assert len(await names(owner)) == people

        assert asked.count == 1
