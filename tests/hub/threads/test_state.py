"""What a conversation is besides who speaks in it: closed, reopened, urgent, tagged, followed."""

import asyncio

from hub.threads.models import Thread
from tests.hub.threads.talk import as_member, events_of, latest, note, write
from tests.people import Person, code_of, join


async def test_a_closed_conversation_has_nothing_to_do_and_nothing_to_read(asha: Person, thread: Thread) -> None:
    await asha.does("POST", f"/threads/{thread.id}/takeover", {})
    thread, _ = await write(asha.hub, thread)

    shown = await asha.does("POST", f"/threads/{thread.id}/close", {})

    assert (shown["status"], shown["waiting_since"], shown["is_unread"]) == ("closed", None, False)
    assert shown["closed_at"] is not None


async def test_a_message_opens_what_was_closed(asha: Person, thread: Thread) -> None:
    await asha.does("POST", f"/threads/{thread.id}/close", {"why": "spam"})

    after, _ = await write(asha.hub, thread)

    assert (after.status, after.closed_at, after.is_waiting) == ("open", None, True)


async def test_what_is_so_already_happens_once(asha: Person, thread: Thread) -> None:
    path = f"/threads/{thread.id}"

    await asyncio.gather(*(asha.does("POST", f"{path}/close", {}) for _ in range(5)))
    await asha.does("POST", f"{path}/reopen")
    await asha.does("POST", f"{path}/reopen")
    await asha.does("POST", f"{path}/priority", {"priority": "normal"})

    assert [event["name"] for event in await events_of(asha.hub, thread)] == ["closed", "reopened"]


async def test_how_urgent_it_is(asha: Person, thread: Thread) -> None:
    shown = await asha.does("POST", f"/threads/{thread.id}/priority", {"priority": "urgent"})

    assert shown["priority"] == "urgent"


async def test_tags_go_on_and_off(asha: Person, thread: Thread) -> None:
    await asha.does("POST", f"/threads/{thread.id}/tags", {"put": [" price  list ", "new"]})

    shown = await asha.does("POST", f"/threads/{thread.id}/tags", {"put": ["hot"], "take_off": ["new", "unknown"]})

    assert shown["tags"] == ["hot", "price list"]
    assert (await events_of(asha.hub, thread))[-1] == {"name": "tagged", "put": ["hot"], "taken": ["new"]}


async def test_a_conversation_has_so_many_tags(asha: Person, thread: Thread) -> None:
    await asha.does("POST", f"/threads/{thread.id}/tags", {"put": [f"tag {number}" for number in range(30)]})

    refused = await asha.asks("POST", f"/threads/{thread.id}/tags", {"put": ["one more"]})
    exchanged = await asha.does("POST", f"/threads/{thread.id}/tags", {"put": ["one more"], "take_off": ["tag 7"]})

    assert code_of(refused) == (422, "too_many_tags")
    assert len(exchanged["tags"]) == 30


async def test_two_who_tag_at_once_both_do(asha: Person, thread: Thread) -> None:
    path = f"/threads/{thread.id}/tags"

    await asyncio.gather(*(asha.does("POST", path, {"put": [tag]}) for tag in "abcde"))

    assert (await latest(asha.hub, thread)).tags == [*"abcde"]


async def test_a_follower_hears_of_what_the_person_writes(asha: Person, thread: Thread) -> None:
    ravi = await join(asha, "ravi@acme.test", "viewer")
    await ravi.does("POST", f"/threads/{thread.id}/follow", {})

    await write(asha.hub, thread)

    assert (await ravi.does("GET", f"/threads/{thread.id}"))["is_unread"]
    left = await ravi.does("POST", f"/threads/{thread.id}/unfollow", {})
    assert (left["is_following"], left["is_unread"]) == (False, False)


async def test_whoever_is_mentioned_has_something_to_read_and_follows(asha: Person, thread: Thread) -> None:
    ravi = await join(asha, "ravi@acme.test", "viewer")

    await note(asha.hub, thread, as_member(asha), ravi.member)

    shown = await ravi.does("GET", f"/threads/{thread.id}")
    assert (shown["is_mentioned"], shown["is_unread"], shown["is_following"]) == (True, True, True)
