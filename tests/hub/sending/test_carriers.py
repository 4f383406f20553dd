"""The whole way of an SMS at providers who know none of our ids, with the tokens and signatures of their own."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

import pytest

from hub.lines.models import Line
from hub.sending.models import Said
from hub.threads import log
from hub.threads.repository import list_after
from tests.fakes.carriers.running import Served
from tests.fakes.telnyx import provider as telnyxs
from tests.fakes.telnyx.running import running_telnyx
from tests.fakes.telnyx.signing import public_key
from tests.fakes.vonage import provider as vonages
from tests.fakes.vonage.running import running_vonage
from tests.hub.lines.connected import connect
from tests.hub.sending.scene import PHONE, Scene
from tests.hubs import ORIGIN
from tests.people import code_of

NUMBER, SECOND = "+12025550142", "+12025550143"
Running = Callable[..., AbstractAsyncContextManager[Served]]
PROVIDERS: Mapping[str, tuple[Running, Mapping[str, str]]] = {
    "vonage_sms": (
        running_vonage,
        {
            "api_key": vonages.KEY,
            "api_secret": vonages.SECRET,
            "signature_secret": vonages.SIGNATURE_SECRET,
            "application": vonages.APPLICATION,
        },
    ),
    "telnyx_sms": (
        running_telnyx,
        {"api_key": telnyxs.KEY, "public_key": public_key(telnyxs.SIGNER), "profile": telnyxs.PROFILE},
    ),
}


@dataclass
class Carried:
    """A line with two numbers at one of them."""

    scene: Scene
    carrier: Served
    line: Line

    async def hears(self, text: str, **more: Any) -> None:
        """The person writes to its second number."""
        told = await self.carrier.say(PHONE, SECOND, text, **more)
        await self.scene.deps.background.settle()
        assert told.answers == [200]

    async def settles(self) -> None:
        """Until all is told and taken in."""
        await self.carrier.settle()
        await self.scene.deps.background.settle()

    async def spoken(self) -> list[str]:
        """The words of the log, in order."""
        entries = await list_after(
            self.scene.deps.mongo, self.scene.account, (await self.scene.thread()).id, 0, limit=100
        )
        return [(await log.opened(self.scene.deps, entry)).text for entry in entries if entry.direction]


@pytest.fixture(params=[*PROVIDERS])
async def carried(scene: Scene, request: pytest.FixtureRequest) -> AsyncIterator[Carried]:
    """Whose webhooks come to the hub."""
    running, values = PROVIDERS[request.param]
    async with running(now=scene.clock.now) as carrier:
        given = {**values, "numbers": SECOND, "url": carrier.url}
        line = await connect(scene.deps, request.param, account=scene.account, address=NUMBER, values=given)
        carrier.client = scene.hub.client
        carrier.connect(NUMBER, SECOND, webhook=f"{ORIGIN}/in/{line.id}")
        yield Carried(scene, carrier, line)


async def test_what_somebody_writes_is_answered_from_the_number_that_they_know(carried: Carried) -> None:
    await carried.hears("Is it free?")

    said = await carried.scene.says("Yes, it is.")
    await carried.scene.work()

    [sent] = carried.carrier.sent
    assert (sent.line, sent.to, await carried.scene.state(said)) == (SECOND, PHONE, "sent")
    assert (await carried.spoken())[1:] == ["Is it free?", "Yes, it is."]


async def test_what_is_told_five_times_stands_in_the_log_once(carried: Carried) -> None:
    carried.carrier.mood("duplicate", count=5)
    told = await carried.carrier.say(PHONE, SECOND, "Is it free?")
    await carried.settles()

    assert told.answers == [200] * 5
    assert (await carried.spoken())[1:] == ["Is it free?"]


@pytest.mark.parametrize("mood", ["hang_up", "nonsense"])
async def test_what_was_taken_without_an_answer_is_known_by_what_becomes_of_it(carried: Carried, mood: Any) -> None:
    await carried.hears("Is it free?")
    carried.carrier.mood(mood)
    carried.carrier.follows = ("delivered",)

    said = await carried.scene.says("Yes, it is.")
    await carried.scene.work()
    await carried.settles()
    await carried.scene.pass_time(minutes=10)

    assert len(carried.carrier.sent) == 1
    assert await carried.scene.state(said) == "delivered"


async def test_no_message_is_risked_to_find_out_whether_a_provider_is_back(carried: Carried) -> None:
    scene, first = carried.scene, carried.line.id
    await carried.hears("Is it free?")
    await scene.owner.does("PUT", f"/lines/{first}/second", {"line_id": scene.line.id})
    carried.carrier.mood("down", times=None)

    said = [await say_later(scene, text, first) for text in ("1", "2", "3", "4")]
    carried.carrier.moods.all.clear()
    said.append(await say_later(scene, "5", first))

    assert [await scene.state(one) for one in said] == ["unknown", "unknown", "sent", "sent", "sent"]
    assert scene.texts == ["3", "4"]


async def test_without_a_second_line_what_would_be_lost_sight_of_waits_and_says_so(carried: Carried) -> None:
    scene = carried.scene
    await carried.hears("Is it free?")
    carried.carrier.mood("down", times=None)
    said = [await say_later(scene, text, carried.line.id) for text in ("1", "2", "3")]
    failure = (await scene.delivery(said[2])).failure
    before = await scene.state(said[2])

    carried.carrier.moods.all.clear()
    await scene.pass_time(minutes=2)

    assert (before, failure and failure.code) == ("queued", "provider_away")
    assert [await scene.state(one) for one in said] == ["unknown", "unknown", "sent"]
    assert (await scene.delivery(said[2])).failure is None


async def test_nothing_waits_for_a_provider_forever(carried: Carried) -> None:
    scene = carried.scene
    await carried.hears("Is it free?")
    carried.carrier.mood("down", times=None)
    said = [await say_later(scene, text, carried.line.id) for text in ("1", "2", "3")]

    await scene.pass_time(minutes=61)

    assert await scene.state(said[2]) == "unknown"


async def say_later(scene: Scene, text: str, line: str) -> Said:
    """When it is time to try the line again."""
    await scene.clock.advance(seconds=31)
    said = await scene.says(text, line=line)
    await scene.work()
    return said


async def test_whoever_writes_stop_hears_nothing_more(carried: Carried) -> None:
    await carried.hears("Stop")

    assert (await carried.scene.asks_gate("Are you sure?"))["code"] == "opted_out"


@pytest.mark.parametrize("header", ["Bearer of.bad.news", "Basic x", ""])
async def test_a_credential_that_is_none_is_a_wrong_signature_and_no_wrong_member(
    carried: Carried, header: str
) -> None:
    answer = await carried.scene.hub.client.post(
        f"/in/{carried.line.id}", content=b"{}", headers={"authorization": header}
    )

    assert code_of(answer) == (403, "bad_signature")


@pytest.mark.parametrize(("to", "sender"), [("+447700900103", NUMBER), ("+447700900101", SECOND)])
async def test_a_test_message_goes_out_from_the_number_that_its_reader_will_know(
    carried: Carried, to: str, sender: str
) -> None:
    said = await carried.scene.owner.does("POST", f"/lines/{carried.line.id}/test", {"to": to})

    assert [sent.line for sent in carried.carrier.sent] == [sender]
    assert (said["outcome"], said["words"]) == ("taken", f"The provider has taken the message from {sender}.")
