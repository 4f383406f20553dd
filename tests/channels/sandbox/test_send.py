"""What goes to the sandbox, and what its answers are taken for."""

from collections.abc import Sequence
from datetime import timedelta

import msgspec
import pytest

from channels.base import (
    Access,
    Card,
    Choice,
    Content,
    Media,
    Out,
    Outbound,
    Place,
    Receipt,
    Refused,
    TemplateUse,
    Unsure,
)
from channels.sandbox.channel import SMS, WHATSAPP
from channels.sandbox.failures import FAILURES
from tests.channels.sandbox.stage import LINE, PERSONS, SandboxStage
from tests.clock import MORNING
from tests.fakes.loopback import answer, listening, says
from tests.fakes.sandbox.provider import Seen
from tests.fakes.sandbox.running import RunningSandbox

MESSAGE = Outbound(id="c-1", to=PERSONS[SMS.medium], content=Content(text="Yes, it is."))


async def send_to(out: Out, *parts: bytes) -> Receipt:
    """Send a message to a server that says this."""
    async with listening(says(*parts)) as server:
        access = Access("line-1", LINE, {"url": server.url, "key": "k", "webhook_secret": "s"})
        return await SMS.send(out, access, MESSAGE)


async def look_up_at(out: Out, said: bytes) -> Sequence[Receipt]:
    """Look a message up at a server that says this."""
    async with listening(says(said)) as server:
        access = Access("line-1", LINE, {"url": server.url, "key": "k"})
        return await SMS.lookup(out, access, MESSAGE, since=MORNING)


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        (Content(text="Yes"), {"text": "Yes"}),
        (Content(text="Yes", subject="Re: The flat"), {"text": "Yes", "subject": "Re: The flat"}),
        (Content(text="Yes", reply_to="in-1"), {"text": "Yes", "reply_to": "in-1"}),
        (
            Content(media=(Media(type="image/png", name="plan.png", url="https://parley.test/files/x", file="f-1"),)),
            {"media": [{"type": "image/png", "name": "plan.png", "url": "https://parley.test/files/x"}]},
        ),
        (
            Content(text="When?", choices=(Choice(title="At 10", payload="10"),)),
            {"text": "When?", "choices": [{"title": "At 10", "payload": "10"}]},
        ),
        (
            Content(cards=(Card(name="Ravi", phones=("+12025550123",)),)),
            {"cards": [{"name": "Ravi", "phones": ["+12025550123"]}]},
        ),
        (Content(place=Place(latitude=0, longitude=0)), {"location": {"latitude": 0.0, "longitude": 0.0}}),
        (
            Content(reaction="👍", reply_to="in-1"),
            {"reaction": {"emoji": "👍", "message_id": "in-1"}},
        ),
        (
            Content(reaction="", reply_to="in-1"),
            {"reaction": {"emoji": "", "message_id": "in-1"}},
        ),
        (
            Content(template=TemplateUse(name="hello", language="en", values=("Asha",))),
            {"template": {"name": "hello", "language": "en", "values": ["Asha"]}},
        ),
    ],
    ids=range(10),
)
async def test_all_that_a_message_says_arrives(
    stage: SandboxStage, out: Out, said: Content, sent: dict[str, object]
) -> None:
    stage.sandbox.add_template("hello", "en", "Hello {{1}}")

    receipt = await stage.channel.send(out, stage.access, stage.message("c-1", said))

    [taken] = stage.sandbox.sent
    about = {"client_id": "c-1", "channel": "sms", "from": LINE, "to": PERSONS[stage.channel.medium].value}
    assert taken.body == {**about, **sent}
    assert receipt.id == taken.id


@pytest.mark.parametrize("code", [*FAILURES])
async def test_every_code_of_the_catalogue_is_understood(stage: SandboxStage, out: Out, code: str) -> None:
    stage.sandbox.mood("refuse", code=code)

    with pytest.raises(Refused) as caught:
        await stage.channel.send(out, stage.access, stage.message("c-1"))

    assert caught.value.failure == FAILURES[code]


async def test_a_limit_says_how_long_to_wait(stage: SandboxStage, out: Out) -> None:
    stage.sandbox.mood("refuse", code="rate_limited", wait_s=30)

    with pytest.raises(Refused) as caught:
        await stage.channel.send(out, stage.access, stage.message("c-1"))

    assert caught.value.failure.is_passing
    assert caught.value.retry_after == timedelta(seconds=30)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("302 Found", "wrong_url"),
        ("404 Not Found", "wrong_url"),
        ("401 Unauthorized", "wrong_key"),
        ("429 Too Many Requests", "rate_limited"),
        ("413 Too Large", "invalid"),
    ],
)
async def test_a_bare_no_is_a_no(out: Out, status: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        await send_to(out, answer(b"<html>no</html>", status=status, headers="Retry-After: soon\r\n"))

    assert caught.value.failure == FAILURES[code]
    assert caught.value.retry_after is None


async def test_a_code_that_nobody_knows_is_still_a_no(out: Out) -> None:
    with pytest.raises(Refused) as caught:
        await send_to(out, answer(b'{"error":{"code":4711}}', status="422 No"))

    assert caught.value.failure.code == "4711"
    assert "4711" in caught.value.failure.words


@pytest.mark.parametrize(
    "said",
    [
        answer(b'{"id":""}', status="202 Accepted"),
        answer(b'{"error":{"code":"invalid"}}'),
        answer(b"[" * 100_000),
        answer(b"", status="204 No Content"),
        answer(b"", status="408 Timeout"),
        answer(b"", status="500 Oh"),
        answer(b'{"error":{"code":"upstream"}}', status="502 Bad Gateway"),
        answer(b'{"id":"out-1"}', status="202 Accepted")[:-4],
        b"HTTP/1.1 2",
    ],
    ids=range(9),
)
async def test_what_is_neither_yes_nor_no_is_unsure(out: Out, said: bytes) -> None:
    with pytest.raises(Unsure):
        await send_to(out, said)


async def test_ids_that_are_numbers_are_ids(out: Out) -> None:
    assert await send_to(out, answer(b'{"id":9007199254740993}', status="202 Accepted")) == Receipt(
        id="9007199254740993"
    )


@pytest.mark.parametrize(
    "said",
    [
        answer(b"", status="404 Not Found"),
        answer(b'{"messages":[]}', status="404 Not Found"),
        answer(b"{}"),
        answer(b'{"messages":null}'),
        answer(b'{"messages":[{"id":"out-9","client_id":"another"}]}'),
        answer(b'{"messages":[{"client_id":"c-1"}]}'),
        answer(b"", status="503 Later"),
    ],
    ids=range(7),
)
async def test_only_an_empty_list_means_that_it_was_not_taken(out: Out, said: bytes) -> None:
    with pytest.raises(Unsure):
        await look_up_at(out, said)


async def test_the_same_id_again_sends_nothing_again(stage: SandboxStage, out: Out) -> None:
    first = await stage.channel.send(out, stage.access, stage.message("c-1"))

    repeat = await stage.channel.send(out, stage.access, stage.message("c-1"))

    assert repeat == first
    assert [sent.repeats for sent in stage.sandbox.sent] == [1]


async def test_an_id_of_ours_cannot_ask_for_anything_else(stage: SandboxStage, out: Out) -> None:
    id = "c&client_id=x/../#?%é"
    receipt = await stage.channel.send(out, stage.access, stage.message(id))

    assert await stage.channel.lookup(out, stage.access, stage.message(id), since=MORNING) == [receipt]


async def test_outside_of_the_window_only_a_template_goes(sandbox: RunningSandbox, out: Out) -> None:
    stage = await SandboxStage.of(sandbox, WHATSAPP.provider)
    sandbox.add_template("hello", "en", "Hello {{1}}")
    template = Content(template=TemplateUse(name="hello", language="en", values=("Asha",)))
    sandbox.expire_windows(LINE)

    with pytest.raises(Refused, match="window_closed"):
        await stage.channel.send(out, stage.access, stage.message("c-1"))
    await stage.channel.send(out, stage.access, stage.message("c-2", template))

    assert [msgspec.json.encode(sent.body["template"]) for sent in sandbox.sent] == [
        b'{"name":"hello","language":"en","values":["Asha"]}'
    ]


async def test_what_was_read_is_shown_at_the_message_as_it_is_called_there(stage: SandboxStage, out: Out) -> None:
    await WHATSAPP.show_read(out, stage.access, "in-1", is_typing=True)

    assert stage.sandbox.reads == [Seen(stage.access.address, "in-1", True)]


async def test_how_long_to_wait_with_that_is_told(stage: SandboxStage, out: Out) -> None:
    stage.sandbox.mood("refuse", code="rate_limited", wait_s=7)

    with pytest.raises(Refused) as caught:
        await WHATSAPP.show_read(out, stage.access, "in-1", is_typing=False)

    assert caught.value.retry_after == timedelta(seconds=7)


async def test_a_no_to_that_is_a_no_and_nonsense_is_nothing_for_certain(stage: SandboxStage, out: Out) -> None:
    stage.sandbox.mood("refuse", code="wrong_key")

    with pytest.raises(Refused, match="wrong_key"):
        await WHATSAPP.show_read(out, stage.access, "in-1", is_typing=False)
    async with listening(says(b"HTTP/1.1 500 Oh\r\ncontent-length: 0\r\n\r\n")) as server:
        access = Access("line-1", "", {"url": server.url, "key": "k"})
        with pytest.raises(Unsure):
            await WHATSAPP.show_read(out, access, "in-1", is_typing=False)
