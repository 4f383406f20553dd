"""Saying something later."""

from datetime import timedelta
from typing import Any

import pytest

from hub.sending import repository
from hub.sending.scheduled import KINDS as LATER
from hub.threads import belonging, merging
from tests.hub.sending.dying import work_dying
from tests.hub.sending.scene import Scene, make_someone
from tests.people import Person, code_of, join


async def schedule(scene: Scene, text: str = "Later", *, hours: float = 1, **more: Any) -> Any:
    """The owner says it then."""
    send_at = scene.clock.now() + timedelta(hours=hours)
    body = {"client_id": "later", "text": text, "send_at": send_at.isoformat(), **more}
    return await scene.owner.does("POST", f"/threads/{(await scene.thread()).id}/messages", body)


async def waiting(scene: Scene) -> list[Any]:
    """What stands there."""
    return list((await scene.owner.does("GET", f"/threads/{(await scene.thread()).id}/scheduled"))["items"])


async def later(scene: Scene, **by: float) -> None:
    """Time passes, and what is due is done."""
    await scene.clock.advance(**by)
    await scene.later()
    await scene.comes_back()


async def test_it_is_said_when_its_time_has_come_and_not_before(scene: Scene) -> None:
    await schedule(scene)
    await later(scene, minutes=59)
    before = scene.texts

    await later(scene, minutes=1)

    assert before == []
    assert scene.texts == ["Later"]
    assert await waiting(scene) == []


async def test_a_repeat_schedules_nothing_again(scene: Scene) -> None:
    first, second = [await schedule(scene) for _ in range(2)]

    await later(scene, hours=2)
    third = await schedule(scene)

    assert first["scheduled"]["id"] == second["scheduled"]["id"]
    assert third["message"]["content"]["text"] == "Later"
    assert scene.texts == ["Later"]


async def test_unless_they_answer_it_is_not_said_when_they_do(scene: Scene) -> None:
    await schedule(scene, unless_answered=True)
    await scene.hears("Never mind")

    await later(scene, hours=1)

    assert scene.texts == []
    assert [one["state"] for one in await waiting(scene)] == ["answered"]


async def test_unless_they_answer_it_is_said_when_they_do_not(scene: Scene) -> None:
    await schedule(scene, unless_answered=True)

    await later(scene, hours=1)

    assert scene.texts == ["Later"]


async def test_a_no_of_the_gate_stands_there_with_its_reason(scene: Scene) -> None:
    await schedule(scene)
    await scene.owner.does("POST", f"/people/{scene.someone.id}/block")

    await later(scene, hours=1)

    one = (await waiting(scene))[0]
    assert (one["state"], one["failure"]["code"]) == ("refused", "person_blocked")


async def test_a_scripts_message_waits_for_the_morning(scene: Scene) -> None:
    """The phone is from Germany: the night begins at 20:00 UTC."""
    key = await scene.owner.does("POST", "/keys", {"name": "Bot", "grants": [{"permission": "threads.reply"}]})
    script = Person(scene.hub, scene.account, key["key"]["id"], "", key["secret"])
    send_at = (scene.clock.now() + timedelta(hours=12)).isoformat()
    body = {"client_id": "1", "text": "Night", "send_at": send_at}
    await script.does("POST", f"/threads/{(await scene.thread()).id}/messages", body)

    await later(scene, hours=12)
    at_night, shown = scene.texts, [(one["state"], one["failure"]["code"]) for one in await waiting(scene)]
    await later(scene, hours=10, minutes=1)

    assert (at_night, shown) == ([], [("waiting", "quiet_hours")])
    assert scene.texts == ["Night"]


async def test_what_a_rep_has_scheduled_for_the_night_is_said_at_night(scene: Scene) -> None:
    await schedule(scene, hours=12)

    await later(scene, hours=12)

    assert scene.texts == ["Later"]


async def test_what_was_scheduled_takes_nobody_over(scene: Scene) -> None:
    await schedule(scene)

    await later(scene, hours=1)

    assert (await scene.thread()).epoch == 0


async def test_text_and_time_can_be_changed(scene: Scene) -> None:
    id = (await schedule(scene))["scheduled"]["id"]
    send_at = (scene.clock.now() + timedelta(hours=3)).isoformat()
    path = f"/threads/{(await scene.thread()).id}/scheduled/{id}"

    await scene.owner.does("PATCH", path, {"text": "Otherwise", "send_at": send_at})
    await later(scene, hours=2)
    before = scene.texts
    await later(scene, hours=1)

    assert (before, scene.texts) == ([], ["Otherwise"])


async def test_what_was_not_said_can_be_put_off_anew(scene: Scene) -> None:
    id = (await schedule(scene))["scheduled"]["id"]
    await scene.owner.does("POST", f"/people/{scene.someone.id}/block")
    await later(scene, hours=1)
    await scene.owner.does("POST", f"/people/{scene.someone.id}/unblock")

    send_at = (scene.clock.now() + timedelta(hours=1)).isoformat()
    path = f"/threads/{(await scene.thread()).id}/scheduled/{id}"
    changed = await scene.owner.does("PATCH", path, {"send_at": send_at})
    await later(scene, hours=1)

    assert (changed["state"], changed["failure"]) == ("waiting", None)
    assert scene.texts == ["Later"]


async def test_it_can_be_taken_back(scene: Scene) -> None:
    id = (await schedule(scene))["scheduled"]["id"]
    path = f"/threads/{(await scene.thread()).id}/scheduled/{id}"

    await scene.owner.does("DELETE", path)
    await later(scene, hours=1)

    assert scene.texts == []
    assert code_of(await scene.owner.asks("DELETE", path)) == (404, "no_such_scheduled")


@pytest.mark.parametrize("hours", [-1, 0, 24 * 367])
async def test_a_time_that_is_over_or_far_away_is_refused(scene: Scene, hours: int) -> None:
    send_at = (scene.clock.now() + timedelta(hours=hours)).isoformat()
    body = {"client_id": "x", "text": "Later", "send_at": send_at}

    answer = await scene.owner.asks("POST", f"/threads/{(await scene.thread()).id}/messages", body)

    assert code_of(answer) == (422, "bad_send_at")


async def test_what_was_not_said_takes_no_place_of_what_waits(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repository, "MOST", 2)
    for id in ("1", "2"):
        await schedule(scene, client_id=id, unless_answered=True)
    await scene.hears("Never mind")
    await later(scene, hours=1)

    for id in ("3", "4"):
        await schedule(scene, client_id=id)

    assert [one["state"] for one in await waiting(scene)] == ["waiting", "waiting", "answered", "answered"]


async def test_no_more_waits_than_may_by_putting_off_anew_either(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repository, "MOST", 1)
    id = (await schedule(scene, unless_answered=True))["scheduled"]["id"]
    await scene.hears("Never mind")
    await later(scene, hours=1)
    await schedule(scene, client_id="2")
    send_at = (scene.clock.now() + timedelta(hours=3)).isoformat()
    path = f"/threads/{(await scene.thread()).id}"

    again = await scene.owner.asks("PATCH", f"{path}/scheduled/{id}", {"send_at": send_at})
    more = await scene.owner.asks("POST", f"{path}/messages", {"client_id": "3", "text": "x", "send_at": send_at})

    assert code_of(again) == code_of(more) == (409, "too_many_scheduled")


async def test_what_a_member_has_scheduled_who_is_none_any_more_is_not_said(scene: Scene) -> None:
    colleague = await join(scene.owner, "ben@acme.test", role="admin")
    send_at = (scene.clock.now() + timedelta(hours=1)).isoformat()
    body = {"client_id": "x", "text": "Later", "send_at": send_at}
    await colleague.does("POST", f"/threads/{(await scene.thread()).id}/messages", body)
    await scene.owner.does("DELETE", f"/members/{colleague.member}")

    await later(scene, hours=1)

    assert scene.texts == []
    assert [one["state"] for one in await waiting(scene)] == ["refused"]


@pytest.mark.parametrize(("when", "write"), [("before", 1), ("after", 1)])
async def test_a_worker_that_dies_over_it_leaves_it_to_another_one(scene: Scene, when: Any, write: int) -> None:
    id = (await schedule(scene))["scheduled"]["id"]
    await scene.clock.advance(hours=1)

    await work_dying(scene.deps, LATER[0], id, when, write)
    for _ in range(2):
        await later(scene, seconds=61)

    assert scene.texts == ["Later"]
    assert await waiting(scene) == []


async def test_what_is_to_be_said_is_sealed(scene: Scene) -> None:
    await schedule(scene, "The secret word is rhubarb")

    assert "rhubarb" not in str(await scene.deps.mongo["scheduled"].find({}, limit=9))


async def test_nobody_but_its_author_changes_what_it_says(scene: Scene) -> None:
    id = (await schedule(scene))["scheduled"]["id"]
    path = f"/threads/{(await scene.thread()).id}/scheduled/{id}"
    colleague = await join(scene.owner, "ben@acme.test", role="admin")
    send_at = (scene.clock.now() + timedelta(hours=3)).isoformat()

    refused = await colleague.asks("PATCH", path, {"text": "I quit"})
    moved = await colleague.does("PATCH", path, {"send_at": send_at, "text": "Later"})

    assert code_of(refused) == (403, "not_the_author")
    assert moved["send_at"][:19] == send_at[:19]
    assert await colleague.does("DELETE", path)


async def test_whoever_has_lost_the_conversation_says_nothing_in_it_later(scene: Scene) -> None:
    granted = [{"permission": f"threads.{name}", "scope": "own"} for name in ("view", "reply")]
    made = await scene.owner.does("POST", "/roles", {"name": "Own", "grants": granted})
    colleague = await join(scene.owner, "ben@acme.test", role=made["id"])
    thread = (await scene.thread()).id
    await scene.owner.does("POST", f"/threads/{thread}/assign", {"member_id": colleague.member})
    send_at = (scene.clock.now() + timedelta(hours=1)).isoformat()
    body = {"client_id": "x", "text": "Later", "send_at": send_at}
    await colleague.does("POST", f"/threads/{thread}/messages", body)
    await scene.owner.does("POST", f"/threads/{thread}/assign", {"member_id": scene.owner.member})

    await later(scene, hours=1)

    assert scene.texts == []
    assert [one["failure"]["code"] for one in await waiting(scene)] == ["author_not_able"]


async def test_a_key_that_was_revoked_says_nothing_later(scene: Scene) -> None:
    key = await scene.owner.does("POST", "/keys", {"name": "Bot", "grants": [{"permission": "threads.reply"}]})
    script = Person(scene.hub, scene.account, key["key"]["id"], "", key["secret"])
    send_at = (scene.clock.now() + timedelta(hours=1)).isoformat()
    body = {"client_id": "1", "text": "Later", "send_at": send_at}
    await script.does("POST", f"/threads/{(await scene.thread()).id}/messages", body)
    await scene.owner.does("DELETE", f"/keys/{key['key']['id']}")

    await later(scene, hours=1)

    assert scene.texts == []
    assert [one["failure"]["code"] for one in await waiting(scene)] == ["author_not_able"]


async def test_what_they_have_answered_waits_anew_for_another_answer(scene: Scene) -> None:
    id = (await schedule(scene, unless_answered=True))["scheduled"]["id"]
    await scene.hears("Not now")
    await later(scene, hours=1)
    send_at = (scene.clock.now() + timedelta(hours=1)).isoformat()
    path = f"/threads/{(await scene.thread()).id}/scheduled/{id}"

    await scene.owner.does("PATCH", path, {"send_at": send_at})
    await later(scene, hours=1)

    assert scene.texts == ["Later"]


async def test_what_was_to_be_said_in_a_merged_conversation_is_seen_and_taken_back_where_it_goes_on(
    scene: Scene,
) -> None:
    id = (await schedule(scene))["scheduled"]["id"]
    ended = await scene.thread()
    scene.someone = await make_someone(scene.deps, scene.account, phone="+4915100000009")
    survivor = await scene.thread()
    brought = await belonging.bring(scene.deps, ended, scene.someone.id, scene.member)
    await merging.merge(scene.deps, survivor, brought, scene.member)
    await scene.deps.background.settle()

    seen = [one["id"] for one in await waiting(scene)]
    await scene.owner.does("DELETE", f"/threads/{survivor.id}/scheduled/{id}")
    await later(scene, hours=1)

    assert seen == [id]
    assert scene.texts == []
