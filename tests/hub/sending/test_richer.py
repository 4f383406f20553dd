"""What a message of ours has besides words: choices, a place, cards, and which message it answers."""

from typing import Any

import pytest

from hub.lines.models import Line
from hub.threads.log import find_or_make
from tests.hub.sending.scene import NUMBERS, PHONE, Scene, lines_address, make_someone
from tests.people import code_of

RED, BLUE = {"title": "Red", "payload": "r"}, {"title": "Blue"}
HERE = {"latitude": 52.52, "longitude": 13.405, "name": "Acme"}
RAVI = {"name": "Ravi", "phones": ["+12025550123"]}


@pytest.fixture
async def whatsapp(scene: Scene) -> Line:
    """A line that can do all of it, on which they have written last; its webhooks come to the hub."""
    line = await scene.connect("sandbox_whatsapp")
    address = await lines_address(scene.deps, line)
    scene.sandbox.connect(address, webhook=f"/in/{line.id}", secret="secret", client=scene.hub.client)
    await scene.hears("What colours?", line=line)
    return line


async def post(scene: Scene, text: str = "", **more: Any) -> Any:
    """The owner says it, and it is sent."""
    path = f"/threads/{(await scene.thread()).id}/messages"
    said = await scene.owner.does("POST", path, {"client_id": f"c{next(NUMBERS)}", "text": text, **more})
    await scene.deps.background.settle()
    await scene.work()
    return said["message"]


async def log_shown(scene: Scene) -> list[Any]:
    """The conversation, as a screen has it."""
    return await log_at(scene, (await scene.thread()).id)


async def log_at(scene: Scene, thread: str) -> list[Any]:
    """Any conversation."""
    return list((await scene.owner.does("GET", f"/threads/{thread}/messages"))["items"])


async def answers(scene: Scene, line: Line, text: str, **more: Any) -> Any:
    """The person writes by the provider's webhook; how it is shown."""
    await scene.sandbox.say(PHONE, await lines_address(scene.deps, line), text, phone=PHONE, **more)
    await scene.deps.background.settle()
    return (await log_shown(scene))[-1]


async def test_choices_are_buttons_where_there_are_some(scene: Scene, whatsapp: Line) -> None:
    said = await post(scene, "Which one?", choices=[RED, BLUE])

    body = scene.sandbox.sent[-1].body
    assert (body["text"], body["choices"]) == ("Which one?", [RED, {"title": "Blue", "payload": "Blue"}])
    assert said["content"]["choices"] == body["choices"]


async def test_choices_are_numbered_lines_where_there_are_no_buttons(scene: Scene) -> None:
    said = await post(scene, "Which one?", choices=[RED, BLUE])

    assert scene.texts == ["Which one?\n1. Red\n2. Blue"]
    assert said["content"]["text"] == "Which one?"


async def test_whoever_asks_the_gate_is_told_what_the_written_choices_cost(scene: Scene) -> None:
    plain = await scene.asks_gate("Which one?")
    verdict = await scene.asks_gate("Which one?", choices=[{"title": "x" * 80}, {"title": "y" * 80}])

    assert (plain["segments"]["count"], verdict["segments"]["count"]) == (1, 2)


async def test_a_place_and_cards_stand_in_the_text_where_there_is_no_other_way(scene: Scene) -> None:
    await post(scene, "Come by", place=HERE, cards=[RAVI])

    first, named, lies, card = scene.texts[0].splitlines()
    assert (first, named, card) == ("Come by", "Acme", "Ravi: +12025550123")
    assert lies.startswith("52.520000,13.405000 https://")


async def test_a_place_and_cards_are_messages_of_their_own_where_things_are_not_mixed(
    scene: Scene, whatsapp: Line
) -> None:
    await post(scene, "Come by", place=HERE, cards=[RAVI])

    text, place, cards = [sent.body for sent in scene.sandbox.sent]
    assert (text["text"], place["location"]["name"], cards["cards"][0]["name"]) == ("Come by", "Acme", "Ravi")
    assert "location" not in text and "text" not in place


@pytest.mark.parametrize("text", ["2", "blue"])
async def test_an_answer_that_names_a_choice_is_known_as_that(scene: Scene, text: str) -> None:
    address = await lines_address(scene.deps, scene.line)
    scene.sandbox.connect(address, webhook=f"/in/{scene.line.id}", secret="secret", client=scene.hub.client)
    await post(scene, "Which one?", choices=[RED, BLUE])

    answer = await answers(scene, scene.line, text)

    assert (answer["content"]["text"], answer["content"]["chosen"]) == (text, "Blue")


async def test_a_number_names_nothing_where_they_have_seen_buttons(scene: Scene, whatsapp: Line) -> None:
    await post(scene, "Which one?", choices=[RED, BLUE])

    number, title = await answers(scene, whatsapp, "2"), await answers(scene, whatsapp, "red")

    assert (number["content"]["chosen"], title["content"]["chosen"]) == ("", "r")


async def test_after_something_else_was_said_a_title_names_nothing_unless_they_quote(
    scene: Scene, whatsapp: Line
) -> None:
    await post(scene, "Which one?", choices=[RED, BLUE])
    asked = scene.sandbox.sent[-1]
    await post(scene, "Take your time")

    plain, quoting = await answers(scene, whatsapp, "Red"), await answers(scene, whatsapp, "Red", reply_to=asked.id)

    assert (plain["content"]["chosen"], quoting["content"]["chosen"]) == ("", "r")


async def test_a_choice_of_another_line_is_none_of_this(scene: Scene, whatsapp: Line) -> None:
    await post(scene, "Which one?", choices=[RED, BLUE], line_id=scene.line.id)

    answer = await answers(scene, whatsapp, "Red")

    assert answer["content"]["chosen"] == ""


async def test_what_a_message_answers_is_named_as_the_provider_calls_it(scene: Scene, whatsapp: Line) -> None:
    heard = await scene.hears("How much?", line=whatsapp)

    said = await post(scene, "Ten", reply_to=heard.id)

    assert said["reply_to"] == heard.id
    assert scene.sandbox.sent[-1].body["reply_to"] == heard.provider_id


async def test_where_replies_are_not_shown_it_is_left_out_and_stands_in_the_log(scene: Scene) -> None:
    heard = await scene.hears("How much?")

    said = await post(scene, "Ten", reply_to=heard.id)

    assert "reply_to" not in scene.sandbox.sent[-1].body
    assert said["reply_to"] == heard.id


async def test_what_they_quote_is_shown_by_our_id_also_of_a_second_part(scene: Scene, whatsapp: Line) -> None:
    said = await post(scene, "Come by", place=HERE)
    whole, part = scene.sandbox.sent

    quoting = [await answers(scene, whatsapp, "Where?", reply_to=sent.id) for sent in (whole, part)]

    assert [one["reply_to"] for one in quoting] == [said["id"]] * 2


async def test_what_stands_in_somebody_elses_conversation_is_answered_by_nobody(scene: Scene, whatsapp: Line) -> None:
    await post(scene, "Hi")
    stranger = await make_someone(scene.deps, scene.account, phone="+4915187654321")
    address = await lines_address(scene.deps, whatsapp)

    more = {"phone": "+4915187654321", "reply_to": scene.sandbox.sent[-1].id}
    await scene.sandbox.say("wa-5", address, "Me too", **more)
    await scene.deps.background.settle()

    [entry] = await log_at(scene, (await find_or_make(scene.deps, scene.account, stranger.id)).id)
    assert (entry["content"]["text"], entry["reply_to"]) == ("Me too", None)


@pytest.mark.parametrize("id", ["nothing", "00000000000000000000000000"])
async def test_an_answer_to_what_is_not_there_is_refused(scene: Scene, id: str) -> None:
    path = f"/threads/{(await scene.thread()).id}/messages"

    answer = await scene.owner.asks("POST", path, {"client_id": "x", "text": "Ten", "reply_to": id})

    assert code_of(answer) == (404, "no_such_message")


async def test_the_person_sees_nothing_of_a_note_that_is_answered(scene: Scene) -> None:
    note = await post(scene, "Rude", note=True)
    path = f"/threads/{(await scene.thread()).id}/messages"

    answer = await scene.owner.asks("POST", path, {"client_id": "x", "text": "Ten", "reply_to": note["id"]})

    assert code_of(answer) == (404, "no_such_message")
    assert (await post(scene, "True", note=True, reply_to=note["id"]))["reply_to"] == note["id"]
