"""Two conversations of one person become one, and two again."""

import asyncio
import dataclasses

from hub.store.ids import new_id
from hub.threads import log, merging
from hub.threads.happening import drafted
from hub.threads.happenings import MergedInto, PersonMerged
from hub.threads.models import THE_HUB, Draft, EntryKind, Thread
from tests.hub.threads.talk import a_thread, events_of, latest, write
from tests.people import Person, code_of


async def another_of(asha: Person, thread: Thread) -> Thread:
    """A second conversation of the same person, who was taken for two."""
    deps, other = asha.hub.deps, await a_thread(asha)
    event = PersonMerged(person=thread.person, other=other.person)
    other, _ = await log.append(deps, other, drafted(new_id(deps.clock.now()), THE_HUB, event))
    return other


async def merge(asha: Person, survivor: Thread, other: Thread, what: str = "merge") -> None:
    """By hand."""
    await asha.does("POST", f"/threads/{survivor.id}/{what}", {"other_id": other.id})


async def test_what_comes_for_one_goes_on_in_the_other(asha: Person, thread: Thread) -> None:
    other = await another_of(asha, thread)

    await merge(asha, other, thread)

    assert (await log.find_or_make(asha.hub.deps, thread.account, thread.person)).id == other.id
    assert (await latest(asha.hub, thread)).status == "closed"
    assert (await events_of(asha.hub, other))[-1] == {"name": "merged", "thread": thread.id}


async def test_an_undone_merge_leaves_two(asha: Person, thread: Thread) -> None:
    other = await another_of(asha, thread)
    await merge(asha, other, thread)

    await merge(asha, other, thread, "merge/undo")

    after = await latest(asha.hub, thread)
    assert (after.merged_into, after.status) == (None, "open")
    assert (await events_of(asha.hub, other))[-1]["is_undone"]
    assert code_of(await asha.asks("POST", f"/threads/{other.id}/merge/undo", {"other_id": thread.id})) == (
        409,
        "not_merged",
    )


async def test_nothing_happens_any_more_to_what_goes_on_elsewhere(asha: Person, thread: Thread) -> None:
    other = await another_of(asha, thread)
    await merge(asha, other, thread)

    refused = [
        await asha.asks("POST", f"/threads/{thread.id}/{what}", body)
        for what, body in (("takeover", {}), ("reopen", None), ("merge", {"other_id": other.id}))
    ]

    assert {code_of(answer) for answer in refused} == {(409, "thread_merged")}


async def test_conversations_of_two_people_stay_two(asha: Person, thread: Thread) -> None:
    stranger = await a_thread(asha)

    refused = [
        await asha.asks("POST", f"/threads/{thread.id}/merge", {"other_id": id}) for id in (stranger.id, thread.id)
    ]

    assert {code_of(answer) for answer in refused} == {(409, "merge_unfit")}


async def test_merging_twice_is_told_once(asha: Person, thread: Thread) -> None:
    other = await another_of(asha, thread)

    await asyncio.gather(*(merge(asha, other, thread) for _ in range(3)))
    await asha.hub.deps.background.settle()

    assert [event["name"] for event in await events_of(asha.hub, other)] == ["person_merged", "merged"]


async def test_whoever_dies_between_the_two_logs_has_the_other_told(asha: Person, thread: Thread) -> None:
    deps, other = asha.hub.deps, await another_of(asha, thread)
    event = MergedInto(thread=other.id)
    draft = Draft(id=new_id(deps.clock.now()), kind=EntryKind.EVENT, author=THE_HUB, event=event)

    await log.append(deps, thread, draft)
    await deps.background.settle()

    assert (await events_of(asha.hub, other))[-1] == {"name": "merged", "thread": thread.id}


async def test_two_that_are_merged_into_each_other_at_once_lead_somewhere(asha: Person, thread: Thread) -> None:
    deps, other = asha.hub.deps, await another_of(asha, thread)

    await asyncio.gather(
        merging.merge(deps, thread, other, THE_HUB), merging.merge(deps, other, thread, THE_HUB), return_exceptions=True
    )
    await deps.background.settle()

    ends = [(await latest(asha.hub, one)).merged_into for one in (thread, other)]
    assert None in ends
    after = await log.find_or_make(deps, thread.account, thread.person)
    assert (await write(asha.hub, after))[0].merged_into is None


async def test_what_is_said_at_the_moment_of_a_merge_is_said_where_it_goes_on(asha: Person, thread: Thread) -> None:
    other = await another_of(asha, thread)
    await merge(asha, other, thread)

    # The thread is as it was seen before they became one.
    after, entry = await write(asha.hub, thread, "Still there?")

    assert (after.id, entry.thread) == (other.id, other.id)
    assert (await latest(asha.hub, thread)).status == "closed"
    assert (await latest(asha.hub, other)).is_waiting


async def test_what_is_said_between_two_that_were_merged_into_each_other_is_not_lost(
    asha: Person, thread: Thread
) -> None:
    deps, other = asha.hub.deps, await another_of(asha, thread)
    await deps.background.settle()
    away = dataclasses.replace(deps, declared=dataclasses.replace(deps.declared, reactions=[]))
    for one, into in ((thread, other), (other, thread)):
        await log.append(away, one, drafted(new_id(deps.clock.now()), THE_HUB, MergedInto(thread=into.id)))

    _, entry = await write(asha.hub, thread)

    assert entry.thread in (thread.id, other.id)
