"""What the sandbox alone does not show: providers that cannot be asked, limits, failures in words, the rules of an
account."""

import re
from dataclasses import replace as replaced
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from channels.base import Capabilities, Refused, Unreachable, Unsure
from channels.sandbox.channel import SMS, WHATSAPP
from hub.lines.channels import NOT_CONTACTED
from hub.lines.models import Line
from hub.sending.delivery import KINDS as DELIVERY
from hub.sending.delivery import errand_for, hand_over
from hub.sending.failures import OURS
from hub.sending.limits import line_rate, pair_rate, take_turn
from hub.sending.models import Said
from hub.sending.ways import ways_of
from hub.store.ids import new_id
from hub.threads.models import DeliveryState
from hub.threads.ownership import take_over
from hub.work import repository
from tests.hub.sending.scene import AGENT, Scene

DEAF = replaced(SMS, capabilities=replaced(SMS.capabilities, looks_up=False))


async def send_by_a_provider_that_cannot_be_asked(scene: Scene, said: Said) -> None:
    """One run of one message, and its end."""
    now = scene.clock.now()
    seen: Any = await repository.find(scene.deps.mongo, DELIVERY[0], said.entry.id)
    lease = await repository.claim(scene.deps.mongo, DELIVERY[0], seen, token=new_id(now), now=now)
    assert lease
    errand = await errand_for(scene.deps, await scene.entry(said), lease)
    errand.channel = DEAF
    await hand_over(errand)
    await repository.finish(scene.deps.mongo, lease)


async def test_where_nobody_can_be_asked_a_person_decides(scene: Scene) -> None:
    """R5: it stays unknown, and says so in words."""
    scene.sandbox.mood("hang_up")
    said = await scene.says("Once")

    await send_by_a_provider_that_cannot_be_asked(scene, said)
    for _ in range(5):
        await scene.pass_time(minutes=10)

    delivery = await scene.delivery(said)
    assert (delivery.state, delivery.due_at) == (DeliveryState.UNKNOWN, None)
    assert delivery.failure and delivery.failure.code == "outcome_unknown"
    assert scene.texts == ["Once"]


async def test_what_nobody_knows_of_holds_nobody_up(scene: Scene) -> None:
    scene.sandbox.mood("vanish")
    await send_by_a_provider_that_cannot_be_asked(scene, await scene.says("One"))
    await scene.says("Two")

    await scene.work()

    assert scene.texts == ["Two"]


async def test_a_person_may_say_that_it_has_not_come(scene: Scene) -> None:
    scene.sandbox.mood("vanish")
    said = await scene.says("Once")
    await send_by_a_provider_that_cannot_be_asked(scene, said)

    await scene.owner.does("POST", f"/threads/{said.thread.id}/messages/{said.entry.id}/retry")
    await scene.work()

    assert scene.texts == ["Once"]
    assert (await scene.delivery(said)).failure is None


async def test_an_agents_message_that_still_waits_when_somebody_takes_over_is_not_sent(scene: Scene) -> None:
    """R6, on the way as well."""
    said = await scene.says("From the agent", author=AGENT)
    await take_over(scene.deps, said.thread, scene.member, scene.owner.member)

    await scene.work()

    failure = (await scene.delivery(said)).failure
    assert scene.texts == []
    assert failure and failure.code == "taken_over"


@pytest.mark.parametrize(
    ("per_second", "rate"),
    [(10, "10 in 1 s"), (80, "80 in 1 s"), (0.5, "1 in 2 s"), (2.5, "5 in 2 s"), (0.1, "1 in 10 s")],
)
def test_any_number_a_second_is_a_rate(per_second: float, rate: str) -> None:
    assert str(line_rate(replace(a_line(), per_second=per_second), Capabilities(longest_text=1))) == rate


def a_line() -> Line:
    """Just one."""
    made: Any = {"provider": "sandbox_sms", "medium": "sms", "name": b"", "address": b"", "key": b"", "values": b""}
    return Line(id="line", account="acme", made_at=None, **made)  # type: ignore[arg-type]


def test_a_burst_to_one_person_is_followed_by_one_in_so_many_seconds() -> None:
    rate = pair_rate(Capabilities(longest_text=1, pair_every_s=6, pair_burst=45))

    assert (rate.times, rate.interval_us) == (45, 6_000_000)


async def test_somebody_gets_no_more_at_once_than_their_provider_allows(scene: Scene) -> None:
    can = replaced(WHATSAPP.capabilities, per_second=1000)
    turns = [await take_turn(scene.deps, scene.line, can, "thread") for _ in range(46)]

    another = await take_turn(scene.deps, scene.line, can, "another thread")
    await scene.clock.advance(seconds=6)
    later = await take_turn(scene.deps, scene.line, can, "thread")

    assert turns[:45] == [None] * 45
    assert turns[45] == timedelta(seconds=6)
    assert (another, later) == (None, None)


def test_every_failure_of_our_own_is_explained() -> None:
    table = (Path(__file__).parents[3] / "docs/gate.md").read_text()

    assert {*OURS, NOT_CONTACTED.code} <= {*re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)}


async def test_the_way_out_tells_adapters_whether_something_may_have_arrived(scene: Scene) -> None:
    http, url = ways_of(scene.deps), scene.sandbox.url
    scene.sandbox.mood("hang_up")
    body = b'{"client_id": "x", "channel": "sms", "from": "a", "to": "+4915112345678", "text": "x"}'
    headers = {"authorization": f"Bearer {scene.sandbox.key}", "content-type": "application/json"}

    with pytest.raises(Unsure):
        await http("POST", f"{url}/v1/messages", headers=headers, content=body)
    async with scene.sandbox.gone():
        with pytest.raises(Unreachable):
            await http("POST", f"{url}/v1/messages", headers=headers, content=body)
    with pytest.raises(Refused):
        await http("POST", "http://10.0.0.1/", headers={})


async def test_an_account_says_when_machines_are_quiet(scene: Scene) -> None:
    usual = await scene.owner.does("GET", "/sending-policy")
    wanted = {"quiet": {"begins": "08:00", "ends": "20:00"}, "cap": 1}

    await scene.owner.does("PUT", "/sending-policy", wanted)

    assert usual == {"quiet": {"begins": "21:00", "ends": "08:00"}, "cap": 3}
    assert await scene.owner.does("GET", "/sending-policy") == wanted
    with pytest.raises(Exception, match="at this time of their day"):
        await scene.says(author=AGENT)


async def test_without_quiet_hours_machines_write_at_night(scene: Scene) -> None:
    await scene.owner.does("PUT", "/sending-policy", {"quiet": None, "cap": 3})
    await scene.clock.advance(hours=14)
    await scene.hears()

    await scene.says("Awake?", author=AGENT)
    await scene.work()

    assert scene.texts == ["Awake?"]


async def test_the_templates_of_a_line_are_what_goes_out_of_the_window(scene: Scene) -> None:
    whatsapp = await scene.connect("sandbox_whatsapp")
    await scene.hears(line=whatsapp)
    template = {"name": "welcome", "language": "en", "blanks": 0}
    await scene.owner.does("PUT", f"/lines/{whatsapp.id}/templates", {"items": [template]})
    await scene.clock.advance(hours=25)
    await scene.comes_back()

    text = await scene.asks_gate("Hi")
    used = await scene.asks_gate("", template={"name": "welcome", "language": "en"})
    other = await scene.asks_gate("", template={"name": "bye", "language": "en"})

    assert (text["code"], text["alternatives"][0]["template"]) == ("window_closed", "welcome")
    assert [one["code"] for one in (used, other)] == [None, "template_unknown"]
