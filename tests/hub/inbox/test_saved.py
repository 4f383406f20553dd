"""Saved views: kept for oneself or for everybody, and lists are shown by them."""

from datetime import timedelta
from typing import Any

from hub.inbox.repository import MOST_VIEWS, VIEWS
from hub.threads.happenings import Snoozed, Tagged
from tests.clock import VirtualClock
from tests.hub.inbox.talking import Talk
from tests.hubs import Hub
from tests.people import Person, code_of, join, sign_in

TAGGED = {"field": "tag", "op": "is", "values": ["vip"]}
SNOOZED = {"field": "status", "op": "is", "values": ["snoozed"]}


async def saved(person: Person, match: str = "and", *conditions: Any, **more: Any) -> Any:
    """A view of these conditions."""
    wanted = {"name": "Important", "filter": {"match": match, "conditions": conditions}, **more}
    return await person.does("POST", "/views", wanted)


async def listed(person: Person, view: Any) -> set[str]:
    """The ids that it shows."""
    return {row["id"] for row in (await person.does("GET", f"/threads?view={view['id']}"))["items"]}


async def test_a_saved_view_shows_what_its_filter_says(talk: Talk, owner: Person, clock: VirtualClock) -> None:
    tagged = await talk.happen(await talk.begin(says="one"), Tagged(put=("vip",)))
    slept = await talk.happen(await talk.begin(says="two"), Snoozed(until=clock.now() + timedelta(days=1)))
    await talk.begin(says="three")

    assert await listed(owner, await saved(owner, "and", TAGGED)) == {tagged.id}
    assert await listed(owner, await saved(owner, "or", TAGGED, SNOOZED)) == {tagged.id, slept.id}
    assert await listed(owner, await saved(owner, "and", TAGGED, SNOOZED)) == set()


async def test_a_saved_view_has_an_order_of_its_own(talk: Talk, owner: Person, clock: VirtualClock) -> None:
    first = await talk.begin(says="one")
    await clock.advance(minutes=1)
    second = await talk.begin(says="two")
    view = await saved(owner, sort="oldest")

    rows = (await owner.does("GET", f"/threads?view={view['id']}"))["items"]

    assert [row["id"] for row in rows] == [first.id, second.id]


async def test_a_view_with_a_time_is_paged_within_it(talk: Talk, owner: Person, clock: VirtualClock) -> None:
    for _ in range(4):
        await talk.begin(says="hello")
        await clock.advance(hours=1)
    older = {"field": "moved_at", "op": "older_than_h", "values": ["1"]}
    owner = await sign_in(owner.hub, owner.email)
    view = await saved(owner, "and", older)

    first = await owner.does("GET", f"/threads?view={view['id']}&limit=2")
    second = await owner.does("GET", f"/threads?view={view['id']}&limit=2&cursor={first['next']}")

    assert [len(first["items"]), len(second["items"]), second["next"]] == [2, 1, None]


async def test_a_shared_view_is_everybodys_to_see_and_its_makers_to_change(owner: Person) -> None:
    rep = await join(owner, "rep@acme.test")
    shared, own = await saved(owner, is_shared=True), await saved(owner)

    seen = (await rep.does("GET", "/views"))["items"]

    assert [view["id"] for view in seen] == [shared["id"]]
    for view in (shared, own):
        assert code_of(await rep.asks("PATCH", f"/views/{view['id']}", {"name": "Mine"})) == (404, "no_such_view")
        assert code_of(await rep.asks("DELETE", f"/views/{view['id']}")) == (404, "no_such_view")


async def test_who_manages_the_account_changes_what_a_member_shares(owner: Person) -> None:
    rep = await join(owner, "rep@acme.test")
    shared, own = await saved(rep, is_shared=True), await saved(rep)

    changed = await owner.does("PATCH", f"/views/{shared['id']}", {"name": "Everybody's", "sort": "priority"})

    assert (changed["name"], changed["sort"], changed["owner"]) == ("Everybody's", "priority", rep.member)
    assert code_of(await owner.asks("DELETE", f"/views/{own['id']}")) == (404, "no_such_view")


async def test_a_deleted_view_is_gone(owner: Person) -> None:
    view = await saved(owner)

    await owner.does("DELETE", f"/views/{view['id']}")

    assert code_of(await owner.asks("GET", f"/threads?view={view['id']}")) == (400, "unknown_view")


async def test_a_filter_that_makes_no_sense_is_refused_when_it_is_saved(owner: Person) -> None:
    wanted = {"name": "No", "filter": {"conditions": [{"field": "status", "op": "is", "values": ["$ne"]}]}}

    assert code_of(await owner.asks("POST", "/views", wanted)) == (400, "bad_filter")


async def test_the_name_of_a_view_is_sealed(hub: Hub, owner: Person) -> None:
    await saved(owner)

    (stored,) = await hub.deps.mongo[VIEWS].find({"account": owner.account}, limit=2)

    assert b"Important" not in stored["name"]


async def test_nobody_has_more_views_than_a_list_shows(hub: Hub, owner: Person) -> None:
    view = await saved(owner)
    document = await hub.deps.mongo[VIEWS].find_one({"_id": view["id"]}) or {}
    for number in range(MOST_VIEWS - 1):
        await hub.deps.mongo[VIEWS].insert({**document, "_id": f"{number}"})

    refused = await owner.asks("POST", "/views", {"name": "One more", "filter": {}})

    assert code_of(refused) == (409, "too_many_views")
