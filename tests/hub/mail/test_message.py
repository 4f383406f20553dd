"""A letter as it goes over the wire: its headers, and that nobody else can add one."""

import email
import email.policy
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.mail.letters import invitation, password_changed
from hub.mail.message import compose
from hub.mail.models import Letter, Mailbox

SENDER = Mailbox("Parley", "parley@example.com")
TO = Mailbox("", "asha@example.test")
ID = "01hq0000000000000000000000"
MADE_AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HEADERS = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"]


def written(letter: Letter, sender: Mailbox = SENDER) -> bytes:
    return compose(letter, id=ID, sender=sender, to=TO, made_at=MADE_AT).as_bytes()


def read(content: bytes) -> EmailMessage:
    """As a mail program does."""
    return email.message_from_bytes(content, policy=email.policy.default)


def invited(name: str) -> Letter:
    return invitation(name, name, "https://parley.example.com/join", MADE_AT)


def test_headers_say_from_whom_to_whom_and_when() -> None:
    message = read(written(password_changed()))

    assert message["From"] == "Parley <parley@example.com>"
    assert message["To"] == "asha@example.test"
    assert message["Subject"] == "Your password was changed"
    assert message["Date"].datetime == MADE_AT


def test_headers_say_that_nobody_needs_to_answer_and_that_it_is_no_list() -> None:
    message = read(written(password_changed()))

    assert message["Auto-Submitted"] == "auto-generated"
    assert message.keys() == HEADERS


def test_message_id_is_of_the_letter_and_of_the_senders_domain() -> None:
    assert read(written(password_changed()))["Message-ID"] == f"<{ID}@example.com>"


def test_message_id_of_a_long_domain_is_not_mangled() -> None:
    sender = Mailbox("", f"parley@{'long-' * 11}name.{'long-' * 11}name.example.com")

    assert read(written(password_changed(), sender))["Message-ID"].strip() == f"<{ID}@{sender.domain}>"


def test_text_comes_first_and_html_is_the_alternative() -> None:
    message = read(written(password_changed()))

    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize("name", ["Zoë", "आशा राव", "株式会社パーレー", 'Ünal, "Riza" <x@y.z>', "🏡 Homes; Inc."])
def test_letters_of_all_scripts_come_through(name: str) -> None:
    message = read(written(invited(name), Mailbox(name, SENDER.address)))

    assert message["Subject"] == f"{name} invites you to {name}"
    assert [(box.display_name, box.addr_spec) for box in message["From"].addresses] == [(name, SENDER.address)]
    assert name in message.get_body(("plain",)).get_content()  # type: ignore[union-attr]


@given(name=st.text(), sender=st.text(st.characters(exclude_categories=["C", "Z"])))
def test_no_name_adds_a_header_or_a_recipient(name: str, sender: str) -> None:
    message = read(written(invited(name), Mailbox(sender, SENDER.address)))

    assert message.keys() == HEADERS
    assert [box.addr_spec for box in message["To"].addresses] == [TO.address]
    assert [box.addr_spec for box in message["From"].addresses] == [SENDER.address]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_subject_of_two_lines_is_refused_even_if_somebody_wrote_one(end: str) -> None:
    with pytest.raises(ValueError, match="linefeed or carriage return"):
        written(Letter(f"Hello{end}Bcc: all@example.test", "", ""))


@pytest.mark.parametrize("words", ["Zoë\n", "आशा" * 200, f"https://parley.example.com/{'x' * 2000}\n", ".\n.\n"])
def test_every_server_can_carry_it(words: str) -> None:
    content = written(Letter("आशा" * 40, words, f"<p>{words}</p>"))

    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 78
    assert content.count(b"\n") == content.count(b"\r\n")
    assert read(content).get_body(("plain",)).get_content().split() == words.split()  # type: ignore[union-attr]
