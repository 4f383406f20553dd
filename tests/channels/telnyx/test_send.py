"""What goes to Telnyx, and what its answers are taken for."""

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from channels.answers import RATE_LIMITED, WRONG_KEY
from channels.base import Access, Content, Media, Out, Receipt, Refused, Unsure
from channels.telnyx.channel import CHANNELS
from channels.telnyx.failures import FAILURES
from tests.channels.telnyx.stage import ASHA, LINE, SECOND, WEBHOOK, TelnyxStage
from tests.fakes.loopback import answer, listening, says
from tests.fakes.telnyx.provider import PROFILE, Telnyx

TELNYX = CHANNELS["telnyx_sms"]
ABOUT = {"from": LINE, "to": ASHA.value, "messaging_profile_id": PROFILE, "webhook_url": f"{WEBHOOK}?m=c-1"}


async def send_to(out: Out, stage: TelnyxStage, *parts: bytes) -> Receipt:
    """Send a message to a server that says this."""
    async with listening(says(*parts)) as server:
        access = Access("line-1", LINE, {**stage.access.values, "url": server.url})
        return await TELNYX.send(out, access, stage.message("c-1"))


def errors(code: object) -> bytes:
    """A no, in Telnyx's words."""
    return msgspec.json.encode({"errors": [{"code": code, "title": "No"}]})


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        (Content(text="Yes"), {"text": "Yes"}),
        (
            Content(
                text="Two",
                media=(Media(type="image/png", url="https://x.test/a"), Media(type="", url="https://x.test/b")),
            ),
            {"text": "Two", "media_urls": ["https://x.test/a", "https://x.test/b"]},
        ),
        (Content(media=(Media(type="image/png", url="https://x.test/a"),)), {"media_urls": ["https://x.test/a"]}),
    ],
    ids=["text", "words_with_files", "file"],
)
async def test_all_that_a_message_says_arrives(
    stage: TelnyxStage, out: Out, said: Content, sent: dict[str, object]
) -> None:
    receipt = await TELNYX.send(out, stage.access, stage.message("c-1", said))

    [taken] = stage.telnyx.sent
    assert taken.body == {**ABOUT, **sent}
    assert receipt.id == taken.id


async def test_a_message_comes_from_the_number_that_the_person_knows(stage: TelnyxStage, out: Out) -> None:
    message = msgspec.structs.replace(stage.message("c-1"), sender=SECOND)

    await TELNYX.send(out, stage.access, message)

    assert [sent.line for sent in stage.telnyx.sent] == [SECOND]


async def test_an_id_of_ours_cannot_be_anything_else_in_the_address(stage: TelnyxStage, out: Out) -> None:
    await TELNYX.send(out, stage.access, stage.message("c&m=x#/?%é"))

    assert [sent.ours for sent in stage.telnyx.sent] == ["c&m=x#/?%é"]


@pytest.mark.parametrize("code", [code for code in FAILURES if code.isdigit()])
async def test_every_number_of_the_catalogue_is_understood(
    telnyx: Telnyx, stage: TelnyxStage, out: Out, code: str
) -> None:
    telnyx.mood("refuse", code=code)

    with pytest.raises(Refused) as caught:
        await TELNYX.send(out, stage.access, stage.message("c-1"))

    assert caught.value.failure == FAILURES[code]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (answer(b"<html>no</html>", status="401 No"), WRONG_KEY.code),
        (answer(errors("10009"), status="401 No"), WRONG_KEY.code),
        (answer(errors(40300), status="403 No"), "40300"),
        (answer(b'{"errors":[]}', status="429 Slow", headers="Retry-After: soon\r\n"), RATE_LIMITED.code),
        (answer(b'{"errors":"no"}', status="422 No"), "invalid"),
        (answer(b"", status="302 There", headers="location: http://127.0.0.1:1/\r\n"), "wrong_url"),
    ],
    ids=range(6),
)
async def test_a_no_is_a_no_however_it_is_said(stage: TelnyxStage, out: Out, said: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        await send_to(out, stage, said)

    assert caught.value.failure == FAILURES[code]


async def test_a_code_that_nobody_knows_is_still_a_no(stage: TelnyxStage, out: Out) -> None:
    with pytest.raises(Refused) as caught:
        await send_to(out, stage, answer(errors("49999"), status="422 No"))

    assert (caught.value.failure.code, "49999" in caught.value.failure.words) == ("49999", True)


async def test_that_it_is_too_much_for_now_is_said_by_the_status_of_a_code_that_nobody_knows(
    stage: TelnyxStage, out: Out
) -> None:
    with pytest.raises(Refused) as caught:
        await send_to(out, stage, answer(errors("49999"), status="429 Slow"))

    assert caught.value.failure == RATE_LIMITED


@pytest.mark.parametrize(
    "said",
    [
        answer(b"", status="204 No Content"),
        answer(b'{"data":{}}'),
        answer(b'{"data":null}'),
        answer(errors("40310")),
        answer(b"[" * 100_000),
        answer(b"", status="408 Timeout"),
        answer(errors("10007"), status="500 Oh"),
        answer(b'{"data":{"id":"m-1"}}', status="503 Away"),
        answer(b'{"data":{"id":"m-1"}}')[:-4],
    ],
    ids=range(9),
)
async def test_what_is_neither_yes_nor_no_is_unsure(stage: TelnyxStage, out: Out, said: bytes) -> None:
    with pytest.raises(Unsure):
        await send_to(out, stage, said)


async def test_a_limit_says_how_long_to_wait(telnyx: Telnyx, stage: TelnyxStage, out: Out) -> None:
    telnyx.mood("limit", count=1, wait_s=30, times=None)
    await TELNYX.send(out, stage.access, stage.message("c-1"))

    with pytest.raises(Refused) as caught:
        await TELNYX.send(out, stage.access, stage.message("c-2"))

    assert (caught.value.failure.is_passing, caught.value.retry_after) == (True, timedelta(seconds=30))


async def test_whoever_has_opted_out_at_telnyx_gets_nothing(telnyx: Telnyx, stage: TelnyxStage, out: Out) -> None:
    await telnyx.say(ASHA.value, LINE, "Stop")

    with pytest.raises(Refused) as caught:
        await TELNYX.send(out, stage.access, stage.message("c-1"))

    assert (caught.value.failure.means, caught.value.failure.suppresses) == ("opted_out", True)


async def test_without_a_webhook_none_is_named(stage: TelnyxStage, out: Out) -> None:
    await TELNYX.send(out, replace(stage.access, webhook=""), stage.message("c-1"))

    [sent] = stage.telnyx.sent
    assert "webhook_url" not in sent.body
