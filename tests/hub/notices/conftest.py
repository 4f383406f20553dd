"""A business with an owner and a rep, on a clock of its own; letters, pushes and texts go to servers of the test."""

from collections.abc import AsyncIterator
from dataclasses import replace
from ipaddress import ip_network

import pytest

from hub.settings import Settings
from tests.clock import VirtualClock
from tests.fakes.push import FakePush, fake_push
from tests.fakes.sandbox.running import RunningSandbox, running_sandbox
from tests.fakes.smtp import FakeSmtp, fake_smtp
from tests.hub.inbox.talking import Talk
from tests.hub.mail.opened import by_server
from tests.hub.notices.desk import Desk
from tests.hub.notices.phones import allow
from tests.hub.sending.scene import connect_to
from tests.hubs import Hub, running_hub
from tests.people import found, join

HERE = (ip_network("127.0.0.0/8"),)


@pytest.fixture
async def post_office() -> AsyncIterator[FakeSmtp]:
    """Where letters go."""
    async with fake_smtp() as server:
        yield server


@pytest.fixture
async def push_service(clock: VirtualClock) -> AsyncIterator[FakePush]:
    """Where pushes go."""
    async with fake_push(now=clock.now) as service:
        yield service


@pytest.fixture
async def sandbox(clock: VirtualClock) -> AsyncIterator[RunningSandbox]:
    """Where texts go."""
    async with running_sandbox(now=clock.now) as sandbox:
        yield sandbox


@pytest.fixture
def telling_settings(settings: Settings) -> Settings:
    """All of these may be on this machine."""
    return replace(settings, open_sign_up=True, egress_allow=HERE, push_allow=HERE)


@pytest.fixture
async def hub(telling_settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """A hub with time of its own."""
    async with running_hub(telling_settings, clock=clock) as hub:
        yield hub


@pytest.fixture
async def other_hub(hub: Hub, telling_settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """Another process of the same."""
    async with running_hub(telling_settings, clock=clock) as other:
        yield other


@pytest.fixture
async def desk(hub: Hub, clock: VirtualClock) -> Desk:
    """The owner, who sees everything, and a rep, who may answer everywhere."""
    owner = await found(hub, "acme")
    rep = await join(owner, "rep@acme.test")
    return Desk(hub, clock, owner, rep, Talk(hub.deps, owner.account))


@pytest.fixture
async def mailing_desk(
    desk: Desk, telling_settings: Settings, post_office: FakeSmtp, clock: VirtualClock
) -> AsyncIterator[Desk]:
    """The same in a process that sends mail."""
    async with running_hub(replace(telling_settings, **by_server(post_office.port)), clock=clock) as hub:
        yield replace(desk, hub=hub, talk=Talk(hub.deps, desk.owner.account))


@pytest.fixture
async def line_id(desk: Desk, sandbox: RunningSandbox) -> str:
    """A line of the account by SMS, over which its members' phones are written to."""
    line = await connect_to(desk.hub.deps, desk.owner.account, sandbox, "sandbox_sms")
    await allow(desk, line.id)
    return line.id
