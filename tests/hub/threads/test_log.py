"""The log: whoever writes has a place of their own, and knows all that stands before it."""

import asyncio
from collections import Counter

import pytest

from hub.deps import Deps
from hub.store.ids import new_id
from hub.threads import log, repository
from hub.threads.errors import StaleEpoch
from hub.threads.happenings import NOBODY, Owner, OwnerChanged, OwnerKind
from hub.threads.models import Author, AuthorKind, Draft, Entry, EntryKind, Thread
from tests.hubs import Hub

MEMBER = Author(AuthorKind.MEMBER, "member")
AGENT = Author(AuthorKind.AGENT, "agent")


def an_event(deps: Deps, owner: Owner = NOBODY, client_id: str = "") -> Draft:
    """Somebody else speaks from now on."""
    event = OwnerChanged(owner=owner, why="took_over")
    return Draft(id=new_id(deps.clock.now()), kind=EntryKind.EVENT, author=MEMBER, event=event, client_id=client_id)


def a_reply(deps: Deps, author: Author = AGENT) -> Draft:
    """Something that is said to the person."""
    return Draft(id=new_id(deps.clock.now()), kind=EntryKind.MESSAGE, author=author, direction="out", line="line")


async def stored(deps: Deps, thread: Thread) -> list[Entry]:
    """The whole log."""
    return await repository.list_after(deps.mongo, thread.account, thread.id, 0, limit=10_000)


async def test_fifty_who_write_at_once_get_fifty_places_without_a_gap(hub: Hub) -> None:
    thread = await log.find_or_make(hub.deps, "account", "person")

    await asyncio.gather(*(log.append(hub.deps, thread, an_event(hub.deps)) for _ in range(40)))

    assert [entry.seq for entry in await stored(hub.deps, thread)] == list(range(1, 41))
    assert (await log.get_thread(hub.deps, "account", thread.id)).epoch == 40


async def test_whoever_meets_a_person_at_once_gets_one_thread(hub: Hub) -> None:
    threads = await asyncio.gather(*(log.find_or_make(hub.deps, "account", "person") for _ in range(20)))

    assert len({thread.id for thread in threads}) == 1


async def test_a_repeat_changes_nothing_and_gets_the_first(hub: Hub) -> None:
    thread = await log.find_or_make(hub.deps, "account", "person")

    entries = await asyncio.gather(
        *(log.append(hub.deps, thread, an_event(hub.deps, client_id="the same")) for _ in range(10))
    )

    assert len({entry.id for _, entry in entries}) == 1
    assert len(await stored(hub.deps, thread)) == 1


async def test_what_its_author_did_not_live_to_count_is_counted_by_the_next(hub: Hub) -> None:
    thread = await log.find_or_make(hub.deps, "account", "person")
    rep = Owner(OwnerKind.MEMBER, "member")
    orphan = log.placed(thread, an_event(hub.deps, rep), None, hub.deps.clock.now())
    await repository.add_entry(hub.deps.mongo, orphan)

    after, _ = await log.append(hub.deps, thread, an_event(hub.deps, rep))

    assert (after.seq, after.epoch, after.owner) == (2, 2, rep)


async def test_an_entry_under_an_epoch_that_is_over_is_refused(hub: Hub) -> None:
    thread = await log.find_or_make(hub.deps, "account", "person")
    await log.append(hub.deps, thread, an_event(hub.deps))

    with pytest.raises(StaleEpoch):
        await log.append(hub.deps, thread, a_reply(hub.deps), check=log.under(thread.epoch))


async def test_an_agent_never_speaks_after_a_takeover(hub: Hub) -> None:
    """R6: every race ends with the agent's word before the takeover, or refused."""
    ends: Counter[str] = Counter()
    for number in range(300):
        thread = await log.find_or_make(hub.deps, "account", f"person {number}")
        said = log.append(hub.deps, thread, a_reply(hub.deps), check=log.under(thread.epoch))
        taken = log.append(hub.deps, thread, an_event(hub.deps))
        await asyncio.gather(*((said, taken) if number % 2 else (taken, said)), return_exceptions=True)
        authors = [entry.author.kind for entry in await stored(hub.deps, thread)]
        ends[" then ".join(authors)] += 1

    assert ends.keys() <= {"agent then member", "member"}


async def test_reactions_do_not_wait_for_a_sweep_when_one_writes_twice_in_a_row(hub: Hub) -> None:
    thread = await log.find_or_make(hub.deps, "account", "person")
    stale, _ = await log.append(hub.deps, thread, an_event(hub.deps))
    await hub.deps.background.settle()

    await log.append(hub.deps, stale, an_event(hub.deps))
    await hub.deps.background.settle()

    assert (await log.get_thread(hub.deps, "account", thread.id)).followed == 2
