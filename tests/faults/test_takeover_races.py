"""R6: an agent never speaks after a member took over. `make races` forces ten thousand of them, the suite some."""

import pytest

from hub.rooms import ROOMS
from hub.settings import Settings
from tests.faults.takeovers import races
from tests.hubs import running_hub

IN_THE_SUITE = 500
AT_ONCE = 20
# The log alone: what other rooms do about an entry has no part in who may write it.
ALONE = tuple(room for room in ROOMS if room.name == "threads")


async def test_an_agent_never_speaks_after_a_takeover(settings: Settings, request: pytest.FixtureRequest) -> None:
    number: int = request.config.getoption("--races", default=None) or IN_THE_SUITE
    async with running_hub(settings, rooms=ALONE) as one, running_hub(settings, rooms=ALONE) as other:
        ends = await races([one.deps, other.deps], threads=AT_ONCE, rounds=number // AT_ONCE)

    assert ends["late"] == 0
    # Both ends come about, or nothing was forced.
    assert min(ends["said"], ends["refused"]) > number // 20
    assert ends["said"] + ends["refused"] == number
