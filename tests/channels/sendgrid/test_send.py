"""What goes to SendGrid, and what its answers are taken for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from channels.answers import RATE_LIMITED, WRONG_KEY
from channels.base import Content, Media, Out, Party, Pictured, Refused, Unsure
from channels.sendgrid.channel import CHANNELS
from channels.sendgrid.failures import FAILURES
from tests.channels.sendgrid.stage import LINE, SendGridStage
from tests.fakes.loopback import answer, listening, says
from tests.fakes.sendgrid.provider import NOES

SENDGRID = CHANNELS["sendgrid_email"]
OURS = {"empty", "subject", "reserved", "twice", "rate_limited", "wrong_key", "too_large"}


async def test_a_mail_has_everything_that_is_around_its_words(stage: SendGridStage, out: Out) -> None:
    said = Content(text="Yes.", subject="Is it free?", reply_to="q-2@example.com")
    around = {
        "html": "<p>Yes.</p>",
        "sender_name": "Asha from Acme",
        "reply_to": "reply+e1@in.acme.test",
        "references": ("q-1@example.com", "q-2@example.com"),
        "unsubscribe": "https://parley.test/u/1",
    }

    await SENDGRID.send(out, stage.access, stage.message("c-1", said, **around))

    [sent] = stage.sendgrid.sent
    assert (sent.sender, sent.subject, sent.text) == (f"Asha from Acme <{LINE}>", "Is it free?", "Yes.")
    assert (sent.html, sent.headers["reply-to"]) == ("<p>Yes.</p>", "reply+e1@in.acme.test")
    assert sent.headers["references"].split() == ["<q-1@example.com>", "<q-2@example.com>"]
    assert sent.headers["in-reply-to"] == "<q-2@example.com>"
    assert sent.headers["list-unsubscribe"] == "<https://parley.test/u/1>"
    assert sent.headers["list-unsubscribe-post"] == "List-Unsubscribe=One-Click"


async def test_half_a_letter_keeps_no_mail_back(stage: SendGridStage, out: Out) -> None:
    files = (Media(type="text/plain", name="a\ud83d.txt", content=b"x"),)
    said = Content(text="Yes \ud83d", subject="\ud83d free?", media=files)

    await SENDGRID.send(out, stage.access, stage.message("c-1", said, html="<p>\ud83d</p>"))

    [sent] = stage.sendgrid.sent
    assert (sent.subject, sent.text, sent.html, sent.files) == ("free?", "Yes ?", "<p>?</p>", ["a?.txt"])


def test_files_have_no_more_together_than_the_provider_takes_of_a_mail() -> None:
    can = SENDGRID.capabilities

    assert can.media_bytes <= can.bytes_together < 30 * 1024 * 1024 * 3 / 4


async def test_it_goes_by_the_message_id_that_we_give_it(stage: SendGridStage, out: Out) -> None:
    receipt = await SENDGRID.send(out, stage.access, stage.message("c-1"))

    assert receipt.id == stage.sendgrid.sent[0].message_id == "c-1@acme.test"


async def test_nobody_gets_it_twice_and_copies_are_told_from_it(stage: SendGridStage, out: Out) -> None:
    everybody = (Party(address="ravi@example.com", name="Ravi"), Party(address="asha@example.com"))
    message = stage.message("c-1", cc=everybody, bcc=(Party(address="ravi@example.com"), Party(address="b@acme.test")))

    await SENDGRID.send(out, stage.access, message)

    [sent] = stage.sendgrid.sent
    assert (sent.to, sent.cc) == (["asha@example.com", "ravi@example.com", "b@acme.test"], ["ravi@example.com"])
    assert sent.given == {"parley": "c-1", "parley_to": "asha@example.com", "parley_line": LINE}


async def test_files_lie_within_it(stage: SendGridStage, out: Out) -> None:
    files = (Media(type="application/pdf", name="prices.pdf", content=b"%PDF"), Media(type="", content=b"\0"))

    await SENDGRID.send(out, stage.access, stage.message("c-1", Content(subject="Prices", media=files)))

    assert stage.sendgrid.sent[0].files == ["prices.pdf", "file"]


async def test_what_the_markup_shows_goes_along_and_is_no_file(stage: SendGridStage, out: Out) -> None:
    logo = Pictured(id="logo@parley", type="image/png", name="logo.png", content=b"\x89PNG")

    await SENDGRID.send(out, stage.access, stage.message("c-1", pictures=(logo,)))

    [sent] = stage.sendgrid.sent
    assert (sent.pictures, sent.files) == (["logo@parley"], [])


async def test_a_mail_that_a_program_sends_says_so(stage: SendGridStage, out: Out) -> None:
    await SENDGRID.send(out, stage.access, stage.message("c-1", is_automatic=True))

    assert stage.sendgrid.sent[0].headers["auto-submitted"].startswith("auto-")


async def test_line_breaks_in_names_and_subjects_are_no_headers(stage: SendGridStage, out: Out) -> None:
    said = Content(text="Hi", subject="Free?\r\nBcc: ravi@example.com")

    await SENDGRID.send(out, stage.access, stage.message("c-1", said, sender_name="Asha\r\nBcc: ravi@example.com"))

    [sent] = stage.sendgrid.sent
    assert "\n" not in sent.subject + sent.sender
    assert sent.to == ["asha@example.com"]


@pytest.mark.parametrize("code", sorted(set(NOES) - OURS))
async def test_every_no_is_understood(stage: SendGridStage, out: Out, code: str) -> None:
    stage.sendgrid.mood("refuse", code=code)

    with pytest.raises(Refused) as caught:
        await SENDGRID.send(out, stage.access, stage.message("c-1"))

    assert caught.value.failure == FAILURES[code]


async def test_a_limit_says_how_long_to_wait(stage: SendGridStage, out: Out) -> None:
    stage.sendgrid.mood("limit", wait_s=30)

    with pytest.raises(Refused) as caught:
        await SENDGRID.send(out, stage.access, stage.message("c-1"))

    assert (caught.value.failure, caught.value.retry_after) == (RATE_LIMITED, timedelta(seconds=30))


async def test_an_address_that_is_not_the_accounts_is_about_the_line(stage: SendGridStage, out: Out) -> None:
    with pytest.raises(Refused) as caught:
        await SENDGRID.send(out, replace(stage.access, address="sales@other.test"), stage.message("c-1"))

    assert (caught.value.failure.code, caught.value.failure.about) == ("sender_unverified", "line")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (answer(b"", status="401 No"), WRONG_KEY.code),
        (answer(b"<html>", status="413 No"), "too_large"),
        (answer(b'{"errors":"no"}', status="400 No"), "invalid"),
        (answer(b'{"errors":[]}', status="429 Slow"), RATE_LIMITED.code),
        (answer(b"", status="302 There", headers="location: http://127.0.0.1:1/\r\n"), "wrong_url"),
    ],
    ids=range(5),
)
async def test_a_no_is_a_no_however_it_is_said(stage: SendGridStage, out: Out, said: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        await send_to(out, stage, said)

    assert caught.value.failure == FAILURES[code]


@pytest.mark.parametrize(
    "said",
    [
        answer(b""),
        answer(b"", status="204 No Content"),
        answer(b'{"errors":[{"message":"Maximum credits exceeded"}]}'),
        answer(b"", status="408 Timeout"),
        answer(b'{"errors":[{"message":"Maximum credits exceeded"}]}', status="500 Oh"),
        answer(b"", status="503 Away"),
    ],
    ids=range(6),
)
async def test_what_is_neither_yes_nor_no_is_unsure(stage: SendGridStage, out: Out, said: bytes) -> None:
    with pytest.raises(Unsure):
        await send_to(out, stage, said)


async def send_to(out: Out, stage: SendGridStage, said: bytes) -> None:
    """One mail, to a server that answers this."""
    async with listening(says(said)) as server:
        line = replace(stage.access, values={**stage.access.values, "url": server.url})
        await SENDGRID.send(out, line, stage.message("c-1"))
