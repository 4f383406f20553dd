"""Who is believed, and the one word for why not."""

import base64
from dataclasses import replace

import pytest

from channels.base import Access, BadSignature, Demanding, Hook
from channels.sendgrid.channel import CHANNELS
from tests.clock import MORNING
from tests.fakes.sendgrid.signing import public_key, signed

SENDGRID = CHANNELS["sendgrid_email"]
SIGNER, OTHER = "the-signer", "the-signer-of-parse"
BODY, FORM = b'[{"event":"open"}]\r\n', "multipart/form-data; boundary=xYzZY"
LINE = Access("line-1", "sales@acme.test", {"public_key": public_key(SIGNER), "inbound_key": "Xq7Lw2Bd5Ns9Kt3Rm8Vh1"})
GOOD = signed(BODY, MORNING, SIGNER)
TIME, SIGNATURE = GOOD["x-twilio-email-event-webhook-timestamp"], GOOD["x-twilio-email-event-webhook-signature"]


def hook(time: str = "", signature: str = "", body: bytes = BODY, *, key: str = "", type: str = FORM) -> Hook:
    """A webhook with these headers."""
    headers = {
        "content-type": type,
        "x-twilio-email-event-webhook-timestamp": time,
        "x-twilio-email-event-webhook-signature": signature,
    }
    query = {"key": key} if key else {}
    url = "https://parley.test/in/line-1/mail"
    return Hook(method="POST", url=url, headers=headers, query=query, body=body, now=MORNING)


@pytest.mark.parametrize(
    ("time", "signature", "why"),
    [
        ("", SIGNATURE, "missing"),
        (TIME, "", "missing"),
        ("soon", SIGNATURE, "malformed"),
        (f"-{TIME}", SIGNATURE, "malformed"),
        ("99999999999", SIGNATURE, "malformed"),
        ("٢٦٥٦٠٥٤٨٠٠", SIGNATURE, "malformed"),
        (TIME, "no base64!", "malformed"),
        (TIME, "été", "malformed"),
        (TIME, SIGNATURE[:-4], "wrong"),
        (TIME, base64.b64encode(bytes(64)).decode(), "wrong"),
        (TIME, "A" * 1000, "wrong"),
        (str(int(TIME) - 1), SIGNATURE, "wrong"),
        ("1000000000", SIGNATURE, "old"),
        ("9999999999", SIGNATURE, "early"),
        (TIME, signed(BODY, MORNING, "another")["x-twilio-email-event-webhook-signature"], "wrong"),
    ],
    ids=range(15),
)
def test_whatever_else_is_sent_is_not_believed_and_one_word_says_why(time: str, signature: str, why: str) -> None:
    with pytest.raises(BadSignature) as caught:
        SENDGRID.verify(LINE, hook(time, signature))

    assert str(caught.value) == why


@pytest.mark.parametrize("key", ["", "  ", "no base64!", base64.b64encode(bytes(91)).decode(), "été"])
def test_a_line_without_a_sensible_key_believes_no_signature(key: str) -> None:
    with pytest.raises(BadSignature, match="unset"):
        SENDGRID.verify(replace(LINE, values={"public_key": key}), hook(TIME, SIGNATURE))


def test_the_time_and_the_body_cannot_be_shifted_against_each_other() -> None:
    with pytest.raises(BadSignature):
        SENDGRID.verify(LINE, hook(TIME[:-1], SIGNATURE, TIME[-1:].encode() + BODY))


@pytest.mark.parametrize("signer", [SIGNER, OTHER])
def test_the_event_webhook_and_inbound_parse_may_have_a_key_each(signer: str) -> None:
    both = replace(LINE, values={"public_key": f"{public_key(SIGNER)} {public_key(OTHER)}"})
    signature, time = signed(BODY, MORNING, signer).values()

    SENDGRID.verify(both, hook(time, signature))


def test_a_mail_is_believed_by_the_word_in_its_url_alone() -> None:
    SENDGRID.verify(LINE, hook(key="Xq7Lw2Bd5Ns9Kt3Rm8Vh1"))


def test_events_are_never_believed_by_the_word_in_the_url() -> None:
    with pytest.raises(BadSignature, match="missing"):
        SENDGRID.verify(LINE, hook(key="Xq7Lw2Bd5Ns9Kt3Rm8Vh1", type="application/json"))


@pytest.mark.parametrize(
    ("known", "shown"),
    [
        ("Xq7Lw2Bd5Ns9Kt3Rm8Vh1", "Xq7Lw2Bd5Ns9Kt3Rm8Vh"),
        ("Xq7Lw2Bd5Ns9Kt3Rm8Vh1", "xq7lw2bd5ns9kt3rm8vh1"),
        ("Xq7Lw2Bd5Ns9Kt3Rm8Vh1", "é"),
        ("", ""),
    ],
)
def test_another_word_is_not_believed_and_none_believes_nobody(known: str, shown: str) -> None:
    line = replace(LINE, values={**LINE.values, "inbound_key": known})

    with pytest.raises(BadSignature, match="missing"):
        SENDGRID.verify(line, hook(key=shown))


def test_fields_that_make_no_sense_are_complained_about() -> None:
    assert isinstance(SENDGRID, Demanding)

    assert SENDGRID.complaint(LINE.values) == ""
    assert SENDGRID.complaint({}) == ""
    assert "verification key" in SENDGRID.complaint({"public_key": "SG.0123"})
    assert "plus" in SENDGRID.complaint({"reply_address": "reply+x@in.acme.test"})


@pytest.mark.parametrize("key", ["a", "Xq7Lw2Bd5Ns9Kt3Rm8V", "Xq7Lw2Bd5Ns9Kt3Rm8V&1", "é" * 30, "x" * 101])
def test_a_word_that_may_be_guessed_or_stands_in_no_url_is_complained_about(key: str) -> None:
    assert isinstance(SENDGRID, Demanding)

    assert "20 to 100 letters" in SENDGRID.complaint({"inbound_key": key})
