"""The whole way of a conversation: Meta's webhooks come into a hub, our answers go out, and it tells how they fare."""

import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from ipaddress import ip_network

import pytest

from channels.base import Address, IdentityKind, Medium, Purpose
from hub.connecting.minding import KINDS as MINDING
from hub.files.actions import keep
from hub.lines.actions import get_line
from hub.lines.models import Allowed, Line
from hub.people.finding import find_or_make
from hub.people.models import ConsentState
from hub.people.models import Person as Someone
from hub.sending.delivery import KINDS
from hub.sending.models import Saying
from hub.sending.saying import say
from hub.settings import Settings
from hub.threads import log
from hub.threads.delivering import get_entry
from hub.threads.models import Author, AuthorKind
from hub.threads.repository import list_after
from tests.clock import VirtualClock
from tests.fakes.meta import ASHA, RAVI, Number, RunningMeta, running_meta
from tests.fakes.meta.provider import OWNER
from tests.hub.files.samples import OGG
from tests.hub.lines.connected import connect
from tests.hub.sending.scene import work_off
from tests.hubs import Hub, running_hub
from tests.people import Person, found

NUMBERS = itertools.count(1)


@dataclass
class Business:
    """One with two numbers of WhatsApp; all webhooks come in by the first one's."""

    hub: Hub
    owner: Person
    meta: RunningMeta
    line: Line
    number: Number
    second: Number

    async def person(self, user_id: str) -> Someone:
        """Whoever is known by this id."""
        address = Address(kind=IdentityKind.WHATSAPP, value=user_id)
        return await find_or_make(self.hub.deps, self.owner.account, [address], line=self.line.id)

    async def spoken(self, user_id: str) -> list[tuple[str, str]]:
        """The words of the log with them, and over which line they went."""
        person = await self.person(user_id)
        thread = await log.find_or_make(self.hub.deps, self.owner.account, person.id)
        entries = await list_after(self.hub.deps.mongo, self.owner.account, thread.id, 0, limit=100)
        return [((await log.opened(self.hub.deps, one)).text, one.line) for one in entries if one.direction]

    async def says(self, user_id: str, text: str, *files: str) -> str:
        """A member answers; gives back which message it is."""
        deps, person = self.hub.deps, await self.person(user_id)
        thread = await log.find_or_make(deps, self.owner.account, person.id)
        thread = await log.catch_up(deps, self.owner.account, thread.id)
        author = Author(AuthorKind.MEMBER, self.owner.member)
        said = await say(deps, thread, Saying(client_id=f"c{next(NUMBERS)}", text=text, files=files), author)
        await deps.background.settle()
        await work_off(deps, KINDS)
        return said.entry.id

    async def told(self) -> None:
        """All that was about to be told was taken in."""
        await self.meta.settle()
        await self.hub.deps.background.settle()

    async def state(self, id: str) -> tuple[str, str]:
        """How far a message of ours has come, and the code of why not further."""
        delivery = (await get_entry(self.hub.deps, self.owner.account, id)).delivery
        assert delivery
        return delivery.state.value, delivery.failure.code if delivery.failure else ""


@pytest.fixture
async def business(settings: Settings, clock: VirtualClock) -> AsyncIterator[Business]:
    """Connected, with time of its own."""
    nearby = replace(settings, open_sign_up=True, egress_allow=(ip_network("127.0.0.0/8"),))
    async with running_hub(nearby, clock=clock) as hub, running_meta(now=clock.now) as meta:
        owner = await found(hub, "acme")
        number, second = meta.connect("12025550142"), meta.connect("12025550143")
        lines = [await connected(hub, owner, meta, one) for one in (number, second)]
        webhook = meta.webhooks[number.account]
        webhook.client, webhook.url = hub.client, f"/in/{lines[0].id}"
        yield Business(hub, owner, meta, lines[0], number, second)


async def connected(hub: Hub, owner: Person, meta: RunningMeta, number: Number) -> Line:
    """A line of the hub for the number."""
    values = {
        "url": f"{meta.url}/v26.0",
        "phone_number_id": number.id,
        "waba_id": number.account,
        "app_secret": meta.secret,
        "access_token": meta.token,
        "verify_token": meta.verify_token,
    }
    address = f"+{number.shown}"
    return await connect(hub.deps, "meta_whatsapp", account=owner.account, address=address, values=values)


async def test_whoever_has_no_number_is_heard_answered_and_reads_it(business: Business) -> None:
    business.meta.follows = ("sent", "delivered", "read")
    [told] = await business.meta.say(RAVI, business.number.id, "Is the flat still free?")
    await business.told()

    answer = await business.says(RAVI.user_id, "Yes, it is.")
    await business.told()

    assert told.answers == [200]
    assert [words for words, _ in await business.spoken(RAVI.user_id)] == ["Is the flat still free?", "Yes, it is."]
    assert business.meta.sent[0].body["recipient"] == RAVI.user_id
    assert await business.state(answer) == ("read", "")


async def test_a_message_whose_answer_was_lost_is_known_by_its_status_and_goes_out_once(business: Business) -> None:
    business.meta.follows = ("sent", "delivered")
    await business.meta.say(ASHA, business.number.id, "Hello")
    await business.told()
    business.meta.mood("hang_up")

    answer = await business.says(ASHA.user_id, "Yes, it is.")
    await business.told()

    assert await business.state(answer) == ("delivered", "")
    assert len(business.meta.sent) == 1


async def test_what_stands_behind_a_part_of_unknown_outcome_goes_out_once_that_is_known(business: Business) -> None:
    """A sound has no caption: the words are a message of their own."""
    business.meta.follows = ("sent",)
    await business.meta.say(ASHA, business.number.id, "Hello")
    await business.told()
    mark = f"member:{business.owner.member}"
    sound = await keep(business.hub.deps, business.owner.account, "hi.ogg", OGG, by=mark)
    business.meta.mood("hang_up")

    answer = await business.says(ASHA.user_id, "Listen:", sound.id)
    await business.told()
    await work_off(business.hub.deps, KINDS)

    assert [one.body["type"] for one in business.meta.sent] == ["text", "audio"]
    assert (await business.state(answer))[0] == "sent"


async def test_what_comes_for_another_number_of_the_account_goes_to_its_line(business: Business) -> None:
    for number in (business.number, business.second):
        await business.meta.say(ASHA, number.id, f"To {number.shown}")
    await business.told()

    spoken = await business.spoken(ASHA.user_id)

    assert sorted(words for words, _ in spoken) == ["To 12025550142", "To 12025550143"]
    assert len({line for _, line in spoken}) == 2


async def test_a_window_that_meta_has_closed_is_told_in_words(business: Business) -> None:
    await business.meta.say(ASHA, business.number.id, "Hello")
    await business.told()
    business.meta.expire_windows(business.number.id)

    answer = await business.says(ASHA.user_id, "Still there?")
    await business.told()

    assert await business.state(answer) == ("failed", "131047")


async def test_whom_meta_refuses_offers_gets_none_any_more_and_is_still_answered(business: Business) -> None:
    await business.meta.say(ASHA, business.number.id, "Hello")
    await business.told()
    business.meta.mood("refuse", code="131050")

    answer = await business.says(ASHA.user_id, "Our summer prices.")
    person = await business.person(ASHA.user_id)
    second = await business.says(ASHA.user_id, "About your flat:")

    assert await business.state(answer) == ("failed", "131050")
    assert person.consent_on(Medium.WHATSAPP, Purpose.MARKETING) is ConsentState.REVOKED
    assert await business.state(second) == ("sent", "")


async def test_who_stops_offers_in_whatsapp_has_said_so_here(business: Business) -> None:
    await business.meta.say(ASHA, business.number.id, "Hello")
    await business.told()
    stopped = {"wa_id": ASHA.number, "category": "marketing_messages", "value": "stop", "timestamp": 1793620800}

    await business.meta.change(business.number.account, "user_preferences", {"user_preferences": [stopped]})
    await business.told()

    person = await business.person(ASHA.user_id)
    assert person.consent_on(Medium.WHATSAPP, Purpose.MARKETING) is ConsentState.REVOKED
    assert person.consent_on(Medium.WHATSAPP) is ConsentState.GRANTED


async def test_a_forged_webhook_says_nothing(business: Business) -> None:
    business.meta.webhooks[business.number.account].secret = "guessed"

    [told] = await business.meta.say(ASHA, business.number.id, "Pay me")
    await business.told()

    assert told.answers == [403]
    assert await business.spoken(ASHA.user_id) == []


async def test_meta_asks_the_hub_whether_the_webhook_is_ours(business: Business) -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": business.meta.verify_token, "hub.challenge": "1158201444"}

    answer = await business.hub.client.get(f"/in/{business.line.id}", params=query)
    forged = await business.hub.client.get(f"/in/{business.line.id}", params={**query, "hub.verify_token": "guessed"})

    assert (answer.status_code, answer.text) == (200, "1158201444")
    assert answer.headers["content-type"].startswith("text/plain")
    assert forged.status_code == 403


async def test_news_of_a_number_stand_in_its_lines_health(business: Business) -> None:
    value = {"display_phone_number": business.number.shown, "event": "FLAGGED"}

    await business.meta.change(business.number.account, "phone_number_quality_update", value)
    await business.told()
    await business.hub.deps.pulses.write()
    shown = await business.owner.does("GET", f"/lines/{business.line.id}")

    assert shown["health"]["failed"]["code"] == "number_flagged"


async def minded(business: Business) -> Line:
    """The line, once its provider was asked how it stands, if that is due."""
    await work_off(business.hub.deps, MINDING)
    return await get_line(business.hub.deps, business.owner.account, business.line.id)


async def test_to_how_many_people_a_business_may_write_first_is_asked_each_day(
    business: Business, clock: VirtualClock
) -> None:
    before = (await minded(business)).allowed
    await clock.advance(hours=7)
    at_first = (await minded(business)).allowed
    business.number.tier = "TIER_2K"
    await clock.advance(days=1)

    later = (await minded(business)).allowed

    assert (before, at_first) == (None, Allowed(people=250, shared=OWNER))
    assert later == Allowed(people=2000, shared=OWNER)


async def test_after_news_of_a_number_meta_is_asked_soon(business: Business, clock: VirtualClock) -> None:
    await clock.advance(hours=7)
    await minded(business)
    business.number.tier = "TIER_50"
    value = {"display_phone_number": business.number.shown, "event": "DOWNGRADE", "current_limit": "TIER_50"}

    await business.meta.change(business.number.account, "phone_number_quality_update", value)
    await business.told()
    await clock.advance(minutes=1)

    assert (await minded(business)).allowed == Allowed(people=50, shared=OWNER)


async def test_a_check_tells_the_limit_and_learns_it(business: Business) -> None:
    checked = await business.owner.does("POST", f"/lines/{business.line.id}/check")

    [step] = [step for step in checked["items"] if step["about"] == "new_people"]
    line = await get_line(business.hub.deps, business.owner.account, business.line.id)
    assert (step["is_well"], line.allowed) == (True, Allowed(people=250, shared=OWNER))
    assert step["words"].startswith("The business may write first to 250 people within 24 hours")


async def test_what_meta_does_not_say_again_stays_as_it_was(business: Business) -> None:
    await business.owner.does("POST", f"/lines/{business.line.id}/check")
    business.number.tier = ""

    await business.owner.does("POST", f"/lines/{business.line.id}/check")

    line = await get_line(business.hub.deps, business.owner.account, business.line.id)
    assert line.allowed == Allowed(people=250, shared=OWNER)
