"""Two people who are one become one, and two again: all that is known of them, and all that belongs to them."""

import asyncio
from typing import Any

import pytest
from msgspec.structs import replace

from channels.base import Medium
from hub.access import Permission, Scope
from hub.consent import belonging as consents
from hub.consent import ledger
from hub.deps import Deps
from hub.merging import actions, settling
from hub.merging.errors import MergeNotLatest, MergeUndone, SamePerson
from hub.merging.shapes import MergeShown
from hub.people import notes
from hub.people.changing import change
from hub.people.finding import find_or_make
from hub.people.getting import get_exactly, get_person
from hub.people.models import Basis, ConsentState, Person
from hub.people.shapes import NoteWanted
from hub.threads import belonging, log, merging
from hub.threads import repository as threads
from hub.threads.happenings import PersonMerged
from hub.threads.models import THE_HUB
from hub.work.desk import Desk
from tests.clock import VirtualClock
from tests.hub.merging.known import ACCOUNT, act, open_image, phone, somebody, writes
from tests.hubs import Hub, running_hub
from tests.people import code_of, found, join


@pytest.fixture
async def deps(settings: Any, clock: VirtualClock) -> Any:
    async with running_hub(settings, clock=clock) as hub:
        yield hub.deps


async def a_pair(deps: Deps) -> tuple[Person, Person]:
    """Two who are one."""
    mine = await somebody(deps, 1, name="Asha", tags=("vip",))
    return mine, await somebody(deps, 2, name="A. Rao", city="Pune", tags=("loan",))


async def merged(deps: Deps, mine: Person, theirs: Person) -> MergeShown:
    return await actions.merge(act(deps), mine.id, theirs.id)


async def threads_of(deps: Deps, person: Person) -> set[str]:
    return {thread.id for thread in await belonging.list_threads_of(deps, ACCOUNT, person.id)}


async def test_whatever_leads_to_the_one_leads_to_the_other(deps: Deps) -> None:
    mine, theirs = await a_pair(deps)

    await merged(deps, mine, theirs)

    met = await find_or_make(deps, ACCOUNT, [phone(2)])
    assert (met.id, met.tags) == (mine.id, ["vip", "loan"])
    assert (await get_person(deps, ACCOUNT, theirs.id)).id == mine.id
    assert (await get_exactly(deps, ACCOUNT, theirs.id)).merged_into == mine.id


async def test_undone_they_are_as_they_were(deps: Deps) -> None:
    pair = await a_pair(deps)
    before = [await open_image(deps, one) for one in pair]
    merge = await merged(deps, *pair)

    await actions.undo(act(deps), merge.id)

    assert [await open_image(deps, await get_exactly(deps, ACCOUNT, one.id)) for one in pair] == before
    assert (await find_or_make(deps, ACCOUNT, [phone(2)])).id == pair[1].id


async def test_threads_come_along_and_go_back(deps: Deps) -> None:
    mine, theirs = await a_pair(deps)
    own, brought = await writes(deps, mine), await writes(deps, theirs)

    merge = await merged(deps, mine, theirs)
    together = await threads_of(deps, mine)
    await actions.undo(act(deps), merge.id)

    assert together == {own.id, brought.id}
    assert (await threads_of(deps, mine), await threads_of(deps, theirs)) == ({own.id}, {brought.id})


async def test_the_log_says_that_the_person_was_found_to_be_another_one(deps: Deps) -> None:
    mine, theirs = await a_pair(deps)
    thread = await writes(deps, theirs)

    merge = await merged(deps, mine, theirs)
    await actions.undo(act(deps), merge.id)

    entries = await threads.list_after(deps.mongo, ACCOUNT, thread.id, 1, limit=9)
    assert [(entry.author.id, entry.event) for entry in entries] == [
        ("asha", PersonMerged(person=mine.id, other=theirs.id)),
        ("asha", PersonMerged(person=theirs.id, other=mine.id, is_undone=True)),
    ]


async def test_somebody_without_a_thread_goes_on_in_the_one_that_was_brought(deps: Deps) -> None:
    mine, theirs = await a_pair(deps)
    brought = await writes(deps, theirs)

    await merged(deps, mine, theirs)

    assert (await log.find_or_make(deps, ACCOUNT, mine.id)).id == brought.id


async def test_threads_that_were_made_one_meanwhile_part_again(deps: Deps) -> None:
    mine, theirs = await a_pair(deps)
    own, brought = await writes(deps, mine), await writes(deps, theirs)
    merge = await merged(deps, mine, theirs)
    brought = await log.get_thread(deps, ACCOUNT, brought.id)
    await merging.merge(deps, own, brought, THE_HUB)

    await actions.undo(act(deps), merge.id)

    assert (await log.find_or_make(deps, ACCOUNT, theirs.id)).id == brought.id
    assert (await log.get_thread(deps, ACCOUNT, brought.id)).merged_into is None


async def test_notes_and_the_ledger_of_consent_come_along_and_go_back(deps: Deps) -> None:
    mine, theirs = await a_pair(deps)
    note = await notes.add_note(act(deps), theirs.id, NoteWanted(text="likes tea"))
    await ledger.note_inquiry(deps, theirs, Medium.SMS, deps.clock.now())

    merge = await merged(deps, mine, theirs)
    together = await notes.list_note_ids(deps, ACCOUNT, mine.id), await consents.list_ids(deps, ACCOUNT, mine.id)
    await actions.undo(act(deps), merge.id)

    assert together == ([note.id], [f"{theirs.id}.sms"])
    assert await notes.list_note_ids(deps, ACCOUNT, theirs.id) == [note.id]
    assert await consents.list_ids(deps, ACCOUNT, mine.id) == []


async def test_a_no_of_either_counts_for_both(deps: Deps) -> None:
    mine, theirs = await a_pair(deps)
    await ledger.note_inquiry(deps, mine, Medium.SMS, deps.clock.now())
    no = {"medium": Medium.SMS, "state": ConsentState.REVOKED, "basis": Basis.OPT_OUT, "evidence": "STOP"}
    await ledger.record(deps, ACCOUNT, theirs.id, **no, by="line:1")  # type: ignore[arg-type]

    await merged(deps, mine, theirs)

    assert (await get_person(deps, ACCOUNT, mine.id)).consent_on(Medium.SMS) is ConsentState.REVOKED


async def test_what_a_colleague_changes_meanwhile_is_not_lost(deps: Deps) -> None:
    mine, theirs = await a_pair(deps)

    def tagged(number: int) -> Any:
        return lambda person: replace(person, tags=[*person.tags, f"tag {number}"])

    await asyncio.gather(merged(deps, mine, theirs), *(change(deps, ACCOUNT, mine.id, tagged(one)) for one in range(8)))

    after = await get_person(deps, ACCOUNT, theirs.id)
    assert {f"tag {one}" for one in range(8)} | {"vip", "loan"} == set(after.tags)
    assert len(after.identities) == 3


async def test_of_two_who_merge_the_same_two_crosswise_one_wins(deps: Deps) -> None:
    mine, theirs = await a_pair(deps)

    ends = await asyncio.gather(merged(deps, mine, theirs), merged(deps, theirs, mine), return_exceptions=True)

    assert [type(end) for end in ends if isinstance(end, Exception)] == [SamePerson]
    one, other = [await get_exactly(deps, ACCOUNT, person.id) for person in (mine, theirs)]
    assert (one.merged_into is None) != (other.merged_into is None)


async def test_only_the_latest_merge_of_somebody_can_be_undone(deps: Deps) -> None:
    mine, theirs = await a_pair(deps)
    third, fourth = await somebody(deps, 3), await somebody(deps, 4)
    first = await merged(deps, mine, theirs)
    second = await merged(deps, mine, third)
    last = await merged(deps, fourth, mine)

    for merge in (first, second):
        with pytest.raises(MergeNotLatest):
            await actions.undo(act(deps), merge.id)
    for merge in (last, second, first):
        await actions.undo(act(deps), merge.id)
    with pytest.raises(MergeUndone):
        await actions.undo(act(deps), first.id)


async def test_a_repeat_of_a_merge_meets_the_first(deps: Deps) -> None:
    mine, theirs = await a_pair(deps)
    same = act(deps)

    first, again = await actions.merge(same, mine.id, theirs.id), await actions.merge(same, mine.id, theirs.id)

    assert first == again


async def test_whoever_wrote_at_the_moment_of_the_merge_is_found_a_minute_later(
    deps: Deps, clock: VirtualClock
) -> None:
    mine, theirs = await a_pair(deps)
    await merged(deps, mine, theirs)
    await clock.advance(seconds=15)
    await sweep(deps)
    late = await log.make(deps, ACCOUNT, theirs.id)

    await clock.advance(minutes=2)
    await sweep(deps)

    assert late.id in await threads_of(deps, mine)


async def sweep(deps: Deps) -> None:
    """Let another process do what is due."""
    desk = Desk(deps, settling.KINDS[0])
    await desk.sweep()
    await desk.close(5)


async def test_over_http_as_far_as_one_may(hub: Hub) -> None:
    owner = await found(hub, "acme")
    body = {"name": "Asha", "identities": [{"kind": "phone", "value": "+4930123456"}]}
    mine = await owner.does("POST", "/people", body)
    theirs = await owner.does("POST", "/people", {"name": "A. Rao"})

    merge = await owner.does("POST", f"/people/{mine['id']}/merge", {"other_id": theirs["id"]})
    undone = await owner.does("POST", f"/merges/{merge['id']}/undo")

    assert (merge["name"], merge["other_name"], merge["undone_at"]) == ("Asha", "A. Rao", None)
    assert undone["undone_at"] is not None
    assert [one["id"] for one in (await owner.does("GET", "/merges"))["items"]] == [merge["id"]]
    again = await owner.asks("POST", f"/merges/{merge['id']}/undo")
    assert code_of(again) == (409, "merge_undone")


async def test_both_must_be_within_reach(hub: Hub) -> None:
    owner = await found(hub, "acme")
    grants = [{"permission": one, "scope": Scope.OWN} for one in (Permission.PEOPLE_EDIT, Permission.PEOPLE_VIEW)]
    role = await owner.does("POST", "/roles", {"name": "Own", "grants": grants})
    rep = await join(owner, "rep@acme.test", role=role["id"])
    mine, theirs = [await owner.does("POST", "/people", {"name": name}) for name in ("Asha", "A. Rao")]
    await owner.does("PATCH", f"/people/{mine['id']}/lead", {"assignee_id": rep.member})

    refused = await rep.asks("POST", f"/people/{mine['id']}/merge", {"other_id": theirs["id"]})
    merge = await owner.does("POST", f"/people/{theirs['id']}/merge", {"other_id": mine["id"]})
    await owner.does("PATCH", f"/people/{theirs['id']}/lead", {"assignee_id": owner.member})
    unseen = await rep.asks("POST", f"/merges/{merge['id']}/undo")

    assert code_of(refused) == (404, "no_such_person")
    assert code_of(unseen) == (404, "no_such_merge")
    assert (await rep.does("GET", "/merges"))["items"] == []
