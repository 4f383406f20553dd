"""What was begun and not finished: it is gone on with as it was decided, and over nobody."""

import asyncio
from typing import Any

import pytest

from hub.people import lead
from hub.people.changing import change
from hub.people.getting import get_person
from hub.people.tags import with_tags
from hub.rules import doing as doings
from hub.rules import performing
from hub.rules.doing import do
from hub.rules.running import run_rules
from hub.threads import happenings, ownership
from hub.threads.models import Entry
from tests.clock import VirtualClock
from tests.hub.rules.ruled import HELLO, TAG, condition, log_of, make, put_tag, ran, said_by_rules, tags_of
from tests.hub.sending.scene import Scene
from tests.people import join


def dies_before(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """The process that first comes to such a deed dies."""
    died: list[Any] = []

    async def dies(doing: Any, deed: Any) -> Any:
        if deed.__struct_config__.tag == what and not died:
            died.append(deed)
            raise RuntimeError("killed")
        return await do(doing, deed)

    monkeypatch.setattr(performing, "do", dies)


def dies_once(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    """The process that first calls this dies."""
    died, real = list[str](), getattr(module, name)

    async def dies(*args: Any, **more: Any) -> Any:
        if not died:
            died.append(name)
            raise RuntimeError("killed")
        return await real(*args, **more)

    monkeypatch.setattr(module, name, dies)


async def again(scene: Scene, entry: Entry) -> None:
    """Another process reacts."""
    await run_rules(scene.deps, await scene.thread(), entry)
    await scene.deps.background.settle()


async def test_nobody_is_spoken_over_who_has_taken_over_since(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    other = await join(scene.owner, "rep@acme.test")
    dies_before(monkeypatch, "send")
    await make(scene, "message_received", TAG, HELLO, {"do": "assign", "member_id": other.member})
    entry = await scene.hears("Hello")
    await ownership.take_over(scene.deps, await scene.thread(), scene.member, scene.owner.member)

    await again(scene, entry)

    assert await said_by_rules(scene) == []
    assert (await scene.thread()).owner.id == scene.owner.member
    [told] = await ran(scene)
    assert (told.did, told.refused) == (("tag",), ("send: stale_epoch", "assign: stale_epoch"))


async def test_a_rule_goes_on_after_what_it_has_assigned_itself(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    other = await join(scene.owner, "rep@acme.test")
    dies_before(monkeypatch, "send")
    await make(scene, "message_received", {"do": "assign", "member_id": other.member}, HELLO)
    entry = await scene.hears("Hello")

    await again(scene, entry)

    assert [told.did for told in await ran(scene)] == [("assign", "send")]


async def test_what_was_said_counts_as_done_though_somebody_has_answered_since(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    dies_before(monkeypatch, "tag")
    await make(scene, "message_received", HELLO, TAG)
    entry = await scene.hears("Hello")
    await scene.says("I am on it")

    await again(scene, entry)

    assert [(told.did, told.refused) for told in await ran(scene)] == [(("send", "tag"), ())]


async def test_a_no_stays_a_no(scene: Scene) -> None:
    await make(scene, "message_received", HELLO, only_if=[condition("tag", "is", "seen")])
    await make(scene, "message_received", TAG)
    entry = await scene.hears("Hello")

    await again(scene, entry)

    assert await said_by_rules(scene) == []


async def test_a_no_stays_a_no_where_no_rule_has_acted(scene: Scene) -> None:
    await make(scene, "message_received", HELLO, only_if=[condition("tag", "is", "seen")])
    entry = await scene.hears("Hello")
    await put_tag(scene, "seen")

    await again(scene, entry)

    assert await said_by_rules(scene) == []


async def test_a_no_stays_one_where_a_rule_behind_it_has_died(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    dies_before(monkeypatch, "note")
    await make(scene, "message_received", HELLO, only_if=[condition("tag", "is", "seen")])
    await make(scene, "message_received", TAG, {"do": "note", "text": "Look"})
    entry = await scene.hears("Hello")

    await again(scene, entry)

    assert await said_by_rules(scene) == ["Look"]


async def test_nothing_is_sent_behind_somebody_elses_answer(scene: Scene) -> None:
    entry = await scene.hears("Hello")
    await scene.says("Hello, I am on it")
    await make(scene, "message_received", HELLO)

    await again(scene, entry)

    assert [told.refused for told in await ran(scene)] == [("send: answered_meanwhile",)]


async def test_nothing_is_sent_long_after(scene: Scene, clock: VirtualClock) -> None:
    entry = await scene.hears("Hello")
    await make(scene, "message_received", HELLO)
    await clock.advance(minutes=16)

    await again(scene, entry)

    assert [told.refused for told in await ran(scene)] == [("send: too_late",)]


async def test_what_was_begun_ends_where_the_rule_was_changed(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    dies_before(monkeypatch, "send")
    rule = await make(scene, "message_received", {"do": "note", "text": "first"}, HELLO)
    entry = await scene.hears("Hello")
    await scene.owner.does("PATCH", f"/rules/{rule}", {"then": [TAG, {"do": "note", "text": "second"}]})

    for _ in range(2):
        await again(scene, entry)

    assert (await said_by_rules(scene), await tags_of(scene)) == (["first"], [])
    assert [(told.did, told.refused) for told in await ran(scene)] == [((), ("rule_changed",))]


async def test_a_changed_lead_is_told_of_by_whoever_takes_over(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    dies_once(monkeypatch, lead, "tell")
    await make(scene, "message_received", {"do": "set_lead", "status": "qualified"})
    entry = await scene.hears("Hello")

    for _ in range(2):
        await again(scene, entry)

    told = [one.event for one in await log_of(scene) if isinstance(one.event, happenings.LeadChanged)]
    assert told == [happenings.LeadChanged(changed={"status": "qualified"})]


async def test_a_new_stage_is_told_of_by_whoever_takes_over(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    dies_once(monkeypatch, doings, "tell")
    await make(scene, "message_received", {"do": "set_stage", "stage": "customer"})
    entry = await scene.hears("Hello")
    await scene.clock.advance(minutes=1)

    for _ in range(2):
        await again(scene, entry)

    told = [one.event for one in await log_of(scene) if isinstance(one.event, happenings.StageChanged)]
    assert told == [happenings.StageChanged(stage="customer")]


async def test_a_tag_that_a_member_has_taken_off_stays_off(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    dies_before(monkeypatch, "note")
    await make(scene, "message_received", {"do": "tag_person", "put": ["vip"]}, {"do": "note", "text": "Look"})
    entry = await scene.hears("Hello")
    await change(scene.deps, scene.account, scene.someone.id, lambda person: with_tags(person, put=(), taken=("vip",)))

    await again(scene, entry)

    assert (await get_person(scene.deps, scene.account, scene.someone.id)).tags == []
    assert [told.did for told in await ran(scene)] == [("tag_person", "note")]


async def test_what_another_process_has_begun_takes_no_room_from_itself(scene: Scene) -> None:
    entry = await scene.hears("Hello")
    for _ in range(2):
        await make(scene, "message_received", *([{"do": "note", "text": "Look"}] * 10))

    await asyncio.gather(*(again(scene, entry) for _ in range(3)))

    assert [told.refused for told in await ran(scene)] == [(), ()]


@pytest.mark.parametrize("deed", [{"do": "close"}, {"do": "snooze", "minutes": 60}], ids=["close", "snooze"])
async def test_a_newer_question_is_not_closed_over(scene: Scene, deed: dict[str, Any]) -> None:
    first = await scene.hears("Thanks")
    await scene.hears("But what does it cost?")
    await make(scene, "message_received", deed)

    await again(scene, first)

    assert (await scene.thread()).status == "open"
    assert [told.refused for told in await ran(scene)] == [(f"{deed['do']}: heard_meanwhile",)]


async def test_a_team_is_set_and_the_member_who_speaks_goes_on(scene: Scene) -> None:
    team = (await scene.owner.does("POST", "/teams", {"name": "Sales"}))["id"]
    await make(scene, "message_received", {"do": "assign", "team_id": team})
    await scene.says("Ten")

    await scene.hears("And the price of two?")

    thread = await scene.thread()
    assert (thread.owner.id, thread.team) == (scene.owner.member, team)


async def test_a_line_that_is_gone_is_no_fault_of_a_rule_that_names_none(scene: Scene) -> None:
    unnamed = await make(scene, "tagged", HELLO)
    named = await make(scene, "tagged", {**HELLO, "line_id": scene.line.id})
    await scene.owner.does("DELETE", f"/lines/{scene.line.id}")

    await put_tag(scene, "x")

    await scene.deps.background.settle()
    shown = [(await scene.owner.does("GET", f"/rules/{rule}"))["failures"] for rule in (unnamed, named)]
    assert shown == [0, 1]
