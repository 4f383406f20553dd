"""What shows whose: conversations are whose who speaks in them."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

from hub.threads.models import Thread
from tests.contracts.colleagues import OWN, Colleagues, Reach
from tests.contracts.core import make_lead, make_thread
from tests.contracts.matrix import Example
from tests.contracts.threads_examples import make_canned, merged, two_of_one

Maker = Callable[[Colleagues], Awaitable[Reach]]


async def threads_of(colleagues: Colleagues) -> Mapping[str, Thread]:
    """One of each of them."""
    return {whose: await make_thread(colleagues.company, owner=id) for whose, id in colleagues.ids.items()}


def each_thread(body: Any = None) -> Maker:
    """One after the other, told apart by the id."""

    async def make(colleagues: Colleagues) -> Reach:
        threads = await threads_of(colleagues)
        asked = [Example(path={"thread_id": thread.id}, body=body) for thread in threads.values()]
        return Reach(asked, {whose: thread.id for whose, thread in threads.items()})

    return make


def for_myself(**more: Any) -> Maker:
    """Everybody does this for themselves."""

    async def make(colleagues: Colleagues) -> Reach:
        return await each_thread({"member_id": colleagues.ids[OWN], **more})(colleagues)

    return make


async def put_off(colleagues: Colleagues) -> Reach:
    """Until tomorrow."""
    until = colleagues.company.deps.clock.now() + timedelta(days=1)
    return await each_thread({"until": until.isoformat()})(colleagues)


async def given_to_team(colleagues: Colleagues) -> Reach:
    """To the one team that both the member who asks and a colleague are in."""
    return await each_thread({"team_id": colleagues.team})(colleagues)


async def each_log(colleagues: Colleagues) -> Reach:
    """Told apart by what was said there."""
    words = {whose: colleagues.company.name() + "." for whose in colleagues.ids}
    threads = [
        await make_thread(colleagues.company, owner=id, text=words[whose]) for whose, id in colleagues.ids.items()
    ]
    return Reach([Example(path={"thread_id": thread.id}) for thread in threads], words)


async def each_pair(colleagues: Colleagues) -> Reach:
    """Two conversations of one person, both of one colleague."""
    pairs = {whose: await two_of_one(colleagues.company, owner=id) for whose, id in colleagues.ids.items()}
    return asked_of(pairs)


async def each_merged_pair(colleagues: Colleagues) -> Reach:
    """Two that are one."""
    pairs = {whose: await merged(colleagues.company, owner=id) for whose, id in colleagues.ids.items()}
    return asked_of(pairs)


def asked_of(pairs: Mapping[str, tuple[Thread, Thread]]) -> Reach:
    """One request for each pair."""
    asked = [Example(path={"thread_id": one.id}, body={"other_id": other.id}) for one, other in pairs.values()]
    return Reach(asked, {whose: one.id for whose, (one, _) in pairs.items()})


async def each_person(colleagues: Colleagues) -> Reach:
    """Whose leads they are."""
    people = {whose: await make_lead(colleagues.company, assignee=id) for whose, id in colleagues.ids.items()}
    asked = [Example(body={"person_id": person.id}) for person in people.values()]
    return Reach(asked, {whose: person.id for whose, person in people.items()})


async def each_filled(colleagues: Colleagues) -> Reach:
    """Told apart by the person's name."""
    company, names = colleagues.company, {whose: colleagues.company.name() + "." for whose in colleagues.ids}
    path = {"canned_id": await make_canned(company)}
    asked = []
    for whose, id in colleagues.ids.items():
        person = await make_lead(company, name=names[whose])
        thread = await make_thread(company, person=person.id, owner=id)
        asked.append(Example(path=path, query={"thread_id": thread.id}))
    return Reach(asked, names)


REACHES: Mapping[str, Maker] = {
    "show_thread": each_thread(),
    "list_entries": each_log,
    "take_over_thread": for_myself(from_other=True),
    "hand_back_thread": each_thread({"word": "Over to you."}),
    "assign_thread": given_to_team,
    "release_thread": each_thread(),
    "close_thread": each_thread({}),
    "reopen_thread": each_thread(),
    "snooze_thread": put_off,
    "wake_thread": each_thread(),
    "set_thread_priority": each_thread({"priority": "high"}),
    "tag_thread": each_thread({"put": ["price"]}),
    "follow_thread": for_myself(),
    "unfollow_thread": for_myself(),
    "read_thread": for_myself(),
    "unread_thread": for_myself(),
    "merge_threads": each_pair,
    "undo_merge_of_threads": each_merged_pair,
    "begin_thread": each_person,
    "show_draft": each_thread(),
    "save_draft": each_thread({"rev": 0, "text": "Hello"}),
    "delete_draft": each_thread(),
    "fill_canned": each_filled,
}
