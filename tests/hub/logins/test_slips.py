"""Slips: what a link or a ticket is worth, once, and not for long."""

import asyncio
from datetime import timedelta

from hub.access import INSTALLATION
from hub.deps import Deps
from hub.logins import slips
from hub.logins.slips import SlipSpent
from tests.clock import VirtualClock

KIND, MINUTE = "door", timedelta(minutes=1)
OWNER = "01hq0000000000000000000000"


async def give(deps: Deps, owner: str = OWNER, kind: str = KIND, **data: str) -> str:
    """One for a minute."""
    return await slips.give(deps, owner, kind, lasts=MINUTE, **data)


async def is_good(deps: Deps, token: str, kind: str = KIND) -> bool:
    """Whether it still promises something."""
    try:
        await slips.look(deps, kind, token)
    except SlipSpent:
        return False
    return True


async def test_a_slip_says_whose_it_is_and_what_it_promises(deps: Deps) -> None:
    token = await slips.give(deps, OWNER, KIND, lasts=MINUTE, account="acme", kind="front")

    slip = await slips.take(deps, KIND, token)

    assert (slip.account, slip.kind, slip.data) == (OWNER, KIND, {"account": "acme", "kind": "front"})


async def test_looking_takes_nothing_and_taking_takes_it(deps: Deps) -> None:
    token = await give(deps)
    looked = [await is_good(deps, token) for _ in range(3)]

    await slips.take(deps, KIND, token)

    assert (looked, await is_good(deps, token)) == ([True] * 3, False)


async def test_of_many_who_take_it_at_the_same_moment_one_does(deps: Deps, other: Deps) -> None:
    token = await give(deps)

    taken = await asyncio.gather(*(slips.take(at, KIND, token) for at in (deps, other) * 10), return_exceptions=True)

    assert [type(one) for one in taken].count(SlipSpent) == 19


async def test_a_slip_lasts_as_long_as_was_said(deps: Deps, clock: VirtualClock) -> None:
    token = await give(deps)

    await clock.advance(seconds=59.999)
    before = await is_good(deps, token)
    await clock.advance(seconds=0.001)

    assert (before, await is_good(deps, token)) == (True, False)


async def test_a_slip_of_one_kind_is_none_of_another(deps: Deps) -> None:
    token = await give(deps)

    assert not await is_good(deps, token, "window")
    assert await is_good(deps, token)


async def test_withdrawing_ends_those_of_one_kind_and_of_one_owner(deps: Deps) -> None:
    ours, window, theirs = await give(deps), await give(deps, kind="window"), await give(deps, INSTALLATION)

    await slips.withdraw(deps, OWNER, KIND)

    assert [await is_good(deps, ours), await is_good(deps, window, "window"), await is_good(deps, theirs)] == [
        False,
        True,
        True,
    ]


async def test_withdrawing_without_a_kind_ends_all_of_the_owner(deps: Deps) -> None:
    ours, window, theirs = await give(deps), await give(deps, kind="window"), await give(deps, INSTALLATION)

    await slips.withdraw(deps, OWNER)

    assert [await is_good(deps, ours), await is_good(deps, window, "window"), await is_good(deps, theirs)] == [
        False,
        False,
        True,
    ]


async def test_what_is_shown_is_not_what_is_kept(deps: Deps) -> None:
    token = await give(deps)

    [stored] = await deps.mongo["slips"].find({}, limit=9)
    assert len(token) == 43
    assert token not in str(stored)
    assert not await is_good(deps, stored["_id"])


async def test_nonsense_is_spent(deps: Deps) -> None:
    await give(deps)

    found = [await is_good(deps, token) for token in ("", "x", "\0", "💥", "a" * 10_000, "$ne")]

    assert found == [False] * 6
