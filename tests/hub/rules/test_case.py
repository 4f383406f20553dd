"""What conditions are asked about: the conversation, the entry, the person and the time, as they really are."""

from typing import Any

import pytest

from hub.rules import matching
from hub.rules.case import Case
from hub.rules.filters import RuleCondition, RuleFilter
from hub.rules.matching import failing
from hub.store.tokens import words
from tests.contracts.matrix import Sent
from tests.hub.rules.ruled import TAG, condition, make, ran, wanted
from tests.hub.sending.scene import Scene
from tests.hubs import running_hub

# The test's clock begins on a Monday, at 9:00 UTC.
OPEN = {"zone": "UTC", "week": {"monday": [{"opens": "08:00", "closes": "10:00"}]}}
SHUT = {"zone": "UTC", "week": {"monday": [{"opens": "10:00", "closes": "12:00"}]}}


async def failed(scene: Scene, *conditions: dict[str, Any]) -> Any:
    """Which of them is not so of the person's last message."""
    [one] = (await scene.owner.does("POST", "/rules/dry-run", wanted("message_received", TAG, only_if=[*conditions])))[
        "items"
    ]
    return one["failed"]


async def test_what_the_conversation_and_its_last_message_are(scene: Scene) -> None:
    path = f"/threads/{(await scene.thread()).id}"
    await scene.owner.does("POST", f"{path}/takeover", {})
    await scene.owner.does("POST", f"{path}/tags", {"put": ["Price List"]})
    await scene.owner.does("POST", f"{path}/priority", {"priority": "high"})

    assert None is await failed(
        scene,
        condition("status", "is", "open"),
        condition("owner_kind", "is", "member"),
        condition("owner", "is", scene.owner.member),
        condition("team", "exists", "no"),
        condition("priority", "is", "high"),
        condition("tag", "contains", "price list"),
        condition("medium", "is", "sms"),
        condition("line", "is", scene.line.id),
        condition("waiting", "is", "yes"),
        condition("text", "is", "hello"),
        condition("author_kind", "is", "person"),
        condition("entry_medium", "is", "sms"),
        condition("entry_line", "is", scene.line.id),
    )


async def test_who_the_person_is(scene: Scene) -> None:
    path = f"/people/{scene.someone.id}"
    for key, type in (("budget", "number"), ("is_owner", "bool")):
        await scene.owner.does("POST", "/attributes", {"key": key, "type": type, "label": key})
    await scene.owner.does("PATCH", path, {"attributes": {"budget": 300000, "is_owner": True}, "locale": "de-AT"})
    lead = {"status": "qualified", "intent": "hot", "score": 70, "source": "Fair", "assignee_id": scene.owner.member}
    await scene.owner.does("PATCH", f"{path}/lead", lead)
    await scene.owner.does("PATCH", f"{path}/tags", {"put": ["VIP"]})

    assert None is await failed(
        scene,
        condition("person_tag", "is", "VIP"),
        condition("lead_status", "is", "qualified"),
        condition("lead_intent", "is", "hot"),
        condition("lead_score", "gt", "69"),
        condition("lead_source", "is", "fair"),
        condition("lead_assignee", "is", scene.owner.member),
        condition("locale", "is", "de-AT"),
        condition("attribute.budget", "gt", "200000"),
        condition("attribute.budget", "is", "300000"),
        condition("attribute.is_owner", "is", "yes"),
        condition("attribute.rooms", "exists", "no"),
    )


@pytest.mark.parametrize(("zone", "day"), [("UTC", "monday"), ("Pacific/Apia", "tuesday")])
async def test_the_day_is_that_of_the_account(scene: Scene, zone: str, day: str) -> None:
    await scene.owner.does("PATCH", "/account", {"zone": zone})
    await scene.clock.advance(hours=2)
    await scene.comes_back()
    await scene.hears("Hello")

    assert await failed(scene, condition("weekday", "is", day)) is None


async def test_a_team_is_there_or_not_when_it_happened(scene: Scene) -> None:
    teams = [await scene.owner.does("POST", "/teams", {"name": name}) for name in ("Early", "Late")]
    early, late = [team["id"] for team in teams]
    await scene.owner.does("PUT", f"/teams/{early}/hours", {"hours": OPEN})
    await scene.owner.does("PUT", f"/teams/{late}/hours", {"hours": SHUT})
    await scene.clock.advance(hours=2)
    await scene.comes_back()

    is_not_late = condition("team_open", "is_not", late)
    assert await failed(scene, condition("team_open", "is", early, late), is_not_late) is None
    assert await failed(scene, condition("team_open", "is", late)) == condition("team_open", "is", late)


async def test_rules_really_run_by_that(scene: Scene) -> None:
    await make(scene, "message_received", TAG, only_if=[condition("lead_score", "gt", "50")])
    await scene.hears("Hello")
    await scene.owner.does("PATCH", f"/people/{scene.someone.id}/lead", {"score": 51})

    await scene.hears("Hello")

    assert len(await ran(scene)) == 1


async def test_of_somebody_who_is_gone_nothing_is_known(scene: Scene) -> None:
    await scene.deps.mongo["people"].delete({"_id": scene.someone.id})
    stage = condition("stage", "is", "lead")

    assert await failed(scene, stage) == stage
    assert await failed(scene, condition("person_tag", "exists", "no")) is None


async def test_all_teams_are_asked_after_at_once_and_one_that_is_gone_was_not_there(scene: Scene) -> None:
    teams = [(await scene.owner.does("POST", "/teams", {"name": name}))["id"] for name in "abc"]
    rule = await make(scene, "message_received", TAG, only_if=[condition("team_open", "is_not", teams[0])])
    await scene.owner.does("DELETE", f"/teams/{teams[0]}")
    entry, asked = await scene.hears("Hello"), Sent()
    async with running_hub(scene.deps.settings, clock=scene.clock, listeners=[asked]) as other:
        asked.take()

        facts = await Case(other.deps, await scene.thread(), entry).facts(
            RuleFilter(conditions=[RuleCondition(field="team_open", op="is", values=teams)])
        )

        assert [command["find"] for command in asked.take() if "find" in command].count("teams") == 1
    assert set(facts["team_open"]) == {*teams[1:]}
    assert [told.rule for told in await ran(scene)] == [rule]


async def test_a_text_is_opened_and_cut_into_words_once_for_all_rules(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Case(scene.deps, await scene.thread(), await scene.hears("What is the price of it?"))
    filter = RuleFilter(conditions=[RuleCondition(field="text", op="has_words", values=["price", "what is"])])
    cut = list[str]()

    def cutting(text: str) -> list[str]:
        cut.append(text)
        return words(text)

    monkeypatch.setattr(matching, "words", cutting)
    for _ in range(3):
        assert failing(filter, await case.facts(filter)) is None
        case.go_on(case.thread)

    assert cut.count("what is the price of it?") == 1
