"""Making rules and changing them; rules that go on failing."""

import asyncio
from typing import Any

import pytest

from hub.rules import editing, keeping, repository
from hub.rules.stopping import MOST_FAILURES
from hub.threads.happenings import Priority, PrioritySet
from tests.hub.rules.ruled import HELLO, TAG, condition, happens, make, ran, tags_of, wanted
from tests.hub.sending.scene import Scene
from tests.people import code_of, join


async def test_a_rule_is_shown_as_it_was_made_and_kept_where_nobody_reads_it(scene: Scene) -> None:
    rule = wanted("tagged", HELLO, TAG, only_if=[condition("text", "contains", "secret")], stop_here=True)

    made = await scene.owner.does("POST", "/rules", rule)

    shown = await scene.owner.does("GET", f"/rules/{made['id']}")
    assert shown == made
    assert {name: shown[name] for name in ("name", "when", "then", "is_on", "stop_here")} == {
        **{name: rule[name] for name in ("name", "when")},
        "then": [{**HELLO, "subject": "", "line_id": None}, {**TAG, "take_off": []}],
        **{"is_on": True, "stop_here": True},
    }
    assert shown["if"]["conditions"] == rule["if"]["conditions"]
    [stored] = await scene.deps.mongo["rules"].find({}, limit=10)
    assert b"secret" not in bytes(stored["body"])


async def test_what_is_left_out_of_a_change_stays(scene: Scene) -> None:
    rule = await make(scene, "tagged", TAG)
    before = await scene.owner.does("GET", f"/rules/{rule}")

    after = await scene.owner.does("PATCH", f"/rules/{rule}", {"name": "Other", "when": "note_written"})

    assert after == {**before, "name": "Other", "when": "note_written"}


async def test_of_two_who_change_a_rule_at_once_nobody_overwrites_the_other(scene: Scene) -> None:
    rule = await make(scene, "tagged", TAG)
    changes = [{"name": f"name {number}"} for number in range(6)]

    answers = await asyncio.gather(*(scene.owner.asks("PATCH", f"/rules/{rule}", change) for change in changes))

    shown = await scene.owner.does("GET", f"/rules/{rule}")
    assert shown["name"] in [answer.json()["name"] for answer in answers if answer.is_success]
    assert {code_of(answer) for answer in answers if not answer.is_success} <= {(409, "rule_changed")}


async def test_what_was_changed_since_it_was_seen_is_not_overwritten(scene: Scene) -> None:
    seen = await keeping.get_rule(scene.deps, scene.account, await make(scene, "tagged", TAG))

    changed = [await repository.change_rule(scene.deps.mongo, seen, {"$set": {"when": "opted_out"}}) for _ in range(2)]

    assert changed == [True, False]


async def test_a_deleted_rule_does_nothing_more(scene: Scene) -> None:
    rule = await make(scene, "message_received", TAG)

    await scene.owner.does("DELETE", f"/rules/{rule}")
    await scene.hears("Hello")

    assert await tags_of(scene) == []
    assert code_of(await scene.owner.asks("GET", f"/rules/{rule}")) == (404, "no_such_rule")


async def test_rules_that_are_put_first_stand_in_front_of_the_others(scene: Scene) -> None:
    first, second, third = [await make(scene, "tagged", TAG) for _ in range(3)]

    ordered = await scene.owner.does("PUT", "/rules/order", {"rule_ids": [third, first]})

    assert [one["id"] for one in ordered["items"]] == [third, first, second]
    assert await scene.owner.does("GET", "/rules") == ordered


async def test_an_account_has_so_many_rules(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hub.rules.editing.MOST_RULES", 2)
    for _ in range(2):
        await make(scene, "tagged", TAG)

    refused = await scene.owner.asks("POST", "/rules", wanted("tagged", TAG))

    assert code_of(refused) == (409, "too_many_rules")
    assert repository.MOST_RULES == 100


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        ({"do": "assign"}, "bad_action"),
        ({"do": "tag"}, "bad_action"),
        ({"do": "set_lead"}, "bad_action"),
        ({"do": "assign", "member_id": "nobody"}, "no_such_member"),
        ({"do": "assign", "team_id": "nobody"}, "no_such_team"),
        ({"do": "send", "text": "{{person.shoe_size}}"}, "unknown_blank"),
        ({"do": "send", "text": "Hello", "line_id": "none"}, "no_such_line"),
        ({"do": "send_canned", "canned_id": "none"}, "no_such_canned"),
        ({"do": "call"}, "invalid"),
        ({"do": "close", "why": "spam"}, "invalid"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_rule_that_could_not_work_is_not_made(scene: Scene, deed: Any, code: str) -> None:
    refused = await scene.owner.asks("POST", "/rules", wanted("tagged", deed))

    assert code_of(refused)[1] == code
    assert (await scene.owner.does("GET", "/rules"))["items"] == []


async def fails(scene: Scene, times: int) -> None:
    """So many messages, each in an hour of its own."""
    for _ in range(times):
        await scene.clock.advance(hours=1, seconds=1)
        await happens(scene, PrioritySet(priority=Priority.HIGH))


async def test_a_rule_that_goes_on_failing_is_switched_off_with_the_reason(scene: Scene) -> None:
    rep = await join(scene.owner, "rep@acme.test")
    rule = await make(scene, "priority_set", {"do": "assign", "member_id": rep.member}, TAG)
    await scene.owner.does("POST", f"/members/{rep.member}/disable")

    await fails(scene, MOST_FAILURES + 1)

    await scene.comes_back()
    shown = await scene.owner.does("GET", f"/rules/{rule}")
    assert (shown["is_on"], shown["failures"]) == (False, MOST_FAILURES)
    assert shown["stopped_because"] == "assign: member_not_able"
    assert [one.did for one in await ran(scene)] == [("tag",)] * MOST_FAILURES


async def test_a_success_between_counts_and_so_does_switching_it_on(scene: Scene) -> None:
    rep = await join(scene.owner, "rep@acme.test")
    rule = await make(scene, "priority_set", {"do": "follow", "member_id": rep.member})
    await scene.owner.does("POST", f"/members/{rep.member}/disable")
    await fails(scene, 2)
    await scene.comes_back()
    before = await scene.owner.does("GET", f"/rules/{rule}")

    await scene.owner.does("POST", f"/members/{rep.member}/enable")
    await fails(scene, 1)

    await scene.comes_back()
    after = await scene.owner.does("GET", f"/rules/{rule}")
    assert (before["failures"], after["failures"], after["is_on"]) == (2, 0, True)


async def test_a_rule_that_was_switched_off_starts_anew(scene: Scene) -> None:
    rule = await make(scene, "priority_set", TAG)
    stopped = {"is_on": False, "stopped_because": "tag: too_many_tags", "failures": MOST_FAILURES}
    await scene.deps.mongo["rules"].update({"_id": rule}, {"$set": stopped})

    shown = await scene.owner.does("PATCH", f"/rules/{rule}", {"is_on": True})

    assert (shown["is_on"], shown["stopped_because"], shown["failures"]) == (True, None, 0)


async def test_the_gates_no_to_one_person_is_no_failure_of_the_rule(scene: Scene) -> None:
    rule = await make(scene, "priority_set", HELLO)
    await scene.owner.does("POST", f"/people/{scene.someone.id}/block")

    await happens(scene, PrioritySet(priority=Priority.HIGH))

    assert [one.refused for one in await ran(scene)] == [("send: person_blocked",)]
    assert (await scene.owner.does("GET", f"/rules/{rule}"))["failures"] == 0


async def test_at_most_so_many_stay_however_many_are_made_at_once(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (editing, repository):
        monkeypatch.setattr(module, "MOST_RULES", 3)
    for _ in range(2):
        await make(scene, "tagged", TAG)
    both_have_seen_room, real = asyncio.Barrier(2), repository.add_rule

    async def add(*args: Any) -> None:
        await both_have_seen_room.wait()
        await real(*args)

    monkeypatch.setattr(repository, "add_rule", add)

    await asyncio.gather(*(scene.owner.asks("POST", "/rules", wanted("tagged", TAG)) for _ in range(2)))

    assert len((await scene.owner.does("GET", "/rules"))["items"]) <= 3


async def test_a_rule_asks_after_teams_that_there_are(scene: Scene) -> None:
    there = (await scene.owner.does("POST", "/teams", {"name": "Sales"}))["id"]
    asking = [condition("team_open", "is_not", there, "gone")]

    answer = await scene.owner.asks("POST", "/rules", wanted("tagged", TAG, only_if=asking))

    assert code_of(answer) == (404, "no_such_team")
