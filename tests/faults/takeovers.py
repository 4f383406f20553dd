"""A member takes a conversation over at the very moment at which an agent answers in it."""

import asyncio
import random
from collections import Counter
from collections.abc import Coroutine, Sequence
from typing import Any

from hub.deps import Deps
from hub.store.ids import new_id
from hub.threads import log, ownership, repository
from hub.threads.errors import StaleEpoch
from hub.threads.happenings import Owner, OwnerChanged, OwnerKind
from hub.threads.models import THE_HUB, Author, AuthorKind, Draft, Entry, EntryKind, Thread

ACCOUNT, MEMBER = "account", "member"
AGENT = Owner(OwnerKind.AGENT)
# Steps of the loop that one of the two may be ahead: as many as either takes to write.
AHEAD = 12


async def say(deps: Deps, seen: Thread) -> str:
    """An agent answers by what it has seen of the thread; how that ends."""
    draft = Draft(
        id=new_id(deps.clock.now()),
        kind=EntryKind.MESSAGE,
        author=Author(AuthorKind.AGENT),
        direction="out",
        line="line",
    )
    try:
        await log.append(deps, seen, draft, check=log.under(seen.epoch))
    except StaleEpoch:
        return "refused"
    return "said"


async def take(deps: Deps, seen: Thread) -> str:
    """A member takes over."""
    await ownership.take_over(deps, seen, Author(AuthorKind.MEMBER, MEMBER), MEMBER, from_other=True)
    return "taken"


async def later(steps: int, doing: Coroutine[Any, Any, str]) -> str:
    """When the other one is so far ahead."""
    for _ in range(steps):
        await asyncio.sleep(0)
    return await doing


async def race(here: Deps, there: Deps, thread: Thread, chance: random.Random) -> tuple[Thread, str]:
    """The agent owns it; then both at once, each in a process of its own. The thread after it, and what became of the
    agent's word."""
    given = OwnerChanged(owner=AGENT, why="handed_back")
    thread, _ = await ownership.change_owner(here, thread, given, THE_HUB)
    ahead = chance.randint(-AHEAD, AHEAD)
    said, _ = await asyncio.gather(later(max(ahead, 0), say(here, thread)), later(max(-ahead, 0), take(there, thread)))
    return await log.get_thread(here, ACCOUNT, thread.id), said


async def races(deps: Sequence[Deps], *, threads: int, rounds: int, seed: int = 7) -> Counter[str]:
    """So many in each of so many threads at once; how they have ended, and every word that came too late."""
    ends: Counter[str] = Counter()

    async def run(number: int) -> None:
        chance = random.Random(seed + number)  # noqa: S311 - no secret
        thread = await log.find_or_make(deps[0], ACCOUNT, f"person {number}")
        for round in range(rounds):
            here, there = deps[round % len(deps)], deps[(round + number) % len(deps)]
            thread, said = await race(here, there, thread, chance)
            ends[said] += 1
        ends["late"] += late_words(await whole_log(deps[0], thread))

    await asyncio.gather(*(run(number) for number in range(threads)))
    return ends


async def whole_log(deps: Deps, thread: Thread) -> list[Entry]:
    """All of it."""
    return await repository.list_after(deps.mongo, ACCOUNT, thread.id, 0, limit=1_000_000)


def late_words(entries: Sequence[Entry]) -> int:
    """How often an agent has spoken where a member does."""
    owner, late = Owner(), 0
    for entry in entries:
        if isinstance(entry.event, OwnerChanged):
            owner = entry.event.owner
        late += entry.author.kind is AuthorKind.AGENT and owner.kind is OwnerKind.MEMBER
    return late
