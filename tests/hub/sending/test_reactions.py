"""An emoji that somebody puts to a message: no message to answer, and no answer."""

from typing import Any

import pytest

from channels.base import Capabilities, Content, Inbound
from hub.clocks.advancing import is_answer
from hub.lines.models import Line
from hub.rules.whens import whens_of
from hub.threads.delivering import get_entry
from hub.threads.happenings import OwnerKind
from hub.threads.models import Entry, ThreadStatus
from hub.threads.receiving import receive
from hub.threads.state import close
from tests.hub.sending.scene import AGENT, NUMBERS, Scene
from tests.people import code_of

THUMB = "👍"


@pytest.fixture
async def whatsapp(scene: Scene) -> Line:
    """A line that has reactions, on which they have written last."""
    line = await scene.connect("sandbox_whatsapp")
    await scene.hears("How much?", line=line)
    return line


async def path_of(scene: Scene) -> str:
    """Where one writes."""
    return f"/threads/{(await scene.thread()).id}/messages"


async def react(scene: Scene, to: Entry, emoji: str = THUMB, **more: Any) -> Any:
    """The owner puts an emoji to it, and it is sent."""
    body = {"client_id": f"r{next(NUMBERS)}", "reaction": emoji, "reply_to": to.id, **more}
    said = await scene.owner.does("POST", await path_of(scene), body)
    await scene.deps.background.settle()
    await scene.work()
    return said["message"]


async def hears_reaction(scene: Scene, line: Line, to: Entry, emoji: str = THUMB) -> Entry:
    """The person puts an emoji to a message of ours."""
    content = Content(reaction=emoji, reply_to=to.provider_id)
    inbound = Inbound(id=f"in-{next(NUMBERS)}", sender=(), said_at=scene.clock.now(), content=content)
    can = Capabilities(longest_text=10)
    _, entry = await receive(scene.deps, await scene.thread(), inbound, line=line.id, medium=line.medium, can=can)
    await scene.deps.background.settle()
    return entry


@pytest.mark.parametrize("emoji", [THUMB, ""], ids=["put", "taken away"])
async def test_a_reaction_goes_to_the_message_as_the_provider_calls_it(
    scene: Scene, whatsapp: Line, emoji: str
) -> None:
    heard = await scene.hears("Ten?", line=whatsapp)

    said = await react(scene, heard, emoji)

    assert scene.sandbox.sent[-1].body["reaction"] == {"emoji": emoji, "message_id": heard.provider_id}
    assert (said["content"]["reaction"], said["reply_to"]) == (emoji, heard.id)


async def test_it_goes_where_the_message_stands_that_it_is_put_to(scene: Scene, whatsapp: Line) -> None:
    heard = await scene.hears("Ten?", line=whatsapp)
    await scene.hears("Hello?", line=scene.line)

    said = await react(scene, heard)

    assert said["line_id"] == whatsapp.id


async def test_a_reaction_of_ours_is_no_answer(scene: Scene, whatsapp: Line) -> None:
    heard = await scene.hears("Ten?", line=whatsapp)
    before = await scene.thread()

    await react(scene, heard)

    after = await scene.thread()
    assert after.owner.kind is OwnerKind.NOBODY
    assert (after.answered_seq, after.waiting_since) == (before.answered_seq, before.waiting_since)
    assert after.is_waiting


async def test_no_clock_takes_it_for_an_answer(scene: Scene, whatsapp: Line) -> None:
    heard = await scene.hears("Ten?", line=whatsapp)

    said = await react(scene, heard)

    assert not is_answer(await get_entry(scene.deps, scene.account, said["id"]))


async def test_it_leaves_the_choices_open_that_they_were_given(scene: Scene, whatsapp: Line) -> None:
    asked = await scene.owner.does(
        "POST", await path_of(scene), {"client_id": "q", "text": "Which?", "choices": [{"title": "Red"}]}
    )
    heard = await scene.hears("Hm", line=whatsapp)

    await react(scene, heard)

    assert (await scene.thread()).choices_seq == asked["message"]["seq"]


async def test_a_message_of_ours_that_waits_gets_it_once_it_has_gone(scene: Scene, whatsapp: Line) -> None:
    said = await scene.says("Ten")

    await react(scene, said.entry)

    message, reaction = scene.sandbox.sent
    assert reaction.body["reaction"]["message_id"] == message.id


@pytest.mark.parametrize("code", ["unreachable_number", "window_closed"])
async def test_what_did_not_get_there_gets_none(scene: Scene, whatsapp: Line, code: str) -> None:
    scene.sandbox.mood("refuse", code=code)
    said = await scene.says("Ten")
    await scene.work()

    body = {"client_id": "r", "reaction": THUMB, "reply_to": said.entry.id}
    answer = await scene.owner.asks("POST", await path_of(scene), body)

    assert answer.json()["error"]["data"]["why"] == "reaction_refused"


async def test_a_line_without_reactions_refuses_it(scene: Scene) -> None:
    heard = await scene.hears("Ten?")

    verdict = await scene.asks_gate("", reaction=THUMB, reply_to=heard.id)

    assert (verdict["is_allowed"], verdict["code"]) == (False, "reaction_refused")


@pytest.mark.parametrize("more", [{"reply_to": None}, {"note": True}], ids=lambda more: next(iter(more)))
async def test_a_reaction_is_for_the_person_and_put_to_something(
    scene: Scene, whatsapp: Line, more: dict[str, Any]
) -> None:
    heard = await scene.hears("Ten?", line=whatsapp)
    body = {"client_id": "r", "reaction": THUMB, "reply_to": heard.id, **more}

    answer = await scene.owner.asks("POST", await path_of(scene), body)

    assert code_of(answer) == (422, "unprocessable")


async def test_nothing_is_put_to_a_reaction(scene: Scene, whatsapp: Line) -> None:
    said = await scene.says("Ten")
    await scene.work()
    theirs = await hears_reaction(scene, whatsapp, await scene.entry(said))

    verdict = await scene.asks_gate("", reaction=THUMB, reply_to=theirs.id)

    assert verdict["code"] == "reaction_refused"


async def test_another_emoji_under_an_id_that_was_used_is_refused(scene: Scene, whatsapp: Line) -> None:
    heard = await scene.hears("Ten?", line=whatsapp)
    await react(scene, heard, client_id="r")

    body = {"client_id": "r", "reaction": "🎉", "reply_to": heard.id}
    answer = await scene.owner.asks("POST", await path_of(scene), body)

    assert code_of(answer) == (409, "client_id_taken")


async def test_a_reaction_of_theirs_asks_for_nothing(scene: Scene, whatsapp: Line) -> None:
    said = await scene.says("Ten", author=AGENT)
    await scene.work()
    await scene.owner.does("POST", f"/threads/{said.thread.id}/follow", {})
    await close(scene.deps, await scene.thread(), scene.member)

    await hears_reaction(scene, whatsapp, await scene.entry(said))

    thread = await scene.thread()
    assert (thread.status, thread.unread_for, thread.is_waiting) == (ThreadStatus.CLOSED, [], False)


async def test_whoever_waits_still_does_after_a_reaction_of_theirs(scene: Scene, whatsapp: Line) -> None:
    said = await scene.says("Ten")
    await scene.work()
    asked = await scene.hears("Why?", line=whatsapp)

    await hears_reaction(scene, whatsapp, await scene.entry(said))

    thread = await scene.thread()
    assert (thread.is_waiting, thread.waiting_since) == (True, asked.stored_at)


async def test_a_reaction_of_theirs_is_shown_at_our_message(scene: Scene, whatsapp: Line) -> None:
    said = await scene.says("Ten")
    await scene.work()

    await hears_reaction(scene, whatsapp, await scene.entry(said))

    shown = (await scene.owner.does("GET", await path_of(scene)))["items"][-1]
    assert (shown["content"]["reaction"], shown["reply_to"]) == (THUMB, said.entry.id)


async def test_no_rule_takes_it_for_a_message(scene: Scene, whatsapp: Line) -> None:
    said = await scene.says("Ten")
    await scene.work()

    theirs = await hears_reaction(scene, whatsapp, await scene.entry(said))

    assert whens_of(theirs) == frozenset()
