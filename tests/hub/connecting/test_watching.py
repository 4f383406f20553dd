"""Whoever looks at the lines sees that a provider is away, and that it is back."""

from collections.abc import AsyncIterator

import pytest

from hub.lines import outages
from hub.lines.actions import get_line
from tests.clock import VirtualClock
from tests.hub.connecting.desk import Desk
from tests.hub.lines.connected import connect
from tests.screens import Screen, at_screen
from tests.serving import serving


@pytest.fixture
async def url(desk: Desk) -> AsyncIterator[str]:
    """Where the hub is."""
    async with serving(desk.hub) as url:
        yield url


async def hears_of_it(screen: Screen, clock: VirtualClock) -> bool:
    """That something of the lines is otherwise since this moment."""
    now = clock.now().timestamp() * 1000
    return bool(await screen.hears("setting_changed", lambda told: told["area"] == "line" and told["rev"] >= now))


async def test_screens_are_told_when_a_provider_is_away_and_when_it_is_back(
    desk: Desk, clock: VirtualClock, url: str
) -> None:
    deps, account = desk.hub.deps, desk.owner.account
    line = await connect(deps, account=account)
    async with at_screen(url, desk.owner) as screen:
        await clock.advance(minutes=1)
        for _ in range(outages.DOUBTS):
            await outages.note_down(deps, await get_line(deps, account, line.id))
        is_away = await hears_of_it(screen, clock)

        await clock.advance(minutes=1)
        await outages.note_up(deps, await get_line(deps, account, line.id))

        assert (is_away, await hears_of_it(screen, clock)) == (True, True)
