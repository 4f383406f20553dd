"""The whole way of a conversation over Twilio: what somebody writes comes in, and our answer goes out."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from ipaddress import ip_network

import pytest

from channels.base import Address, IdentityKind
from hub.deps import Deps
from hub.lines import actions as lines
from hub.lines.models import Line
from hub.people.finding import find_or_make
from hub.sending.delivery import KINDS
from hub.sending.errors import SendRefused
from hub.sending.models import Said, Saying
from hub.sending.saying import say
from hub.settings import Settings
from hub.threads import log
from hub.threads.delivering import get_entry
from hub.threads.models import Author, AuthorKind, Delivery, Thread
from hub.threads.repository import list_after
from tests.channels.twilio.stage import LINE, PERSON, SECOND, VALUES
from tests.clock import VirtualClock
from tests.fakes.twilio.running import RunningTwilio, running_twilio
from tests.hub.lines.connected import connect
from tests.hub.sending.scene import work_off
from tests.hubs import running_hub
from tests.people import found

RULE = Author(AuthorKind.RULE, "rule")


@dataclass
class Business:
    """A business with a line of two numbers at Twilio."""

    deps: Deps
    line: Line
    twilio: RunningTwilio
    clock: VirtualClock

    @property
    def account(self) -> str:
        """Whose line it is."""
        return self.line.account

    async def thread(self) -> Thread:
        """The conversation with the one person."""
        address = Address(kind=IdentityKind.PHONE, value=PERSON.value)
        person = await find_or_make(self.deps, self.account, [address])
        thread = await log.find_or_make(self.deps, self.account, person.id)
        return await log.catch_up(self.deps, self.account, thread.id)

    async def hears(self, text: str, *, to: str = LINE, times: int = 1) -> list[int]:
        """They write; what is answered to Twilio."""
        if times > 1:
            self.twilio.mood("duplicate", count=times)
        told = await self.twilio.say(PERSON.value, to, text)
        await self.deps.background.settle()
        return told.answers

    async def says(self, text: str) -> Said:
        """We answer, and it is sent."""
        said = await say(self.deps, await self.thread(), Saying(client_id=text, text=text), RULE)
        await work_off(self.deps, KINDS)
        await self.twilio.settle()
        await self.deps.background.settle()
        return said

    async def delivery(self, said: Said) -> Delivery:
        """How it fares."""
        delivery = (await get_entry(self.deps, self.account, said.entry.id)).delivery
        assert delivery is not None
        return delivery

    async def spoken(self) -> list[str]:
        """The words of the log."""
        thread = await self.thread()
        entries = await list_after(self.deps.mongo, self.account, thread.id, 0, limit=100)
        return [(await log.opened(self.deps, entry)).text for entry in entries if entry.direction]


@pytest.fixture
async def business(settings: Settings, clock: VirtualClock) -> AsyncIterator[Business]:
    """It, with a hub and a Twilio of its own."""
    reaching = replace(settings, open_sign_up=True, egress_allow=(ip_network("127.0.0.0/8"),))
    async with running_twilio(now=clock.now) as twilio, running_hub(reaching, clock=clock) as hub:
        account, values = (await found(hub, "acme")).account, {**VALUES, "url": twilio.url}
        line = await connect(hub.deps, "twilio_sms", account=account, address=LINE, values=values)
        webhook = (await lines.access_of(hub.deps, line)).webhook
        for number in (LINE, SECOND):
            twilio.connect(number, webhook=webhook, client=hub.client)
        yield Business(hub.deps, line, twilio, clock)


async def test_what_comes_twice_stands_in_the_log_once(business: Business) -> None:
    answers = await business.hears("Is the flat still free?", times=2)

    assert answers == [200, 200]
    assert await business.spoken() == ["Is the flat still free?"]


async def test_an_answer_goes_out_from_the_number_they_know_and_is_seen_delivered(business: Business) -> None:
    business.twilio.follows = ("sent", "delivered")
    await business.hears("Is the flat still free?", to=SECOND)

    said = await business.says("Yes, it is.")

    assert [(one.first("From"), one.first("Body")) for one in business.twilio.sent] == [(SECOND, "Yes, it is.")]
    assert (await business.delivery(said)).state == "delivered"


@pytest.mark.parametrize("follows", [("sent",), ()], ids=["told", "asked"])
async def test_an_answer_whose_receipt_is_lost_goes_out_once(business: Business, follows: tuple[str, ...]) -> None:
    business.twilio.follows = follows
    await business.hears("Is the flat still free?")
    business.twilio.mood("hang_up")

    said = await business.says("Yes, it is.")
    await business.clock.advance(minutes=2)
    await work_off(business.deps, KINDS)

    assert len(business.twilio.sent) == 1
    assert (await business.delivery(said)).state == "sent"


async def test_a_carriers_no_is_told_in_words(business: Business) -> None:
    await business.hears("Is the flat still free?")
    said = await business.says("Yes, it is.")

    [told] = await business.twilio.report(business.twilio.sent[0], "undelivered", code=30005)
    await business.deps.background.settle()

    failing = (await business.delivery(said)).failure
    assert told.answers == [200]
    assert failing is not None
    assert failing.words == "Nobody has this number any more."


async def test_whoever_writes_stop_to_twilio_hears_nothing_more(business: Business) -> None:
    business.twilio.handles_opt_out = True
    await business.hears("Hello")
    await business.hears("STOP")

    with pytest.raises(SendRefused, match="asked not to be written to"):
        await business.says("Are you sure?")

    assert business.twilio.sent == []


async def test_what_twilio_has_answered_itself_is_shown_and_asks_nobody(business: Business) -> None:
    business.twilio.handles_opt_out = True
    await business.hears("Hello")
    await business.says("Hello Asha")

    await business.hears("HELP")

    assert await business.spoken() == ["Hello", "Hello Asha", "HELP"]
    assert (await business.thread()).waiting_since is None


async def test_where_twilio_answers_nothing_itself_help_is_a_message_like_any_other(business: Business) -> None:
    await business.hears("Hello")
    await business.says("Hello Asha")

    await business.hears("HELP")

    assert (await business.thread()).waiting_since is not None
