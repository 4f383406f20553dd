"""Mails that come in by SendGrid's Inbound Parse: whole, or taken apart."""

from typing import Any

import msgspec
import pytest

from channels.base import Access, Enclosing, Inbound, Posted
from channels.sendgrid.channel import CHANNELS
from tests.clock import MORNING
from tests.fakes.mailers.forms import File, written

SENDGRID = CHANNELS["sendgrid_email"]
LINE = Access("line-1", "sales@acme.test", {}, names=("sales@acme.test",), webhook="https://parley.test/in/line-1")
ENVELOPE = '{"to":["sales+e1@acme.test"],"from":"asha@example.com"}'
HEADERS = (
    "Received: by mx.example.com\nFrom: =?utf-8?q?Asha_M=C3=BCller?= <Asha@Example.com>\nTo: sales@acme.test\n"
    "Subject: Is it\n free?\nMessage-ID: <q-1@example.com>\nIn-Reply-To: <m-1@acme.test>\n"
    'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="theirs"\n'
)
PICTURE = File("attachment1", "a.png", "image/png", b"\x89PNG\r\n\x1a\n" + bytes(5000))


def heard(fields: dict[str, str | bytes], *files: File) -> Inbound:
    """The one message in a form."""
    body, type = written({"envelope": ENVELOPE, **fields}, files, boundary="xYzZY")
    [inbound] = SENDGRID.parse(LINE, Posted(body, type, {"key": "Xq7Lw2Bd5Ns9Kt3Rm8Vh1"}, MORNING))
    assert isinstance(inbound, Inbound)
    return inbound


def around(inbound: Inbound) -> Any:
    """What the hub needs of it."""
    assert inbound.envelope is not None
    return inbound.envelope


def test_a_whole_mail_is_read_as_any_mail_and_kept_as_it_came() -> None:
    raw = b"From: Asha <asha@example.com>\r\nMessage-ID: <q-1@example.com>\r\nSubject: Free?\r\n\r\nIs it \xfc?\r\n"

    inbound = heard({"email": raw})

    assert (inbound.id, inbound.sender[0].value, inbound.content.subject) == (
        "q-1@example.com",
        "asha@example.com",
        "Free?",
    )
    assert (around(inbound).raw, around(inbound).recipients[0]) == (raw, "sales+e1@acme.test")


def test_a_mail_that_was_taken_apart_is_put_together_again() -> None:
    inbound = heard({"headers": HEADERS, "text": "Is it free?", "html": "<p>Is it <b>free</b>?</p>"})

    assert (inbound.id, inbound.sender_name, inbound.sender[0].value) == (
        "q-1@example.com",
        "Asha Müller",
        "asha@example.com",
    )
    assert (inbound.content.text, inbound.content.subject) == ("Is it free?", "Is it free?")
    assert around(inbound).answers == ("m-1@acme.test",)


def test_each_field_is_read_in_the_charset_that_it_has() -> None:
    charsets = '{"text":"iso-8859-1","html":"UTF-8"}'

    assert heard({"headers": HEADERS, "charsets": charsets, "text": b"F\xfcr mich?"}).content.text == "Für mich?"


@pytest.mark.parametrize("charset", ["utf-7", "unicode_escape", "punycode", "rot13", "a\0b"], ids=ascii)
def test_a_charset_that_may_do_harm_is_not_believed(charset: str) -> None:
    charsets = msgspec.json.encode({"text": charset})

    said = heard({"headers": HEADERS, "charsets": charsets, "text": b"1 +ADw- 2 \\ud800"}).content.text

    assert said == "1 +ADw- 2 \\ud800"


def test_files_are_found_again_in_the_mail_that_is_kept() -> None:
    about = msgspec.json.encode({"attachment1": {"filename": "Plan ü.png", "type": "image/png", "content-id": "c-1"}})

    inbound = heard({"headers": HEADERS, "text": "Look", "attachments": "1", "attachment-info": about}, PICTURE)

    [media] = inbound.content.media
    assert isinstance(SENDGRID, Enclosing)
    assert (media.name, media.type) == ("Plan ü.png", "image/png")
    assert SENDGRID.enclosed(around(inbound).raw, media) == PICTURE.content


def test_the_same_form_becomes_the_same_mail_each_time() -> None:
    form: dict[str, str | bytes] = {"headers": HEADERS, "text": "Look", "html": "<p>Look</p>"}

    assert around(heard(form, PICTURE)).raw == around(heard(form, PICTURE)).raw


@pytest.mark.parametrize("type", ["message/rfc822", "multipart/mixed", "no type", "text/html\r\nX: y"])
def test_files_of_odd_types_stay_files(type: str) -> None:
    about = msgspec.json.encode({"attachment1": {"filename": "a\r\nBcc: x", "type": type}})

    inbound = heard({"headers": HEADERS, "text": "Look", "attachment-info": about}, PICTURE)

    [media] = inbound.content.media
    assert (media.type, "\n" in media.name) == ("application/octet-stream", False)
    assert isinstance(SENDGRID, Enclosing)
    assert SENDGRID.enclosed(around(inbound).raw, media) == PICTURE.content


def test_without_its_headers_a_mail_is_from_whoever_the_form_names() -> None:
    inbound = heard({"from": "Asha <asha@example.com>", "subject": "Free?\r\nX-Loop: parley", "text": "Is it?"})

    assert (inbound.sender[0].value, inbound.content.subject) == ("asha@example.com", "Free? X-Loop: parley")


@pytest.mark.parametrize("envelope", ["", "{", "[]", '{"to":7,"from":[]}', '{"to":[null,{}]}'])
def test_an_envelope_that_makes_no_sense_is_none(envelope: str) -> None:
    assert heard({"headers": HEADERS, "text": "Hi", "envelope": envelope}).id == "q-1@example.com"


def test_mail_that_nobody_has_sent_is_a_programs() -> None:
    inbound = heard({"headers": HEADERS, "text": "Away", "envelope": '{"to":["sales@acme.test"],"from":""}'})

    assert inbound.content.mail is not None
    assert inbound.content.mail.is_automatic


@pytest.mark.parametrize("fields", [{}, {"text": "Nobody"}, {"headers": "rubbish"}, {"email": b""}], ids=range(4))
def test_a_form_without_a_mail_is_a_value_error(fields: dict[str, str | bytes]) -> None:
    body, type = written({"envelope": ENVELOPE, **fields}, boundary="xYzZY")

    with pytest.raises(ValueError, match="no mail"):
        SENDGRID.parse(LINE, Posted(body, type))
