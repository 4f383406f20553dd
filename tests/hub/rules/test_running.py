"""What rules do: in their order, once, and with a word in the log for whatever was not done."""

import asyncio
from typing import Any

import pytest

from hub.people.getting import get_person
from hub.rules.doing import do
from hub.rules.running import run_rules
from hub.threads import happenings
from hub.threads.happenings import Priority
from hub.threads.models import AuthorKind
from tests.clock import VirtualClock
from tests.contracts.matrix import Sent
from tests.hub.rules.ruled import HELLO, TAG, condition, happens, log_of, make, ran, said_by_rules, tags_of, wanted
from tests.hub.sending.scene import Scene
from tests.hubs import running_hub
from tests.people import join


async def test_a_rule_answers_and_says_so_in_the_log(scene: Scene) -> None:
    rule = await make(scene, "message_received", HELLO, TAG, only_if=[condition("text", "contains", "PRICE")])

    await scene.hears("What is the  price list like?")
    await scene.hears("Never mind.")

    assert await said_by_rules(scene) == ["Thank you, we answer soon."]
    assert await tags_of(scene) == ["seen"]
    assert await ran(scene) == [happenings.RuleRan(rule=rule, did=("send", "tag"))]


async def test_whatever_a_rule_can_do_is_done(scene: Scene) -> None:
    rep = await join(scene.owner, "rep@acme.test")
    team = (await scene.owner.does("POST", "/teams", {"name": "Sales"}))["id"]
    canned = await scene.owner.does(
        "POST", "/canned", {"name": "Hi", "shortcut": "hi", "text": "Hi {{person.first_name|you}}!"}
    )
    await make(
        scene,
        "message_received",
        {"do": "assign", "member_id": rep.member, "team_id": team},
        {"do": "set_priority", "priority": "urgent"},
        {"do": "send_canned", "canned_id": canned["id"]},
        {"do": "note", "text": "Look, {{member.name}}: {{person.name}}"},
        {"do": "set_lead", "status": "qualified", "intent": "hot", "score": 80, "assignee_id": rep.member},
        {"do": "set_stage", "stage": "customer"},
        {"do": "tag_person", "put": ["VIP"]},
        {"do": "follow", "member_id": scene.owner.member},
        {"do": "snooze", "minutes": 60},
        {"do": "close"},
    )

    await scene.hears("Hello")

    thread, person = await scene.thread(), await get_person(scene.deps, scene.account, scene.someone.id)
    [told] = await ran(scene)
    assert told.refused == ()
    assert (thread.owner.id, thread.team, thread.priority) == (rep.member, team, Priority.URGENT)
    assert (thread.status, scene.owner.member in thread.followers) == ("closed", True)
    assert await said_by_rules(scene) == ["Hi Maja!", "Look, Rep: Maja"]
    lead = person.lead
    assert (lead.status, lead.intent, lead.score, lead.assignee) == ("qualified", "hot", 80, rep.member)
    assert (person.stage, person.tags) == ("customer", ["vip"])


@pytest.mark.parametrize(
    ("when", "event"),
    [
        ("thread_closed", happenings.Closed()),
        ("thread_reopened", happenings.Reopened()),
        ("owner_changed", happenings.OwnerChanged(owner=happenings.NOBODY, why="released")),
        ("tagged", happenings.Tagged(put=("x",))),
        ("priority_set", happenings.PrioritySet(priority=Priority.HIGH)),
        ("lead_changed", happenings.LeadChanged(changed={"status": "won"})),
        ("stage_changed", happenings.StageChanged(stage="lead")),
        ("survey_answered", happenings.SurveyAnswered(score=5)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_rule_waits_for_one_thing(scene: Scene, when: str, event: happenings.Happening) -> None:
    rule = await make(scene, when, TAG)

    await happens(scene, happenings.Followed(member="m"))
    assert await ran(scene) == []
    await happens(scene, event)

    assert [told.rule for told in await ran(scene)] == [rule]


async def test_clocks_and_opting_out_are_told_apart(scene: Scene, clock: VirtualClock) -> None:
    due = clock.now()
    rules = [await make(scene, when, TAG) for when in ("clock_warning", "clock_breached", "opted_out")]

    await happens(scene, happenings.ClockBreached(clock="first_answer", due_at=due))
    await happens(scene, happenings.ClockBreached(clock="first_answer", due_at=due, is_warning=True))
    await happens(scene, happenings.OptChanged(medium=scene.line.medium, is_in=True))
    await happens(scene, happenings.OptChanged(medium=scene.line.medium, is_in=False))

    assert [told.rule for told in await ran(scene)] == [rules[1], rules[0], rules[2]]


async def test_a_first_message_is_one_before_which_there_was_none(scene: Scene) -> None:
    await make(scene, "first_message", TAG)

    await scene.hears("Again")

    assert await ran(scene) == []


async def test_a_message_opens_a_conversation_that_was_closed(scene: Scene) -> None:
    await make(scene, "thread_reopened", TAG)
    await scene.hears("Not closed")
    await happens(scene, happenings.Closed())
    await happens(scene, happenings.LeadChanged(changed={"score": "7"}))

    await scene.hears("Closed")
    await scene.hears("Open")

    assert len(await ran(scene)) == 1


async def test_rules_run_in_their_order_and_see_what_those_before_have_done(scene: Scene) -> None:
    second = await make(scene, "message_received", {"do": "set_priority", "priority": "high"}, only_if=[SEEN])
    first = await make(scene, "message_received", TAG)
    await scene.owner.does("PUT", "/rules/order", {"rule_ids": [first]})

    await scene.hears("Hello")

    assert [told.rule for told in await ran(scene)] == [first, second]


async def test_a_rule_can_be_the_last_that_runs(scene: Scene) -> None:
    never = await make(scene, "message_received", TAG, only_if=[condition("text", "is", "no")], stop_here=True)
    last = await make(scene, "message_received", TAG, stop_here=True)
    await make(scene, "message_received", HELLO)

    await scene.hears("Hello")

    assert never != last
    assert [told.rule for told in await ran(scene)] == [last]


async def test_a_rule_that_is_off_does_nothing(scene: Scene) -> None:
    rule = await make(scene, "message_received", TAG)
    await scene.owner.does("PATCH", f"/rules/{rule}", {"is_on": False})

    await scene.hears("Hello")

    assert await ran(scene) == []


async def test_what_the_gate_refuses_is_told_and_the_rest_is_done(scene: Scene) -> None:
    await make(scene, "opted_out", HELLO, TAG, {"do": "note", "text": "{{attribute.plan}}"})
    await scene.owner.does("POST", f"/people/{scene.someone.id}/block")

    await happens(scene, happenings.OptChanged(medium=scene.line.medium, is_in=False))

    [told] = await ran(scene)
    assert (told.did, told.refused) == (("tag",), ("send: person_blocked", "note: blank_unfilled"))


async def test_a_message_of_a_rule_keeps_the_quiet_hours(scene: Scene, clock: VirtualClock) -> None:
    await make(scene, "message_received", HELLO)
    await clock.advance(hours=14)

    await scene.hears("Anybody there?")

    assert [told.refused for told in await ran(scene)] == [("send: quiet_hours",)]


async def test_nothing_is_asked_where_no_rule_waits_for_it(scene: Scene) -> None:
    await make(scene, "tagged", TAG)
    [entry] = (await log_of(scene))[:1]
    thread, asked = await scene.thread(), Sent()
    async with running_hub(scene.deps.settings, clock=scene.clock, listeners=[asked]) as other:
        await run_rules(other.deps, thread, entry)
        asked.take()
        await run_rules(other.deps, thread, entry)

        assert asked.take() == []


async def test_a_repeated_reaction_does_nothing_again(scene: Scene) -> None:
    await make(scene, "message_received", HELLO, TAG, {"do": "note", "text": "Look"})
    entry = await scene.hears("Hello")
    before = await log_of(scene)

    for _ in range(2):
        await run_rules(scene.deps, await scene.thread(), entry)

    assert await log_of(scene) == before


async def test_two_processes_do_it_once(scene: Scene) -> None:
    rules = [wanted("priority_set", HELLO, {"do": "note", "text": "Look"}, TAG) for _ in range(2)]
    entry = await happens(scene, happenings.PrioritySet(priority=Priority.HIGH))
    for rule in rules:
        await scene.owner.does("POST", "/rules", rule)
    async with running_hub(scene.deps.settings, clock=scene.clock) as other:
        thread = await scene.thread()

        await asyncio.gather(*(run_rules(deps, thread, entry) for deps in (scene.deps, other.deps) for _ in range(2)))
        await other.deps.background.settle()

    assert await said_by_rules(scene) == [*(["Thank you, we answer soon.", "Look"] * 2)]
    assert [told.did for told in await ran(scene)] == [("send", "note", "tag")] * 2


async def test_what_a_process_has_begun_is_finished_though_the_rule_would_decide_otherwise(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make(scene, "message_received", TAG, HELLO, only_if=[condition("tag", "is_not", "seen")])
    died: list[Any] = []

    async def dies(doing: Any, deed: Any) -> Any:
        if deed.__struct_config__.tag == "send" and not died:
            died.append(deed)
            raise RuntimeError("killed")
        return await do(doing, deed)

    monkeypatch.setattr("hub.rules.performing.do", dies)
    entry = await scene.hears("Hello")
    assert (await tags_of(scene), await ran(scene)) == (["seen"], [])

    await run_rules(scene.deps, await scene.thread(), entry)

    assert [told.did for told in await ran(scene)] == [("tag", "send")]


async def test_a_rule_speaks_as_itself(scene: Scene) -> None:
    rule = await make(scene, "message_received", HELLO)

    await scene.hears("Hello")

    [sent] = [entry for entry in await log_of(scene) if entry.direction == "out"]
    assert (sent.author.kind, sent.author.id) == (AuthorKind.RULE, rule)
    assert sent.delivery is not None
    assert sent.delivery.is_automated


SEEN = condition("tag", "is", "seen")
