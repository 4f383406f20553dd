"""Saying something: once, past the gate, with the right one speaking from then on."""

import asyncio

import pytest

from channels.base import Address, IdentityKind, Medium
from hub.people.finding import find_or_make
from hub.sending.errors import SendRefused
from hub.sending.models import Saying
from hub.sending.saying import say
from hub.threads.errors import StaleEpoch
from hub.threads.happenings import Owner, OwnerChanged, OwnerKind
from hub.threads.log import opened
from hub.threads.models import EntryKind
from hub.threads.ownership import take_over
from tests.hub.sending.scene import AGENT, PHONE, Scene
from tests.hub.threads.talk import log_of
from tests.people import code_of, join

MAIL = "asha@example.test"


async def path_of(scene: Scene, more: str = "messages") -> str:
    """Where one writes."""
    return f"/threads/{(await scene.thread()).id}/{more}"


async def test_a_message_by_the_api_stands_in_the_log_with_its_senders_id(scene: Scene) -> None:
    said = await scene.owner.does("POST", await path_of(scene), {"client_id": "mine", "text": "Ten"})

    assert said["message"]["client_id"] == "mine"
    assert said["message"]["content"]["text"] == "Ten"
    assert said["message"]["delivery"]["state"] == "queued"
    assert said["message"]["line_id"] == scene.line.id


async def test_a_repeat_says_nothing_again_however_many_come_at_once(scene: Scene) -> None:
    body, path = {"client_id": "mine", "text": "Ten"}, await path_of(scene)

    said = await asyncio.gather(*(scene.owner.does("POST", path, body) for _ in range(5)))
    await scene.work()

    assert len({one["message"]["id"] for one in said}) == 1
    assert scene.texts == ["Ten"]


async def test_a_repeat_gets_the_first_also_when_the_gate_would_say_no_by_now(scene: Scene) -> None:
    body = {"client_id": "mine", "text": "Ten"}
    first = await scene.owner.does("POST", await path_of(scene), body)
    await scene.owner.does("POST", f"/people/{scene.someone.id}/block")

    again = await scene.owner.does("POST", await path_of(scene), body)

    assert again["message"]["id"] == first["message"]["id"]


async def test_another_text_under_an_id_that_was_used_is_refused(scene: Scene) -> None:
    await scene.owner.does("POST", await path_of(scene), {"client_id": "mine", "text": "Ten"})

    other = await scene.owner.asks("POST", await path_of(scene), {"client_id": "mine", "text": "Eleven"})

    assert code_of(other) == (409, "client_id_taken")


async def test_an_answer_by_mail_names_the_mail_that_it_answers(scene: Scene) -> None:
    mail = await scene.connect("sandbox_email", address="sales@acme.test")
    heard = await scene.hears("Offer?", line=mail)

    known = [
        Address(kind=kind, value=value) for kind, value in ((IdentityKind.PHONE, PHONE), (IdentityKind.EMAIL, MAIL))
    ]
    await find_or_make(scene.deps, scene.account, known)

    said = await scene.says("Ten")
    await scene.work()

    body = scene.sandbox.sent[-1].body
    assert (said.entry.line, said.entry.reply_to) == (mail.id, heard.id)
    assert (body["subject"], body["reply_to"]) == ("Re:", heard.provider_id)


async def test_ids_of_two_senders_never_meet(scene: Scene) -> None:
    colleague = await join(scene.owner, "ben@acme.test", role="admin")
    body = {"client_id": "1", "text": "Ten"}

    said = [await person.does("POST", await path_of(scene), body) for person in (scene.owner, colleague)]

    assert said[0]["message"]["id"] != said[1]["message"]["id"]


async def test_a_no_of_the_gate_comes_with_its_reason_and_what_would_be_allowed(scene: Scene) -> None:
    await scene.owner.does("POST", f"/people/{scene.someone.id}/block")

    answer = await scene.owner.asks("POST", await path_of(scene), {"client_id": "x", "text": "Ten"})

    assert code_of(answer) == (409, "send_refused")
    assert answer.json()["error"]["data"] == {"why": "person_blocked", "alternatives": []}


async def test_what_was_refused_stands_nowhere(scene: Scene) -> None:
    before = await log_of(scene.hub, await scene.thread())

    answer = await scene.owner.asks("POST", await path_of(scene), {"client_id": "x", "text": " "})

    assert answer.json()["error"]["data"]["why"] == "empty"
    assert await log_of(scene.hub, await scene.thread()) == before


async def test_whoever_answers_speaks_from_then_on(scene: Scene) -> None:
    said = await scene.says()

    assert said.thread.owner == Owner(OwnerKind.MEMBER, scene.owner.member)
    events = [entry.event for entry in await log_of(scene.hub, said.thread) if entry.event]
    assert isinstance(events[-1], OwnerChanged) and events[-1].why == "replied"


async def test_whoever_speaks_already_takes_nothing_over(scene: Scene) -> None:
    first = await scene.says()

    second = await scene.says()

    assert second.thread.epoch == first.thread.epoch


async def test_a_script_takes_nothing_over(scene: Scene) -> None:
    key = await scene.owner.does("POST", "/keys", {"name": "Bot", "grants": [{"permission": "threads.reply"}]})
    headers = {"authorization": f"Bearer {key['secret']}"}
    url = f"/api/v1{await path_of(scene)}"

    answer = await scene.hub.client.post(url, json={"client_id": "1", "text": "Ten"}, headers=headers)

    assert answer.json()["message"]["author"] == {"kind": "key", "id": key["key"]["id"]}
    assert (await scene.thread()).owner.kind is OwnerKind.NOBODY


async def test_an_agent_is_refused_after_somebody_took_over(scene: Scene) -> None:
    thread = await scene.thread()
    await take_over(scene.deps, thread, scene.member, scene.owner.member)

    with pytest.raises(StaleEpoch):
        await say(scene.deps, thread, Saying(client_id="late", text="Hi"), AGENT)

    assert scene.texts == []


async def test_what_others_have_written_meanwhile_is_told(scene: Scene) -> None:
    seen = (await scene.thread()).seq
    await scene.hears("One more thing")

    said = await scene.owner.does("POST", await path_of(scene), {"client_id": "x", "text": "Ten", "seen_seq": seen})

    assert [one["content"]["text"] for one in said["missed"]] == ["One more thing"]


async def test_what_one_has_seen_or_written_oneself_is_not_missed(scene: Scene) -> None:
    seen = (await scene.thread()).seq
    await scene.says("Mine")

    said = await scene.owner.does("POST", await path_of(scene), {"client_id": "x", "text": "Ten", "seen_seq": seen})

    assert said["missed"] == []


async def test_it_goes_where_the_person_wrote_last(scene: Scene) -> None:
    whatsapp = await scene.connect("sandbox_whatsapp")
    await scene.hears(line=whatsapp)

    said = await scene.says()

    assert (said.entry.line, said.entry.medium) == (whatsapp.id, Medium.WHATSAPP)


async def test_it_goes_where_its_author_says(scene: Scene) -> None:
    whatsapp = await scene.connect("sandbox_whatsapp")
    await scene.hears(line=whatsapp)

    said = await scene.says(line=scene.line.id)

    assert said.entry.line == scene.line.id


async def test_a_line_of_nobody_is_not_found(scene: Scene) -> None:
    body = {"client_id": "x", "text": "Ten", "line_id": "nothing"}

    answer = await scene.owner.asks("POST", await path_of(scene), body)

    assert code_of(answer) == (404, "no_such_line")


async def test_a_note_reaches_no_channel_and_asks_no_gate(scene: Scene) -> None:
    await scene.owner.does("POST", f"/people/{scene.someone.id}/block")

    said = await scene.owner.does("POST", await path_of(scene), {"client_id": "n", "text": "Rude", "note": True})
    await scene.work()

    assert (said["message"]["kind"], said["message"]["delivery"]) == ("note", None)
    assert scene.texts == []


async def test_whoever_is_mentioned_has_something_to_read(scene: Scene) -> None:
    colleague = await join(scene.owner, "ben@acme.test", role="editor")
    body = {"client_id": "n", "text": "Look", "note": True, "mention_ids": [colleague.member]}

    await scene.owner.does("POST", await path_of(scene), body)

    assert colleague.member in (await scene.thread()).mentions


async def test_nobody_is_mentioned_who_is_no_member(scene: Scene) -> None:
    body = {"client_id": "n", "text": "Look", "note": True, "mention_ids": ["nobody"]}

    answer = await scene.owner.asks("POST", await path_of(scene), body)

    assert code_of(answer) == (404, "no_such_member")


async def test_a_file_goes_with_the_message_that_takes_it(scene: Scene) -> None:
    said = await scene.says("Look", files=(await scene.keep("plan.png"),))

    await scene.work()

    content = await opened(scene.deps, said.entry)
    assert [(file.name, file.type) for file in content.media] == [("plan.png", "image/png")]
    assert scene.sandbox.sent[0].body["media"][0]["url"].startswith("http")


async def test_nobody_sends_a_file_that_somebody_else_has_uploaded(scene: Scene) -> None:
    colleague = await join(scene.owner, "ben@acme.test", role="admin")
    body = {"client_id": "x", "text": "Look", "attachment_ids": [await scene.keep("a.png")]}

    answer = await colleague.asks("POST", await path_of(scene), body)

    assert code_of(answer) == (404, "no_such_file")


async def test_two_machines_at_once_do_not_get_past_the_cap_together(scene: Scene) -> None:
    thread = await scene.thread()
    for number in range(2):
        await scene.says(str(number), author=AGENT)

    ends = await asyncio.gather(
        *(
            say(scene.deps, thread, Saying(client_id=f"race {number}", text="More"), AGENT, epoch=thread.epoch)
            for number in range(4)
        ),
        return_exceptions=True,
    )

    assert len([end for end in ends if not isinstance(end, BaseException)]) == 1
    assert {end.verdict.code for end in ends if isinstance(end, SendRefused)} == {"cap_reached"}


async def test_the_persons_word_makes_room_for_machines_again(scene: Scene) -> None:
    for number in range(3):
        await scene.says(str(number), author=AGENT)
    await scene.hears("Go on")

    said = await scene.says("More", author=AGENT)

    assert said.entry.kind is EntryKind.MESSAGE


async def test_the_gate_can_be_asked_without_sending(scene: Scene) -> None:
    before = await scene.thread()

    verdict = await scene.asks_gate("x" * 1601)

    assert (verdict["is_allowed"], verdict["code"]) == (False, "too_long")
    assert await scene.thread() == before


async def test_sealed_text_stays_sealed(scene: Scene) -> None:
    await scene.says("The secret word is rhubarb")

    found = await scene.deps.mongo["messages"].find({}, limit=99)

    assert "rhubarb" not in str(found)
