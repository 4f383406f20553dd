"""More than twelve: who of them is told, and of what all of them are."""

from typing import Any

from tests.hub.notices.desk import PATH, Desk
from tests.people import Person, join

CROWD = 13


async def hire(desk: Desk, n: int) -> list[Person]:
    """So many who may answer, besides the owner and the rep."""
    return [await join(desk.owner, f"rep{one}@acme.test") for one in range(n)]


async def those_told(desk: Desk, kind: str) -> set[str]:
    """Who has an unread notice of this kind."""
    found = await desk.hub.deps.mongo["notices"].find({"kind": kind, "slot": "unread"}, limit=100)
    return {one["member"] for one in found}


async def chosen_by(desk: Desk, who: Person) -> Any:
    """What is kept of how this one wants to be told."""
    kept = await desk.hub.deps.mongo["notice_preferences"].find_one({"_id": who.member})
    return kept and kept["ways"]


async def test_however_many_a_note_mentions_all_of_them_are_told(desk: Desk) -> None:
    crowd = {one.member for one in await hire(desk, CROWD)}

    await desk.talk.note(await desk.talk.begin(), "Who knows her?", *crowd)

    assert await those_told(desk, "mentioned") == crowd


async def test_however_many_follow_a_conversation_its_messages_are_told_to_all_of_them(desk: Desk) -> None:
    thread, crowd = await desk.a_talk_of_the_rep(), await hire(desk, CROWD - 1)
    for one in crowd:
        await one.does("POST", f"/threads/{thread.id}/follow", {})

    await desk.talk.hear(thread, "Hello")

    assert await those_told(desk, "message") == {desk.rep.member, *(one.member for one in crowd)}


async def test_what_more_than_twelve_could_take_is_told_to_those_who_have_chosen_how(desk: Desk) -> None:
    await hire(desk, CROWD - 2)
    await desk.wants(desk.rep, ways=("push",), kind="waiting")

    await desk.talk.begin(says="Hello")

    assert await those_told(desk, "waiting") == {desk.rep.member}


async def test_whoever_sends_back_what_is_usual_has_chosen_nothing(desk: Desk) -> None:
    shown = await desk.rep.does("GET", f"{PATH}/preferences")
    night = {"begins": "22:00", "ends": "07:00"}

    after = await desk.rep.does("PUT", f"{PATH}/preferences", {"kinds": shown["kinds"], "quiet": night})

    assert (after["kinds"], after["quiet"]) == (shown["kinds"], night)
    assert await chosen_by(desk, desk.rep) == {}


async def test_one_kind_that_is_told_otherwise_is_all_that_is_kept(desk: Desk) -> None:
    shown = await desk.rep.does("GET", f"{PATH}/preferences")
    kinds = [one | ({"ways": []} if one["kind"] == "survey" else {}) for one in shown["kinds"]]

    await desk.rep.does("PUT", f"{PATH}/preferences", {"kinds": kinds})

    assert await chosen_by(desk, desk.rep) == {"survey": []}
