"""What conditions are asked about: the conversation, the entry, the person and the time, as they really are."""

from typing import Any

import pytest

from tests.hub.rules.ruled import TAG, condition, make, ran, wanted
from tests.hub.sending.scene import Scene

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
    assert await failed(scene, condition("team_open", "is", late, "gone")) == condition("team_open", "is", late, "gone")


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
