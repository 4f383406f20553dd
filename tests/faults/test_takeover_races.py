"""R6: an agent never speaks after a member took over. `make races` forces ten thousand of them, the suite some."""

from dataclasses import replace
from ipaddress import ip_network

import pytest

from hub.rooms import ROOMS
from hub.settings import Settings
from hub.threads.models import Author, AuthorKind
from tests.clock import VirtualClock
from tests.fakes.sandbox.running import running_sandbox
from tests.faults import speaking
from tests.faults.takeovers import races
from tests.hub.sending.scene import connect_to
from tests.hubs import running_hub
from tests.people import found

IN_THE_SUITE, ON_THE_WHOLE_WAY = 500, 60
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


async def test_what_an_agent_said_before_a_takeover_does_not_come_to_the_person_after_it(
    settings: Settings, clock: VirtualClock, request: pytest.FixtureRequest
) -> None:
    """The same through the gate, the desk and the provider; counted by what the provider got."""
    number: int = request.config.getoption("--races", default=None) or ON_THE_WHOLE_WAY
    settings = replace(settings, open_sign_up=True, egress_allow=(ip_network("127.0.0.0/8"),))
    async with (
        running_sandbox(now=clock.now) as sandbox,
        running_hub(settings, clock=clock) as one,
        running_hub(settings, clock=clock) as other,
    ):
        owner = await found(one, "acme")
        line = await connect_to(one.deps, owner.account, sandbox, "sandbox_sms", per_second=1000.0)
        member = Author(AuthorKind.MEMBER, owner.member)
        stage = speaking.Stage([one.deps, other.deps], line, member, sandbox)
        ends = await speaking.races(stage, threads=AT_ONCE, rounds=number // AT_ONCE)

    assert ends["late"] == ends["twice"] == ends["wrongly told"] == ends["without reason"] == 0
    # All ends come about, or nothing was forced.
    assert min(ends["sent"], ends["stopped"], ends["refused"]) > 0
    assert ends["sent"] + ends["stopped"] + ends["refused"] == number
