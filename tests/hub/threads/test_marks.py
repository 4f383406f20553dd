"""What a member has read: nothing that was written at the same moment is ever taken for read."""

import asyncio

from hub.threads import marks, repository
from hub.threads.fold import fold
from hub.threads.happening import drafted
from hub.threads.happenings import Priority, PrioritySet
from hub.threads.log import get_thread, placed
from hub.threads.models import THE_HUB, Thread
from tests.hub.threads.talk import as_member, latest, note, write
from tests.people import Person, join


async def followed(asha: Person, thread: Thread) -> Thread:
    """By somebody who then has something to read."""
    await asha.does("POST", f"/threads/{thread.id}/follow", {})
    thread, _ = await write(asha.hub, thread)
    await asha.hub.deps.background.settle()
    return thread


async def test_what_was_read_is_read_and_the_next_message_is_not(asha: Person, thread: Thread) -> None:
    thread = await followed(asha, thread)

    read = await asha.does("POST", f"/threads/{thread.id}/read", {"seq": thread.seq})
    await write(asha.hub, thread)

    shown = await asha.does("GET", f"/threads/{thread.id}")
    assert (read["is_unread"], read["read_seq"]) == (False, thread.seq)
    assert (shown["is_unread"], shown["read_seq"]) == (True, thread.seq)


async def test_without_a_place_everything_is_read(asha: Person, thread: Thread) -> None:
    thread = await followed(asha, thread)

    read = await asha.does("POST", f"/threads/{thread.id}/read", {})

    assert (read["is_unread"], read["read_seq"]) == (False, thread.seq)


async def test_what_stands_behind_what_was_seen_stays_unread(asha: Person, thread: Thread) -> None:
    thread = await followed(asha, thread)

    read = await asha.does("POST", f"/threads/{thread.id}/read", {"seq": thread.seq - 1})

    assert read["is_unread"]


async def test_events_behind_what_was_seen_are_nothing_to_read(asha: Person, thread: Thread) -> None:
    thread = await followed(asha, thread)
    await asha.does("POST", f"/threads/{thread.id}/priority", {"priority": "high"})

    read = await asha.does("POST", f"/threads/{thread.id}/read", {"seq": thread.seq})

    assert not read["is_unread"]


async def test_a_mention_behind_what_was_seen_stays_unread(asha: Person, thread: Thread) -> None:
    thread = await followed(asha, thread)
    await note(asha.hub, thread, as_member(asha), asha.member)

    read = await asha.does("POST", f"/threads/{thread.id}/read", {"seq": thread.seq})

    assert read["is_unread"]
    assert (await latest(asha.hub, thread)).mentions == [asha.member]


async def test_a_mark_never_goes_back_nor_past_the_end(asha: Person, thread: Thread) -> None:
    thread = await followed(asha, thread)

    seqs = [(await asha.does("POST", f"/threads/{thread.id}/read", {"seq": seq}))["read_seq"] for seq in (99, 1)]

    assert seqs == [thread.seq, thread.seq]


async def test_marks_are_each_members_own(asha: Person, thread: Thread) -> None:
    ravi = await join(asha, "ravi@acme.test", "viewer")
    await ravi.does("POST", f"/threads/{thread.id}/follow", {})
    thread = await followed(asha, thread)

    await asha.does("POST", f"/threads/{thread.id}/read", {})

    assert (await latest(asha.hub, thread)).unread_for == [ravi.member]


async def test_what_was_read_can_be_unread_again(asha: Person, thread: Thread) -> None:
    thread = await followed(asha, thread)
    await asha.does("POST", f"/threads/{thread.id}/read", {})

    unread = await asha.does("POST", f"/threads/{thread.id}/unread", {})

    assert (unread["is_unread"], unread["read_seq"]) == (True, thread.heard.seq - 1 if thread.heard else None)


async def test_reading_makes_another_rev_and_reading_again_does_not(asha: Person, thread: Thread) -> None:
    thread = await followed(asha, thread)

    first, again = [await asha.does("POST", f"/threads/{thread.id}/read", {}) for _ in range(2)]

    assert (first["rev"], again["rev"]) == (thread.rev + 1, thread.rev + 1)


async def test_a_sum_of_before_a_reading_does_not_bring_back_what_was_read(asha: Person, thread: Thread) -> None:
    """A writer has seen the thread unread; then it is read; then the writer counts what it has written."""
    deps, seen = asha.hub.deps, await followed(asha, thread)
    entry = placed(seen, drafted("later", THE_HUB, PrioritySet(priority=Priority.HIGH)), None, deps.clock.now())
    await marks.mark_read(deps, seen, asha.member)

    is_counted = await repository.move(deps.mongo, seen, fold(seen, entry), deps.clock.now())

    assert not is_counted
    assert (await get_thread(deps, thread.account, thread.id)).unread_for == []


async def test_a_message_at_the_moment_of_reading_is_unread(asha: Person, thread: Thread) -> None:
    deps, ends = asha.hub.deps, set()
    thread = await followed(asha, thread)
    for number in range(25):
        seen = await latest(asha.hub, thread)
        reading, writing = marks.mark_read(deps, seen, asha.member, seen.seq), write(asha.hub, seen)
        await asyncio.gather(*((reading, writing) if number % 2 else (writing, reading)))
        ends.add(tuple((await latest(asha.hub, thread)).unread_for))

    assert ends == {(asha.member,)}
