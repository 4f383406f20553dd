"""Counters: they say what the views show, without counting, and are put right when they do not."""

import asyncio
import random
from datetime import timedelta
from typing import Any

import pytest

from hub.deps import Deps
from hub.inbox import recounting, repository
from hub.inbox.counting import doubt
from hub.inbox.recounting import SETTLED_S, walk
from hub.inbox.repository import COUNTERS, RECOUNTS
from hub.threads.happenings import Reopened, Snoozed, Woken
from hub.threads.models import Thread
from hub.threads.repository import list_after
from hub.work.kinds import Later, Lease
from tests.clock import VirtualClock
from tests.hub.inbox.talking import Commands, Talk
from tests.hub.inbox.test_views import a_rep, a_team
from tests.people import Person, code_of, join

VIEWS = ("mine", "unassigned", "all", "unread", "mentions", "snoozed", "closed")


async def counted(person: Person) -> Any:
    """What the counters say."""
    return await person.does("GET", "/threads/counts")


async def shown(person: Person, *teams: str) -> dict[str, Any]:
    """What the lists show."""
    lists = {view: await person.does("GET", f"/threads?view={view}&limit=100") for view in VIEWS}
    of_teams = {team: await person.does("GET", f"/threads?view=team:{team}&limit=100") for team in teams}
    sizes = {team: len(page["items"]) for team, page in of_teams.items()}
    return {
        **{view: len(page["items"]) for view, page in lists.items()},
        "teams": {t: n for t, n in sizes.items() if n},
    }


async def something(talk: Talk, thread: Thread, member: str, team: str, random: random.Random) -> None:
    """That happens to conversations."""
    later = talk.deps.clock.now() + timedelta(days=1)
    doing = [
        lambda: talk.hear(thread, "hello"),
        lambda: talk.reply(thread, "hello"),
        lambda: talk.note(thread, "look", member),
        lambda: talk.give(thread, member, team=random.choice([team, None])),
        lambda: talk.give(thread, team=team),
        lambda: talk.close(thread),
        lambda: talk.happen(thread, Snoozed(until=later)),
        lambda: talk.happen(thread, Woken()),
        lambda: talk.happen(thread, Reopened()),
    ]
    await random.choice(doing)()


async def test_the_counts_are_what_the_lists_show_whatever_has_happened(talk: Talk, owner: Person) -> None:
    chance, team = random.Random(7), await a_team(owner)  # noqa: S311 - a history, the same each time
    threads = [await talk.begin(says="hello") for _ in range(6)]

    for _ in range(40):
        await something(talk, chance.choice(threads), owner.member, team, chance)

    assert await counted(owner) == await shown(owner, team)


async def test_what_happens_at_once_is_all_counted(talk: Talk, owner: Person) -> None:
    await asyncio.gather(*(talk.begin(says="hello") for _ in range(12)))

    assert (await counted(owner))["all"] == 12


async def test_a_message_in_an_open_conversation_costs_no_counting(talk: Talk, commands: Commands) -> None:
    thread = await talk.begin(says="hello")
    commands.asked.clear()

    await talk.hear(thread, "are you there?")

    assert commands.of(COUNTERS) == []


async def test_the_counts_take_one_query(talk: Talk, owner: Person, commands: Commands) -> None:
    await talk.begin(says="hello")
    await owner.does("GET", "/me")
    commands.asked.clear()

    await counted(owner)

    assert commands.of(COUNTERS, "threads", "views") == [f"find {COUNTERS}"]


async def test_what_is_seen_in_part_is_not_counted(talk: Talk, owner: Person) -> None:
    team, other = await a_team(owner), await a_team(owner, "Support")
    rep = await a_rep(owner, "team", team)
    for thread in (await talk.begin(says="one"), await talk.begin(says="two")):
        await talk.give(thread, rep.member, team=team)
    await talk.give(await talk.begin(says="three"), team=other)

    counts = await counted(rep)

    assert counts == dict.fromkeys(("unassigned", "all", "snoozed", "closed")) | {
        **{"mine": 2, "unread": 0, "mentions": 0},
        "teams": {team: 2},
    }


async def recounted(talk: Talk, clock: VirtualClock) -> tuple[int, int]:
    """One walk, with the time that it waits for."""
    walking = asyncio.create_task(walk(talk.deps, talk.account))
    await until(walking, clock)
    return await walking


async def until(doing: asyncio.Task[Any], clock: VirtualClock) -> None:
    """Let the time pass that it waits for."""
    while not doing.done():
        await clock.advance(seconds=SETTLED_S)
        await asyncio.sleep(0.05)


async def spoil(deps: Deps, account: str) -> None:
    """Wrong counters, one that is missing, and one of nothing."""
    await deps.mongo[COUNTERS].update({"_id": f"{account}.account.open", "account": account}, {"$set": {"n": 70}})
    await deps.mongo[COUNTERS].delete({"_id": f"{account}.account.unassigned"})
    await repository.count_by(deps.mongo, account, "teams", "nowhere", 3)


async def test_a_recount_corrects_what_is_wrong(talk: Talk, owner: Person, clock: VirtualClock) -> None:
    for text in ("one", "two"):
        await talk.begin(says=text)
    await spoil(talk.deps, talk.account)

    assert await recounted(talk, clock) == (3, 0)

    counts = await counted(owner)
    assert (counts["all"], counts["unassigned"], counts["teams"]) == (2, 2, {})
    assert await recounted(talk, clock) == (0, 0)


async def test_what_is_counted_during_a_recount_is_not_lost(
    talk: Talk, owner: Person, clock: VirtualClock, commands: Commands
) -> None:
    await talk.begin(says="one")
    await spoil(talk.deps, talk.account)
    commands.asked.clear()
    walking = asyncio.create_task(walk(talk.deps, talk.account))
    while "find threads" not in commands.asked:
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.3)

    await talk.begin(says="while it walks")
    await clock.advance(seconds=SETTLED_S)

    assert await walking == (1, 2)
    assert await recounted(talk, clock) == (2, 0)
    assert (await counted(owner))["all"] == 2


async def test_a_recount_is_planned_with_the_first_conversation_and_can_be_asked_for(
    talk: Talk, owner: Person, clock: VirtualClock
) -> None:
    await talk.begin(says="one")
    (planned,) = await talk.deps.mongo[RECOUNTS].find({"account": talk.account}, limit=2)

    answer = await owner.does("POST", "/threads/counts/recount")

    assert planned["due_at"] == clock.now() + timedelta(days=1)
    (now,) = await talk.deps.mongo[RECOUNTS].find({"account": talk.account}, limit=2)
    assert now["due_at"] == clock.now()
    assert answer["due_at"] == clock.now().isoformat().replace("+00:00", "Z")


async def test_soon_after_a_process_has_died_over_its_work_the_counters_are_compared(
    talk: Talk, clock: VirtualClock
) -> None:
    thread = await talk.begin(says="one")
    (entry,) = await list_after(talk.deps.mongo, talk.account, thread.id, 0, limit=2)
    await doubt(talk.deps, thread, entry)
    (before,) = await talk.deps.mongo[RECOUNTS].find({"account": talk.account}, limit=2)

    await clock.advance(seconds=10)
    await doubt(talk.deps, thread, entry)

    (after,) = await talk.deps.mongo[RECOUNTS].find({"account": talk.account}, limit=2)
    assert before["due_at"] > clock.now() + timedelta(hours=23)
    assert after["due_at"] == clock.now() + timedelta(minutes=2)


async def test_who_does_not_manage_the_account_asks_for_no_recount(owner: Person) -> None:
    rep = await join(owner, "rep@acme.test")

    assert code_of(await rep.asks("POST", "/threads/counts/recount")) == (403, "forbidden")


async def test_a_recount_goes_on_until_all_agrees_and_comes_again_tomorrow(
    talk: Talk, owner: Person, clock: VirtualClock
) -> None:
    await talk.begin(says="one")
    await spoil(talk.deps, talk.account)
    kind = recounting.KINDS[0]
    document = {"_id": talk.account, "account": talk.account, "due_at": clock.now()}
    lease = Lease(kind, talk.account, talk.account, "token", [clock.now()], 1)

    doing = asyncio.create_task(recounting.recount(talk.deps, document, lease))
    await until(doing, clock)

    with pytest.raises(Later) as later:
        await doing
    assert timedelta(hours=23) < later.value.due_at - clock.now() <= timedelta(days=1)
    assert (await counted(owner))["all"] == 1
