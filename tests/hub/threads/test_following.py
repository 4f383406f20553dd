"""What following a conversation gives, and what is left to whoever has it no more."""

from hub.threads import ownership
from hub.threads.models import THE_HUB, Thread
from hub.threads.routes import ENDPOINTS
from tests.hub.accounts.staff import hire
from tests.hub.threads.talk import as_member, latest, note, write
from tests.people import Person, code_of

OWN = {"threads.view": "own", "threads.follow": "own", "threads.reply": "own", "threads.assign": "own"}
NOT_THERE = (404, "no_such_thread")


async def test_who_follows_a_conversation_sees_it_and_does_not_speak_in_it(asha: Person, thread: Thread) -> None:
    ravi = await hire(asha, "ravi@acme.test", OWN)

    await note(asha.hub, thread, as_member(asha), ravi.member)

    at = f"/threads/{thread.id}"
    assert (await ravi.asks("GET", at)).is_success
    assert (await ravi.asks("POST", f"{at}/read", {})).is_success
    for what, body in (("takeover", {}), ("close", {}), ("tags", {"put": ["x"]}), ("assign", {"team_id": "x"})):
        assert code_of(await ravi.asks("POST", f"{at}/{what}", body)) == NOT_THERE


async def test_who_follows_and_speaks_there_may_go_on_speaking(asha: Person, thread: Thread) -> None:
    ravi = await hire(asha, "ravi@acme.test", OWN)
    await note(asha.hub, thread, as_member(asha), ravi.member)

    await ownership.take_over(asha.hub.deps, await latest(asha.hub, thread), THE_HUB, ravi.member)

    assert (await ravi.asks("POST", f"/threads/{thread.id}/close", {})).is_success


async def test_whoever_has_a_conversation_no_more_has_nothing_to_read_in_it(asha: Person, thread: Thread) -> None:
    ravi = await hire(asha, "ravi@acme.test", OWN)
    await ownership.take_over(asha.hub.deps, thread, THE_HUB, ravi.member)
    await write(asha.hub, thread)
    before = await latest(asha.hub, thread)

    after = await ownership.release(asha.hub.deps, before, THE_HUB)

    assert (before.unread_for, after.unread_for) == ([ravi.member], [])


async def test_whoever_follows_it_still_has(asha: Person, thread: Thread) -> None:
    ravi = await hire(asha, "ravi@acme.test", OWN)
    thread = await ownership.take_over(asha.hub.deps, thread, THE_HUB, ravi.member)
    await note(asha.hub, thread, as_member(asha), ravi.member)
    await write(asha.hub, thread)

    after = await ownership.release(asha.hub.deps, await latest(asha.hub, thread), THE_HUB)

    assert after.unread_for == [ravi.member]


def test_marks_are_said_to_stand_where_they_stand() -> None:
    said = {endpoint.id: endpoint.recorded_in for endpoint in ENDPOINTS}

    assert said["read_thread"] == said["unread_thread"] == "the marks of the conversation"
    assert said["follow_thread"] == said["unfollow_thread"] == "the conversation's log"
