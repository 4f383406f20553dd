"""A hub that answers by itself, and somebody who does so too: a handful of mails comes of it, and no ping-pong."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP
from ipaddress import ip_network

import pytest

from hub.lines.actions import get_line
from hub.lines.models import Line
from hub.rules import loops
from hub.sending.delivery import KINDS as DELIVERY
from hub.settings import Settings
from hub.store.ids import new_id
from tests.clock import VirtualClock
from tests.databases import Databases
from tests.fakes.smtp import FakeSmtp, fake_smtp
from tests.hub.postbox.handing_in import ASHA, PostBox, a_mail, a_mail_line, open_box, written_to
from tests.hub.rules.ruled import HELLO, wanted
from tests.hub.sending.scene import work_off
from tests.hubs import Hub, running_hub
from tests.people import found

# An hour has so many rounds.
ROUNDS, EACH, A_HANDFUL = 8, timedelta(minutes=7.5), 4
# What rules may do within it in one conversation; here, so that the hour is soon over, less than they may.
DEEDS = 5
# By which one machine knows another.
SAYS_SO = ("Auto-Submitted", "X-Auto-Response-Suppress", "X-Loop")

Way = Callable[[bytes], bytes]


@pytest.fixture(autouse=True)
def few_deeds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules do no more in an hour."""
    monkeypatch.setattr(loops, "MOST_DEEDS_AN_HOUR", DEEDS)


@dataclass
class Answering:
    """A hub that answers whatever comes by a rule, and the mail server that it sends by."""

    address: str
    hub: Hub
    line: Line
    box: PostBox
    server: FakeSmtp
    brought: int = 0

    async def works(self) -> None:
        """Whatever is to be done."""
        for _ in range(3):
            await self.hub.deps.background.settle()
            await work_off(self.hub.deps, DELIVERY)

    async def gets(self, raw: bytes, sender: str) -> None:
        """A mail of the other."""
        await self.box.gets(raw, written_to(self.line), sender=sender)
        await self.works()

    def to_bring(self) -> list[bytes]:
        """What was sent since the last time."""
        new = self.server.taken[self.brought :]
        self.brought = len(self.server.taken)
        return [mail.content for mail in new]


@pytest.fixture
async def two(
    settings: Settings, databases: Databases, clock: VirtualClock
) -> AsyncIterator[tuple[Answering, Answering]]:
    """On databases of their own."""
    allowed = replace(settings, open_sign_up=True, egress_allow=(ip_network("127.0.0.0/8"),))
    async with AsyncExitStack() as stack:
        other = stack.enter_context(databases.lend(f"t{new_id(clock.now())}"))
        first = await an_answering(stack, allowed, clock, "sales@first.test")
        second = await an_answering(stack, replace(allowed, mongodb_database=other), clock, "sales@second.test")
        yield first, second


async def an_answering(stack: AsyncExitStack, settings: Settings, clock: VirtualClock, address: str) -> Answering:
    """One of them."""
    hub = await stack.enter_async_context(running_hub(settings, clock=clock))
    server = await stack.enter_async_context(fake_smtp())
    owner = await found(hub, "acme")
    line = await a_mail_line(hub.deps, address, account=owner.account, port=server.port)
    await owner.does("POST", "/rules", wanted("message_received", HELLO))
    box = await stack.enter_async_context(open_box(hub.deps))
    return Answering(address, hub, await get_line(hub.deps, owner.account, line.id), box, server)


def bare(raw: bytes) -> bytes:
    """As it comes by way of somebody who keeps nothing of what says that a machine has written it."""
    mail = message_from_bytes(raw, policy=SMTP)
    for name in SAYS_SO:
        del mail[name]
    return mail.as_bytes()


async def write_each_other(two: tuple[Answering, Answering], clock: VirtualClock, way: Way = bytes) -> list[int]:
    """For an hour, in which each mail is soon brought; how many each of them has sent."""
    for one, other in (two, two[::-1]):
        said = a_mail("Hello", From=other.address, To=one.address, Message_ID=f"<1@{other.line.id}.test>")
        await one.gets(said.as_bytes(policy=SMTP), other.address)
    for _ in range(ROUNDS):
        await clock.advance(seconds=EACH.total_seconds())
        for one, other in (two, two[::-1]):
            for raw in other.to_bring():
                await one.gets(way(raw), other.address)
    return [len(one.server.taken) for one in two]


async def test_answers_of_machines_are_not_answered(two: tuple[Answering, Answering], clock: VirtualClock) -> None:
    sent = await write_each_other(two, clock)

    assert 2 <= sum(sent) <= A_HANDFUL


@pytest.mark.slow
async def test_where_nothing_says_that_it_is_a_machine_rules_come_to_an_end_all_the_same(
    two: tuple[Answering, Answering], clock: VirtualClock
) -> None:
    sent = await write_each_other(two, clock, bare)

    assert sent == [DEEDS] * 2


@pytest.mark.slow
async def test_an_automatic_answer_that_looks_like_a_new_mail_each_time_is_no_way_around_that(
    two: tuple[Answering, Answering], clock: VirtualClock
) -> None:
    hub, _ = two
    for number in range(ROUNDS):
        mail = a_mail("I am away.", Subject=f"Away {number}", Message_ID=f"<{number}@lead.test>")
        await hub.gets(mail.as_bytes(policy=SMTP), ASHA)
        await clock.advance(seconds=EACH.total_seconds())

    assert len(hub.server.taken) == DEEDS
