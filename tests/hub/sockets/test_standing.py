"""S7: whatever is taken away from somebody is gone from their screens within five seconds, and what was not is left."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from hub.accounts import subjects
from hub.settings import Secret, Settings
from hub.sockets.connection import Connection
from hub.sockets.rechecking import recheck_always
from hub.sockets.standing import list_changed
from hub.store.embedded import free_port
from tests.clock import VirtualClock
from tests.hub.inbox.talking import Commands, Talk
from tests.hub.store.servers import database_alone
from tests.hubs import Hub, running_hub
from tests.people import PASSWORD, Person, found, join, sign_in
from tests.screens import Refused, Screen, at_screen, screen
from tests.serving import serving

# What is taken away is gone by then; a busy machine is given longer to say that a screen has ended.
SOON_S, PATIENCE_S = 5.0, 30.0
SEES_ALL = {"permission": "threads.view", "scope": "all"}
SEES_TEAMS = {"permission": "threads.view", "scope": "team"}
SEES_OWN = {"permission": "threads.view", "scope": "own"}


@dataclass(frozen=True)
class Staff:
    """An owner, and a rep with a role of the account's own."""

    owner: Person
    rep: Person
    role: str

    async def manages(self, method: str, path: str, body: Any = None) -> Any:
        """What the owner does."""
        return await self.owner.does(method, path, body)

    async def grant(self, *grants: dict[str, str]) -> None:
        """The rep's role allows this from now on."""
        await self.manages("PATCH", f"/roles/{self.role}", {"grants": [*grants]})


@pytest.fixture
async def staff(live: Hub, owner: Person) -> Staff:
    """A rep who sees every conversation."""
    role = await owner.does("POST", "/roles", {"name": "rep", "grants": [SEES_ALL]})
    return Staff(owner, await join(owner, "rep@acme.test", role["id"]), role["id"])


async def signs_out(staff: Staff) -> None:
    """At this very browser."""
    assert (await staff.rep.hub.client.delete("/api/v1/session")).is_success


async def signs_out_elsewhere(staff: Staff) -> None:
    """At another browser, of all others."""
    await (await sign_in(staff.rep.hub, staff.rep.email)).does("DELETE", "/me/sessions")


async def changes_the_password(staff: Staff) -> None:
    """At another browser."""
    change = {"current": PASSWORD, "new": f"{PASSWORD} staple"}
    await (await sign_in(staff.rep.hub, staff.rep.email)).does("POST", "/me/password", change)


async def leaves(staff: Staff) -> None:
    """For good."""
    await staff.rep.does("DELETE", "/me")


async def is_disabled(staff: Staff) -> None:
    """For a while."""
    await staff.manages("POST", f"/members/{staff.rep.member}/disable")


async def is_removed(staff: Staff) -> None:
    """For good."""
    await staff.manages("DELETE", f"/members/{staff.rep.member}")


async def closes_the_account(staff: Staff) -> None:
    """There is nothing any more."""
    await staff.manages("POST", "/account/close", {"name": "acme"})


async def asks_for_a_second_factor(staff: Staff) -> None:
    """Which the rep has not shown."""
    await staff.manages("PUT", "/account/sign-in-rules", {"requires_second_factor": True})


async def asks_for_the_provider(staff: Staff) -> None:
    """By which the rep has not come."""
    await subjects.require(staff.rep.hub.deps, staff.rep.account, is_required=True)


ENDS = (
    *(signs_out, signs_out_elsewhere, changes_the_password, leaves, is_disabled, is_removed),
    *(closes_the_account, asks_for_a_second_factor, asks_for_the_provider),
)
End = Callable[[Staff], Awaitable[None]]


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
async def test_whoever_may_not_be_there_any_more_is_cut_off(url: str, staff: Staff, end: End) -> None:
    async with at_screen(url, staff.rep) as theirs:
        await end(staff)

        async with asyncio.timeout(PATIENCE_S):
            ended = await theirs.until_ended()

    assert ended == (4001, "signed_out")


@dataclass(frozen=True)
class Key:
    """A script's, made by an admin."""

    staff: Staff
    maker: Person
    id: str
    secret: str


@pytest.fixture
async def key(staff: Staff) -> Key:
    """Which sees every conversation."""
    maker = await join(staff.owner, "admin@acme.test", "admin")
    made = await maker.does("POST", "/keys", {"name": "script", "grants": [SEES_ALL]})
    return Key(staff, maker, made["key"]["id"], made["secret"])


async def is_revoked(key: Key) -> None:
    """The key alone."""
    await key.staff.manages("DELETE", f"/keys/{key.id}")


async def loses_its_root(key: Key) -> None:
    """Whoever has made it goes."""
    await key.staff.manages("POST", f"/members/{key.maker.member}/disable")


@pytest.mark.parametrize("end", [is_revoked, loses_its_root], ids=lambda end: end.__name__)
async def test_a_key_that_is_good_no_more_is_cut_off(url: str, key: Key, end: Callable[[Key], Awaitable[None]]) -> None:
    async with screen(url, key.secret) as theirs:
        await end(key)

        async with asyncio.timeout(PATIENCE_S):
            ended = await theirs.until_ended()

    assert ended == (4001, "signed_out")


async def goes_quiet(theirs: Screen, owners: Screen, talk: Talk) -> None:
    """Whatever happens now is heard by the owner, and by nobody at the other screen."""
    await asyncio.sleep(SOON_S)
    theirs.heard.clear()
    thread = await talk.begin(says="Secret")
    await owners.hears("thread_changed", lambda told: told["thread"] == thread.id)


async def test_a_key_hears_no_more_than_whoever_has_made_it(url: str, key: Key, talk: Talk) -> None:
    async with screen(url, key.secret) as theirs, at_screen(url, key.staff.owner) as owners:
        await key.staff.manages("PATCH", f"/members/{key.maker.member}", {"role": key.staff.role})
        await key.staff.grant(SEES_OWN)

        await goes_quiet(theirs, owners, talk)

        assert "thread_changed" not in theirs.names()


@pytest.mark.parametrize("grants", [(), (SEES_OWN,), (SEES_TEAMS,)], ids=["nothing", "own", "teams"])
async def test_whoever_sees_less_hears_less_of_lists_and_of_what_is_open(
    url: str, staff: Staff, talk: Talk, grants: tuple[dict[str, str], ...]
) -> None:
    open_one = await talk.begin(says="Hello")
    async with at_screen(url, staff.rep) as theirs, at_screen(url, staff.owner) as owners:
        await theirs.does("watch", {"thread_id": open_one.id})
        await staff.grant(*grants)

        await goes_quiet(theirs, owners, talk)
        await talk.hear(open_one, "Secret")
        await owners.hears("thread_changed", lambda told: told["thread"] == open_one.id)

        assert {"thread_changed", "entry_changed"} & {*theirs.names()} == set()


async def test_whoever_sees_nothing_is_not_told_how_many_are_theirs(url: str, staff: Staff, talk: Talk) -> None:
    async with at_screen(url, staff.rep) as theirs, at_screen(url, staff.owner) as owners:
        await staff.grant()

        await goes_quiet(theirs, owners, talk)
        thread = await talk.give(await talk.begin("Asha"), staff.rep.member)
        await owners.hears("thread_changed", lambda told: told["rev"] >= thread.rev and told["thread"] == thread.id)
        await staff.rep.hub.deps.bus.settle()
        await theirs.ask("nothing")

        assert "count_changed" not in theirs.names()


async def test_whoever_sees_more_hears_more(url: str, staff: Staff, talk: Talk) -> None:
    await staff.grant()
    async with at_screen(url, staff.rep) as theirs:
        await staff.grant(SEES_ALL)
        await asyncio.sleep(SOON_S)

        thread = await talk.begin(says="Hello")

        assert await theirs.hears("thread_changed", lambda told: told["thread"] == thread.id)


@pytest.fixture
async def team(staff: Staff) -> str:
    """The rep's; and the rep sees what is of it."""
    team = str((await staff.manages("POST", "/teams", {"name": "sales"}))["id"])
    await staff.manages("PUT", f"/teams/{team}/members/{staff.rep.member}")
    await staff.grant(SEES_TEAMS)
    return team


async def test_whoever_leaves_a_team_hears_nothing_of_it_any_more(
    url: str, staff: Staff, team: str, talk: Talk
) -> None:
    theirs_once = await talk.give(await talk.begin("Asha"), team=team)
    async with at_screen(url, staff.rep) as theirs, at_screen(url, staff.owner) as owners:
        await theirs.does("watch", {"thread_id": theirs_once.id})
        await staff.manages("DELETE", f"/teams/{team}/members/{staff.rep.member}")

        await goes_quiet(theirs, owners, talk)
        await talk.hear(theirs_once, "Secret")
        await owners.hears("thread_changed", lambda told: told["thread"] == theirs_once.id)

        assert {"thread_changed", "entry_changed"} & {*theirs.names()} == set()


async def test_whoever_sees_what_is_of_their_teams_is_not_told_of_a_change_by_coming_in(
    url: str, staff: Staff, team: str
) -> None:
    colleague = await join(staff.owner, "colleague@acme.test", "editor")
    async with at_screen(url, staff.rep) as theirs:
        await asyncio.sleep(SOON_S)
        by_coming_in = theirs.names().count("standing_changed")

        await staff.manages("PUT", f"/teams/{team}/members/{colleague.member}")
        await theirs.hears("standing_changed")

    assert by_coming_in == 0


async def test_what_a_new_colleague_of_the_team_does_is_heard(url: str, staff: Staff, team: str, talk: Talk) -> None:
    colleague = await join(staff.owner, "colleague@acme.test", "editor")
    async with at_screen(url, staff.rep) as theirs:
        await staff.manages("PUT", f"/teams/{team}/members/{colleague.member}")
        await asyncio.sleep(SOON_S)

        thread = await talk.give(await talk.begin("Asha"), colleague.member)

        assert await theirs.hears("thread_changed", lambda told: told["thread"] == thread.id)


@pytest.fixture
async def timed(settings: Settings) -> AsyncIterator[tuple[Hub, VirtualClock, Commands]]:
    """A hub whose time the test moves."""
    clock, commands = VirtualClock(), Commands()
    settings = replace(settings, open_sign_up=True)
    async with running_hub(settings, clock=clock, listeners=[commands]) as hub:
        yield hub, clock, commands


async def test_a_token_that_has_merely_expired_goes_on(timed: tuple[Hub, VirtualClock, Commands]) -> None:
    hub, clock, _ = timed
    owner = await found(hub, "acme")
    async with serving(hub) as url, at_screen(url, owner) as theirs:
        await clock.advance(minutes=30)
        refused = await owner.asks("GET", "/me")
        await asyncio.sleep(SOON_S)

        assert refused.json()["error"]["code"] == "token_expired"
        assert await theirs.does("sync")


@pytest.mark.parametrize("lasts", ["session", "key"])
async def test_what_has_ended_by_itself_is_cut_off(timed: tuple[Hub, VirtualClock, Commands], lasts: str) -> None:
    hub, clock, _ = timed
    owner = await found(hub, "acme")
    key = await owner.does("POST", "/keys", {"name": "script", "grants": [SEES_ALL], "lasts_days": 1})
    token = {"session": owner.token, "key": key["secret"]}[lasts]
    async with serving(hub) as url, screen(url, token) as theirs:
        await clock.advance(days=31)

        async with asyncio.timeout(PATIENCE_S):
            ended = await theirs.until_ended()

    assert ended == (4001, "signed_out")


async def test_thirty_sockets_are_asked_about_by_as_many_queries_as_three(
    timed: tuple[Hub, VirtualClock, Commands],
) -> None:
    hub, _, commands = timed
    owner = await found(hub, "acme")
    asked: list[int] = []
    async with serving(hub) as url, AsyncExitStack() as stack:
        for people in (3, 27):
            reps = [await join(owner, f"rep{people}.{number}@acme.test") for number in range(people)]
            for rep in reps:
                await stack.enter_async_context(at_screen(url, rep))
            connections = [*hub.app.state.sockets.doors[0].connections.values()]
            asked.append(min([await looked(hub, commands, connections) for _ in range(3)]))

    assert asked == [4, 4]


async def looked(hub: Hub, commands: Commands, connections: Sequence[Connection]) -> int:
    """By how many queries; the hub looks by itself as well, now and then, and may do so at this moment."""
    commands.asked.clear()
    await list_changed(hub.deps, connections)
    return len(commands.of("sessions", "logins", "members", "accounts", "roles", "api_keys"))


@pytest.mark.slow
async def test_while_the_database_is_away_screens_stay_for_a_while_only_and_are_asked_to_come_back(
    settings: Settings, tmp_path: Path
) -> None:
    port = free_port()
    database_url = Secret(f"mongodb://127.0.0.1:{port}/")
    settings = replace(settings, open_sign_up=True, mongodb_url=database_url, mongodb_timeout_s=0.3, start_timeout_s=20)
    async with AsyncExitStack() as database, AsyncExitStack() as stack:
        await database.enter_async_context(database_alone(tmp_path, port))
        hub = await stack.enter_async_context(running_hub(settings))
        owner = await found(hub, "acme")
        url = await stack.enter_async_context(serving(hub))
        theirs = await stack.enter_async_context(at_screen(url, owner))

        await database.aclose()
        door = hub.app.state.sockets.doors[0]
        checking = asyncio.create_task(recheck_always(hub.deps, door, every_s=0.1, unchecked_s=3.0))
        await asyncio.sleep(1.5)
        goes_on = theirs.ended is None
        ended = await theirs.until_ended()
        checking.cancel()
        with pytest.raises(Refused) as refused:
            await stack.enter_async_context(at_screen(url, owner))

    assert (goes_on, ended) == (True, (4000, "not_checked"))
    refusal = refused.value.error["data"]
    assert (refusal["code"], refusal["data"]) == ("database_away", {"retry_after_s": 2})
