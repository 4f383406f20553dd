"""Mails that come in by a route of Mailgun: whole, or taken apart."""

from typing import Any
from urllib.parse import urlencode

import msgspec
import pytest

from channels.base import Access, Enclosing, Inbound, Posted
from channels.mailgun.channel import CHANNELS
from tests.clock import MORNING
from tests.fakes.mailers.forms import File, written

MAILGUN = CHANNELS["mailgun_email"]
LINE = Access("line-1", "sales@acme.test", {}, names=("sales@acme.test",), webhook="https://parley.test/in/line-1")
ABOUT = {
    "recipient": "sales+e1@acme.test",
    "sender": "asha@example.com",
    "timestamp": "1",
    "token": "t",
    "signature": "s",
}
HEADERS = msgspec.json.encode(
    [
        ["Received", "by mx.example.com"],
        ["From", "Asha Müller <Asha@Example.com>"],
        ["To", "sales@acme.test"],
        ["Subject", "Is it\r\n free?"],
        ["Message-Id", "<q-1@example.com>"],
        ["In-Reply-To", "<m-1@acme.test>"],
        ["Content-Type", 'multipart/mixed; boundary="theirs"'],
    ]
)
PICTURE = File("attachment-1", "plan ü.png", "image/png", b"\x89PNG\r\n\x1a\n" + bytes(5000))


def heard(fields: dict[str, str | bytes], *files: File) -> Inbound:
    """The one message in a form."""
    return only(Posted(*written({**ABOUT, **fields}, files, boundary="b-1"), {}, MORNING))


def only(posted: Posted) -> Inbound:
    """The one message in it."""
    [inbound] = MAILGUN.parse(LINE, posted)
    assert isinstance(inbound, Inbound)
    return inbound


def around(inbound: Inbound) -> Any:
    """What the hub needs of it."""
    assert inbound.envelope is not None
    return inbound.envelope


def test_a_whole_mail_is_read_as_any_mail_and_kept_as_it_came() -> None:
    raw = b"From: Asha <asha@example.com>\r\nMessage-ID: <q-1@example.com>\r\nSubject: Free?\r\n\r\nIs it \xfc?\r\n"

    inbound = heard({"body-mime": raw})

    assert (inbound.id, inbound.sender[0].value, inbound.content.subject) == (
        "q-1@example.com",
        "asha@example.com",
        "Free?",
    )
    assert (around(inbound).raw, around(inbound).recipients[0]) == (raw, "sales+e1@acme.test")


def test_a_mail_that_was_taken_apart_is_put_together_again() -> None:
    inbound = heard({"message-headers": HEADERS, "body-plain": "Für mich?", "body-html": "<p>Für mich?</p>"})

    assert (inbound.id, inbound.sender_name, inbound.sender[0].value) == (
        "q-1@example.com",
        "Asha Müller",
        "asha@example.com",
    )
    assert (inbound.content.text, inbound.content.subject) == ("Für mich?", "Is it free?")
    assert around(inbound).answers == ("m-1@acme.test",)


def test_a_form_without_files_comes_without_parts() -> None:
    fields = {**ABOUT, "message-headers": HEADERS, "body-plain": "Für mich?"}

    inbound = only(Posted(urlencode(fields).encode(), "application/x-www-form-urlencoded", {}, MORNING))

    assert inbound.content.text == "Für mich?"


def test_files_are_found_again_in_the_mail_that_is_kept() -> None:
    cids = '{"<c-1>":"attachment-1"}'

    inbound = heard({"message-headers": HEADERS, "body-plain": "Look", "content-id-map": cids}, PICTURE)

    [media] = inbound.content.media
    assert isinstance(MAILGUN, Enclosing)
    assert (media.name, media.type) == ("plan ü.png", "image/png")
    assert MAILGUN.enclosed(around(inbound).raw, media) == PICTURE.content


@pytest.mark.parametrize("headers", ["", "{", "{}", "[7]", '[["a"]]', '[["From",7]]'])
def test_without_its_headers_a_mail_is_from_whoever_the_form_names(headers: str) -> None:
    inbound = heard(
        {"message-headers": headers, "from": "Asha <asha@example.com>", "subject": "Free?", "body-plain": "?"}
    )

    assert (inbound.sender[0].value, inbound.content.subject) == ("asha@example.com", "Free?")


def test_mail_that_nobody_has_sent_is_a_programs() -> None:
    inbound = heard({"message-headers": HEADERS, "body-plain": "Away", "sender": ""})

    assert inbound.content.mail is not None
    assert inbound.content.mail.is_automatic


@pytest.mark.parametrize("fields", [{}, {"body-plain": "Nobody"}, {"body-mime": b""}], ids=range(3))
def test_a_form_without_a_mail_is_a_value_error(fields: dict[str, str | bytes]) -> None:
    with pytest.raises(ValueError, match="no mail"):
        MAILGUN.parse(LINE, Posted(*written({**ABOUT, **fields}, boundary="b-1")))
