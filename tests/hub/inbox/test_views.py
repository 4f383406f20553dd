"""Lists of conversations: what each view shows, in which order, to whom, and by how many queries."""

from datetime import timedelta
from typing import Any

import pytest

from hub.inbox.listing import ORDERS
from hub.threads.happenings import Followed, Priority, PrioritySet, Snoozed, Tagged
from tests.clock import VirtualClock
from tests.hub.inbox.talking import Commands, Talk
from tests.hubs import Hub
from tests.people import Person, code_of, found, join


async def listed(person: Person, query: str) -> list[str]:
    """The ids that a view shows."""
    return [row["id"] for row in (await person.does("GET", f"/threads?{query}"))["items"]]


async def walked(person: Person, query: str, limit: int) -> list[str]:
    """The same, page by page."""
    ids, cursor = [], ""
    while True:
        page = await person.does("GET", f"/threads?{query}&limit={limit}&cursor={cursor}")
        ids += [row["id"] for row in page["items"]]
        assert len(page["items"]) == limit or page["next"] is None
        if page["next"] is None:
            return ids
        cursor = page["next"]


async def a_team(owner: Person, name: str = "Sales") -> str:
    """Of nobody."""
    return str((await owner.does("POST", "/teams", {"name": name}))["id"])


async def test_each_view_shows_what_it_is_for(talk: Talk, owner: Person, clock: VirtualClock) -> None:
    team = await a_team(owner)
    mine = await talk.give(await talk.begin(says="to me"), owner.member)
    new = await talk.begin(says="to nobody")
    teams = await talk.give(await talk.begin(says="to the team"), team=team)
    done = await talk.close(await talk.begin(says="done"))
    slept = await talk.happen(await talk.begin(says="later"), Snoozed(until=clock.now() + timedelta(days=1)))
    await talk.hear(mine, "unread for me")
    asked = await talk.note(await talk.begin(says="with a note"), "look, @owner", owner.member)

    shown = {
        view: set(await listed(owner, f"view={view}"))
        for view in ("mine", "unassigned", f"team:{team}", "all", "unread", "mentions", "snoozed", "closed")
    }

    assert shown == {
        "mine": {mine.id},
        "unassigned": {new.id, teams.id, asked.id},
        f"team:{team}": {teams.id},
        "all": {mine.id, new.id, teams.id, asked.id},
        "unread": {mine.id, asked.id},
        "mentions": {asked.id},
        "snoozed": {slept.id},
        "closed": {done.id},
    }


async def test_a_row_says_what_a_list_needs(talk: Talk, owner: Person, clock: VirtualClock) -> None:
    since = clock.now()
    thread = await talk.begin("Asha Rao", says="Is the flat\nstill free? " + "Please answer. " * 20)
    await clock.advance(minutes=3)
    await talk.happen(thread, Tagged(put=("viewing",)))

    (row,) = (await owner.does("GET", "/threads?view=all"))["items"]

    assert row["person"]["name"] == "Asha Rao"
    assert row["last"]["text"].startswith("Is the flat still free? Please answer.")
    assert len(row["last"]["text"]) <= 140
    assert (row["last"]["says"], row["last"]["author"]["kind"], row["last"]["direction"]) == ("text", "person", "in")
    assert row["waiting_since"] == since.isoformat().replace("+00:00", "Z")
    assert (row["tags"], row["media"], row["is_unread"]) == (["viewing"], ["sms"], False)


@pytest.mark.parametrize("sort", sorted(ORDERS))
async def test_pages_show_everything_once_and_in_order(
    talk: Talk, owner: Person, clock: VirtualClock, sort: str
) -> None:
    levels = [*Priority]
    for number in range(13):
        thread = await talk.begin(says="hello")
        await talk.happen(thread, PrioritySet(priority=levels[number % 4]))
        # Some of them at the same moment.
        await clock.advance(seconds=number % 3)

    whole = await listed(owner, f"view=all&sort={sort}&limit=100")

    assert len(whole) == 13
    assert await walked(owner, f"view=all&sort={sort}", 5) == whole


@pytest.mark.parametrize("sort", sorted(ORDERS))
async def test_more_at_one_moment_than_a_page_has_room_for_are_all_shown(talk: Talk, owner: Person, sort: str) -> None:
    threads = [await talk.begin(says="hello") for _ in range(14)]

    assert sorted(await walked(owner, f"view=all&sort={sort}", 2)) == sorted(thread.id for thread in threads)


async def test_who_waits_longest_comes_first_and_who_was_answered_does_not_come(
    talk: Talk, owner: Person, clock: VirtualClock
) -> None:
    first, second, answered = [await talk.begin() for _ in range(3)]
    for thread in (first, answered, second, first):
        await talk.hear(thread, "hello?")
        await clock.advance(minutes=1)
    await talk.reply(answered, "Here I am.")

    assert await listed(owner, "view=all&sort=longest_waiting") == [first.id, second.id]


async def test_urgent_ones_come_first_by_priority(talk: Talk, owner: Person) -> None:
    low, urgent, normal = [await talk.begin(says="hello") for _ in range(3)]
    await talk.happen(low, PrioritySet(priority=Priority.LOW))
    await talk.happen(urgent, PrioritySet(priority=Priority.URGENT))

    assert await listed(owner, "view=all&sort=priority") == [urgent.id, normal.id, low.id]


async def a_rep(owner: Person, scope: str, *teams: str) -> Person:
    """Whose permission to see conversations reaches so far."""
    grants = [{"permission": "threads.view", "scope": scope}]
    role = await owner.does("POST", "/roles", {"name": f"Rep {scope}", "grants": grants})
    return await join(owner, f"{scope}@acme.test", role["id"], teams=list(teams))


async def test_a_rep_sees_as_far_as_the_permission_reaches_in_every_view(talk: Talk, owner: Person) -> None:
    team, other = await a_team(owner), await a_team(owner, "Support")
    own, of_team = await a_rep(owner, "own"), await a_rep(owner, "team", team)
    mine, ours, theirs, followed = [await talk.begin(says="hello") for _ in range(4)]
    await talk.give(mine, own.member)
    await talk.give(ours, team=team)
    await talk.give(theirs, team=other)
    await talk.happen(followed, Followed(member=own.member))

    assert set(await listed(own, "view=all")) == {mine.id, followed.id}
    assert set(await listed(own, "view=unassigned")) == {followed.id}
    assert set(await listed(own, f"view=team:{other}")) == set()
    assert set(await listed(of_team, "view=all")) == {ours.id}
    assert set(await listed(of_team, f"view=team:{other}")) == set()
    assert len(await listed(owner, "view=all")) == 4


async def test_what_is_no_view_is_said_to_be_none(owner: Person, hub: Hub) -> None:
    stranger = await found(hub, "another")
    view = await stranger.does("POST", "/views", {"name": "Theirs", "filter": {}, "is_shared": True})

    refused = [code_of(await owner.asks("GET", f"/threads?view={name}")) for name in ("nonsense", view["id"])]

    assert refused == [(400, "unknown_view")] * 2


@pytest.mark.parametrize("query", ["cursor=nonsense", "sort=priority&cursor=nonsense", "sort=best", "limit=101"])
async def test_a_query_that_makes_no_sense_is_refused(owner: Person, query: str) -> None:
    assert code_of(await owner.asks("GET", f"/threads?{query}")) == (400, "invalid")


async def cost_of(commands: Commands, person: Person, query: str) -> list[str]:
    """What of threads, people and messages is asked for a page."""
    await person.does("GET", "/me")
    await person.hub.deps.bus.settle()
    commands.asked.clear()
    await person.does("GET", f"/threads?{query}")
    return sorted(commands.of("threads", "people", "messages", "views", "members"))


async def test_a_page_takes_three_queries_however_long_it_is(talk: Talk, owner: Person, commands: Commands) -> None:
    three = ["find messages", "find people", "find threads"]
    await talk.begin(says="hello")
    with_one = await cost_of(commands, owner, "view=all")
    for _ in range(49):
        await talk.begin(says="hello")

    with_fifty: dict[str, Any] = {
        query: await cost_of(commands, owner, query) for query in ("view=all", "view=mine", "view=all&sort=oldest")
    }

    assert with_one == three
    assert with_fifty == {"view=all": three, "view=mine": ["find threads"], "view=all&sort=oldest": three}
    assert len(await listed(owner, "view=all")) == 50


async def test_a_conversation_in_which_nothing_was_said_is_shown_too(talk: Talk, owner: Person) -> None:
    await talk.begin("Asha")

    (row,) = (await owner.does("GET", "/threads?view=all"))["items"]

    assert (row["last"], row["waiting_since"], row["person"]["name"]) == (None, None, "Asha")
