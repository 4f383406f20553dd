"""What goes to Mailgun, what its answers are taken for, and asking it whether it has taken something."""

from dataclasses import replace
from datetime import timedelta

import pytest

from channels.answers import RATE_LIMITED, WRONG_KEY
from channels.base import Content, Media, Out, Party, Refused, Unsure
from channels.mailgun.channel import CHANNELS
from channels.mailgun.failures import FAILURES
from tests.channels.mailgun.stage import LINE, MailgunStage
from tests.clock import MORNING
from tests.fakes.loopback import answer, listening, says
from tests.fakes.mailgun.provider import NOES

MAILGUN = CHANNELS["mailgun_email"]


async def test_a_mail_goes_out_whole_and_its_hidden_copies_stand_nowhere_in_it(stage: MailgunStage, out: Out) -> None:
    said = Content(
        text="Ja, für dich.", subject="Frei?", media=(Media(type="application/pdf", name="ä.pdf", content=b"%"),)
    )
    around = {"html": "<p>Ja</p>", "sender_name": "Asha", "bcc": (Party(address="b@acme.test"),)}

    await MAILGUN.send(out, stage.access, stage.message("c-1", said, cc=(Party(address="ravi@example.com"),), **around))

    [sent] = stage.mailgun.sent
    assert (sent.to, sent.cc) == (["asha@example.com", "ravi@example.com", "b@acme.test"], ["ravi@example.com"])
    assert (sent.sender, sent.subject, sent.files) == (f"Asha <{LINE}>", "Frei?", ["ä.pdf"])
    assert sent.text.strip() == "Ja, für dich."
    assert "b@acme.test" not in str(sent.headers)


def test_files_have_no_more_together_than_the_provider_takes_of_a_mail() -> None:
    can = MAILGUN.capabilities

    assert can.media_bytes <= can.bytes_together < 25 * 1024 * 1024 * 3 / 4


async def test_it_goes_by_the_message_id_that_stands_in_it(stage: MailgunStage, out: Out) -> None:
    receipt = await MAILGUN.send(out, stage.access, stage.message("c-1"))

    assert receipt.id == stage.mailgun.sent[0].message_id == "c-1@acme.test"


async def test_what_comes_back_with_all_that_is_told_goes_along(stage: MailgunStage, out: Out) -> None:
    await MAILGUN.send(out, stage.access, stage.message("c-1"))

    assert stage.mailgun.sent[0].given == {"parley": "c-1", "parley_to": "asha@example.com", "parley_line": LINE}


async def test_a_domain_of_its_own_is_sent_by(stage: MailgunStage, out: Out) -> None:
    stage.mailgun.domains.append("mg.acme.test")
    line = replace(stage.access, values={**stage.access.values, "domain": " MG.acme.test "})

    receipt = await MAILGUN.send(out, line, stage.message("c-1"))

    assert receipt.id == "c-1@acme.test"


async def test_what_was_taken_is_found_when_its_answer_was_lost(stage: MailgunStage, out: Out) -> None:
    stage.fail("hang_up")
    with pytest.raises(Unsure):
        await MAILGUN.send(out, stage.access, stage.message("c-1"))

    found = await MAILGUN.lookup(out, stage.access, stage.message("c-1"), since=MORNING)

    assert [one.id for one in found] == ["c-1@acme.test"]


@pytest.mark.parametrize("said", [b"{}", b'{"items":{}}', b'{"items":null,"paging":{}}', b"[]", b"<html>"])
async def test_a_list_that_makes_no_sense_does_not_say_that_nothing_was_taken(
    stage: MailgunStage, out: Out, said: bytes
) -> None:
    async with listening(says(answer(said))) as server:
        line = replace(stage.access, values={**stage.access.values, "url": server.url})
        with pytest.raises(Unsure):
            await MAILGUN.lookup(out, line, stage.message("c-1"), since=MORNING)


@pytest.mark.parametrize("code", sorted(set(NOES) - {"rate_limited"}))
async def test_every_no_is_understood(stage: MailgunStage, out: Out, code: str) -> None:
    stage.mailgun.mood("refuse", code=code)

    with pytest.raises(Refused) as caught:
        await MAILGUN.send(out, stage.access, stage.message("c-1"))

    assert caught.value.failure == FAILURES[code]


async def test_a_limit_says_how_long_to_wait(stage: MailgunStage, out: Out) -> None:
    stage.mailgun.mood("limit", wait_s=30)

    with pytest.raises(Refused) as caught:
        await MAILGUN.send(out, stage.access, stage.message("c-1"))

    assert (caught.value.failure, caught.value.retry_after) == (RATE_LIMITED, timedelta(seconds=30))


@pytest.mark.parametrize(("field", "code"), [("api_key", WRONG_KEY.code), ("domain", "domain_unknown")])
async def test_what_mailgun_does_not_know_it_says(stage: MailgunStage, out: Out, field: str, code: str) -> None:
    line = replace(stage.access, values={**stage.access.values, field: "another.test"})

    with pytest.raises(Refused) as caught:
        await MAILGUN.send(out, line, stage.message("c-1"))

    assert (caught.value.failure.code, caught.value.failure.about) == (code, "line")


@pytest.mark.parametrize(
    "said",
    [
        answer(b""),
        answer(b'{"message":"Queued."}'),
        answer(b'{"message":"Domain not found: acme.test"}'),
        answer(b"", status="408 Timeout"),
        answer(b'{"message":"Domain not found: acme.test"}', status="500 Oh"),
        answer(b'{"id":"<c-1@acme.test>"}', status="503 Away"),
        answer(b'{"id":"<c-1@acme.test>"}')[:-4],
    ],
    ids=range(7),
)
async def test_what_is_neither_yes_nor_no_is_unsure(stage: MailgunStage, out: Out, said: bytes) -> None:
    async with listening(says(said)) as server:
        line = replace(stage.access, values={**stage.access.values, "url": server.url})
        with pytest.raises(Unsure):
            await MAILGUN.send(out, line, stage.message("c-1"))
