"""What a member hears changes with the team, though neither the member nor any conversation was touched."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

import pytest

from hub.settings import Settings
from tests.hub.inbox.talking import Talk
from tests.hubs import Hub, running_hub
from tests.live.crew import joined
from tests.live.seats import all_told, seated
from tests.people import Person, found
from tests.screens import Heard
from tests.serving import serving

# By then whatever was taken away is gone.
GONE_S = 5.0


@pytest.fixture
async def hub(settings: Settings) -> AsyncIterator[Hub]:
    """A hub in which anybody may found an account."""
    async with running_hub(replace(settings, open_sign_up=True)) as hub:
        yield hub


@pytest.fixture
async def owner(hub: Hub) -> Person:
    """Who sees everything of the account."""
    return await found(hub, "acme")


@pytest.mark.slow
async def test_of_a_mate_who_has_left_the_team_nothing_more_is_heard(hub: Hub, owner: Person) -> None:
    team = (await owner.does("POST", "/teams", {"name": "one"}))["id"]
    rep, mate = [await joined(owner, name, "team", [team]) for name in ("rep", "mate")]
    talk = Talk(hub.deps, owner.account)
    thread = await talk.give(await talk.begin(says="Hello"), mate.member)
    async with serving(hub) as url, seated(url, rep) as seat:
        await seat.load(threads=[thread.id])
        await owner.does("DELETE", f"/teams/{team}/members/{mate.member}")
        await asyncio.sleep(GONE_S)
        await seat.told()

        await talk.hear(thread, "This is secret")
        await all_told(hub.deps)

        assert names(await seat.told()) == set()


@pytest.mark.slow
async def test_of_a_mate_who_has_joined_the_team_everything_is_heard(hub: Hub, owner: Person) -> None:
    team = (await owner.does("POST", "/teams", {"name": "one"}))["id"]
    rep, mate = await joined(owner, "rep", "team", [team]), await joined(owner, "mate", "team", [])
    talk = Talk(hub.deps, owner.account)
    thread = await talk.give(await talk.begin(says="Hello"), mate.member)
    async with serving(hub) as url, seated(url, rep) as seat:
        await owner.does("PUT", f"/teams/{team}/members/{mate.member}")
        await asyncio.sleep(GONE_S)

        await talk.hear(thread, "This is for all of us")
        await all_told(hub.deps)

        assert "thread_changed" in names(await seat.told())


def names(news: Sequence[Heard]) -> set[str]:
    """Of what was heard."""
    return {one.name for one in news}
