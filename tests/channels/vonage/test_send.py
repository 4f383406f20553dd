"""What goes to Vonage, and what its answers are taken for."""

import msgspec
import pytest

from channels.answers import RATE_LIMITED, WRONG_KEY
from channels.base import Access, Content, Media, Out, Receipt, Refused, Unsure
from channels.vonage.channel import CHANNELS
from channels.vonage.failures import FAILURES
from tests.channels.vonage.stage import ASHA, LINE, SECOND, WEBHOOK, VonageStage
from tests.fakes.loopback import answer, listening, says
from tests.fakes.vonage.provider import Vonage

VONAGE = CHANNELS["vonage_sms"]
ABOUT = {"from": LINE[1:], "to": ASHA.value[1:], "client_ref": "c-1", "webhook_url": WEBHOOK}


def file(type: str, name: str) -> Media:
    """A file of ours, where Vonage may fetch it."""
    return Media(type=type, name=name, url=f"https://parley.test/files/{name}", file="f-1")


def at(name: str, **more: str) -> dict[str, str]:
    """How it is named on the wire."""
    return {"url": f"https://parley.test/files/{name}", **more}


async def send_to(out: Out, stage: VonageStage, *parts: bytes) -> Receipt:
    """Send a message to a server that says this."""
    async with listening(says(*parts)) as server:
        access = Access("line-1", LINE, {**stage.access.values, "url": server.url})
        return await VONAGE.send(out, access, stage.message("c-1"))


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        (Content(text="Yes"), {"channel": "sms", "message_type": "text", "text": "Yes"}),
        (
            Content(media=(file("image/png", "a.png"),)),
            {"channel": "mms", "message_type": "image", "image": at("a.png")},
        ),
        (
            Content(text="The plan", media=(file("application/pdf", "a.pdf"),)),
            {"channel": "mms", "message_type": "file", "file": at("a.pdf", caption="The plan")},
        ),
        (
            Content(media=(file("text/vcard", "a.vcf"),)),
            {"channel": "mms", "message_type": "vcard", "vcard": at("a.vcf")},
        ),
        (
            Content(text="Ravi", media=(file("text/vcard", "a.vcf"),)),
            {"channel": "mms", "message_type": "content", "content": [at("a.vcf", type="vcard", caption="Ravi")]},
        ),
        (
            Content(text="Two", media=(file("audio/mpeg", "a.mp3"), file("video/mp4", "b.mp4"))),
            {
                "channel": "mms",
                "message_type": "content",
                "content": [at("a.mp3", type="audio", caption="Two"), at("b.mp4", type="video")],
            },
        ),
    ],
    ids=["text", "image", "words_with_a_file", "card", "words_with_a_card", "several"],
)
async def test_all_that_a_message_says_arrives(
    stage: VonageStage, out: Out, said: Content, sent: dict[str, object]
) -> None:
    receipt = await VONAGE.send(out, stage.access, stage.message("c-1", said))

    [taken] = stage.vonage.sent
    assert taken.body == {**ABOUT, **sent}
    assert receipt.id == taken.id


async def test_a_message_comes_from_the_number_that_the_person_knows(stage: VonageStage, out: Out) -> None:
    message = msgspec.structs.replace(stage.message("c-1"), sender=SECOND)

    await VONAGE.send(out, stage.access, message)

    assert [sent.line for sent in stage.vonage.sent] == [SECOND]


@pytest.mark.parametrize("code", [code for code in FAILURES if code.isdigit()])
async def test_every_number_of_the_catalogue_is_understood(
    vonage: Vonage, stage: VonageStage, out: Out, code: str
) -> None:
    vonage.mood("refuse", code=code)

    with pytest.raises(Refused) as caught:
        await VONAGE.send(out, stage.access, stage.message("c-1"))

    assert caught.value.failure == FAILURES[code]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (answer(b"<html>no</html>", status="401 No"), WRONG_KEY.code),
        (answer(b'{"type":"https://developer.vonage.com/api-errors#unauthorized"}', status="401 No"), WRONG_KEY.code),
        (answer(b"", status="402 Pay"), "low-balance"),
        (answer(b'{"type":"https://developer.nexmo.com/api-errors/#low-balance"}', status="402 Pay"), "low-balance"),
        (answer(b'{"type":"https://developer.vonage.com/api-errors#throttled"}', status="429 Slow"), "1000"),
        (answer(b'{"title":"Many"}', status="429 Slow", headers="Retry-After: soon\r\n"), RATE_LIMITED.code),
        (answer(b'{"type":"x/messages-olympus#1420","title":"Invalid sender"}', status="422 No"), "1420"),
        (answer(b'{"title":1430}', status="422 No"), "1430"),
        (answer(b"[]", status="302 There", headers="location: http://127.0.0.1:1/\r\n"), "wrong_url"),
    ],
    ids=range(9),
)
async def test_a_no_is_a_no_however_it_is_said(stage: VonageStage, out: Out, said: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        await send_to(out, stage, said)

    assert caught.value.failure == FAILURES[code]


async def test_a_code_that_nobody_knows_is_still_a_no(stage: VonageStage, out: Out) -> None:
    with pytest.raises(Refused) as caught:
        await send_to(out, stage, answer(b'{"type":"x#1999"}', status="422 No"))

    assert (caught.value.failure.code, "1999" in caught.value.failure.words) == ("1999", True)


async def test_that_it_is_too_much_for_now_is_said_by_the_status_of_a_code_that_nobody_knows(
    stage: VonageStage, out: Out
) -> None:
    with pytest.raises(Refused) as caught:
        await send_to(out, stage, answer(b'{"type":"x#1999"}', status="429 Slow"))

    assert caught.value.failure == RATE_LIMITED


@pytest.mark.parametrize("code", ["1160", "1470"])
def test_what_the_account_is_not_let_do_is_about_the_line(code: str) -> None:
    assert FAILURES[code].about == "line"


@pytest.mark.parametrize(
    "said",
    [
        answer(b"", status="202 Accepted"),
        answer(b"{}", status="202 Accepted"),
        answer(b'{"message_uuid":""}', status="202 Accepted"),
        answer(b'{"type":"x#1420","title":"Invalid sender"}'),
        answer(b"[" * 100_000),
        answer(b"", status="408 Timeout"),
        answer(b'{"type":"https://developer.vonage.com/api-errors/messages#1030"}', status="500 Oh"),
        answer(b'{"message_uuid":"m-1"}', status="503 Away"),
        answer(b'{"message_uuid":"m-1"}', status="202 Accepted")[:-4],
    ],
    ids=range(9),
)
async def test_what_is_neither_yes_nor_no_is_unsure(stage: VonageStage, out: Out, said: bytes) -> None:
    with pytest.raises(Unsure):
        await send_to(out, stage, said)


async def test_a_limit_says_how_long_to_wait(vonage: Vonage, stage: VonageStage, out: Out) -> None:
    vonage.mood("limit", count=1, wait_s=30, times=None)
    await VONAGE.send(out, stage.access, stage.message("c-1"))

    with pytest.raises(Refused) as caught:
        await VONAGE.send(out, stage.access, stage.message("c-2"))

    assert caught.value.failure.is_passing
    assert caught.value.retry_after is not None
    assert caught.value.retry_after.total_seconds() == 30
