"""Mails that are broken, endless, or meant to do harm: they are read as far as they go, in good time."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.base import Inbound, Parsed, Posted
from channels.mail.markup import LONGEST
from channels.mail.parts import DEEPEST, MOST_PARTS, Part, taken_apart
from channels.mail.reading import MAIL_TYPE, MOST_PARTIES, MOST_RECIPIENTS, enclosed, read
from tests.channels.mail.test_reading import LINE, MAILS
from tests.clock import MORNING

WHOLE = [mail.read_bytes() for mail in MAILS]
HEAD = b"From: asha@example.com\nTo: desk@acme.test\nMessage-ID: <rubbish@example.com>\n"
MIXED = b"Content-Type: multipart/mixed; boundary="
PAGE = HEAD + b"Content-Type: text/html\n\n"

ENDLESS = {
    "a header": HEAD + b"X-Odd: " + b"a" * 1_000_000 + b"\n\nhello",
    "headers": HEAD + b"X: y\n" * 150_000 + b"\nhello",
    "quotes in a name": b'From: "' + b'"\\' * 300_000 + b"<asha@example.com>\n\nhello",
    "a reference": HEAD + b"References: " + b"a" * 900_000 + b"\n\nhello",
    "brackets": HEAD + b"References: " + b"<" * 900_000 + b"\n\nhello",
    "encoded words": HEAD + b"Subject: " + b"=?utf-8?q?a?= " * 60_000 + b"\n\nhello",
    "depth": HEAD + b"".join(MIXED + b"b%d\n\n--b%d\n" % (at, at) for at in range(2_000)) + b"\nhello",
    "parts": HEAD + MIXED + b"b\n\n" + b"--b\n\nx\n" * 200_000,
    "a body": HEAD + b"\n" + b"hello there\n" * 1_700_000,
    "a line": HEAD + b"\n" + b"a" * 20_000_000,
    "a quotation": HEAD + b"\n" + b"On 1 Mar 2054 at 18:02 asha@example.com\n" * 375,
    "an introduction": HEAD + b"\n" + b"On " * 5_000 + b"wrote:",
    "armour": HEAD + b"\n" + b"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n" * 6_000,
    "a line that flows on": HEAD + b"Content-Type: text/plain; format=flowed\n\n" + b"so much to say \n" * 1_300_000,
    "open tags": PAGE + b"<" * 500_000,
    "open links": PAGE + b'<a href="' * 200_000,
    "an attribute": PAGE + b'<p class="' + b"a class=" * 200_000 + b'">hello',
    "links that nobody closes": PAGE + b"<a>" * 20_000 + b"x<br>" * 20_000,
    "deep quotations": PAGE + b"<blockquote>" * 100_000 + b"hello",
    "a report": HEAD + MIXED + b"r\n\n--r\nContent-Type: message/delivery-status\n\n" + b"\nAction: failed\n" * 100_000,
}


def read_of(raw: bytes) -> list[Parsed]:
    """What is read of it; nothing where it is no mail."""
    try:
        return read(LINE, Posted(raw, MAIL_TYPE, {}, MORNING))
    except ValueError:
        return []


def only(raw: bytes) -> Inbound:
    """The one message that it is."""
    (message,) = read(LINE, Posted(raw, MAIL_TYPE, {}, MORNING))
    assert isinstance(message, Inbound)
    return message


def depth(part: Part) -> int:
    """How many parts lie in one another."""
    return 1 + max(map(depth, part.children), default=0)


@given(st.binary(max_size=2_000))
def test_anything_is_read_or_is_no_mail(raw: bytes) -> None:
    read_of(raw)
    read_of(HEAD + raw)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(WHOLE), st.data())
def test_a_mail_that_was_damaged_is_read(whole: bytes, data: st.DataObject) -> None:
    damaged = bytearray(whole)
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=8)):
        damaged[place] = data.draw(st.integers(0, 255))

    read_of(bytes(damaged))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(WHOLE), st.data())
def test_a_mail_that_was_cut_off_is_read(whole: bytes, data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(whole)), st.integers(0, len(whole)))))

    read_of(whole[:end])
    read_of(whole[start:])


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.stem)
def test_every_file_that_is_told_of_is_had_whole(mail: Path) -> None:
    raw = mail.read_bytes()
    files = [media for one in read_of(raw) if isinstance(one, Inbound) for media in one.content.media]

    assert [len(enclosed(raw, media)) for media in files] == [media.size for media in files]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("raw", ENDLESS.values(), ids=ENDLESS)
def test_what_has_no_end_is_read_in_good_time(raw: bytes) -> None:
    assert read_of(raw)


def test_ten_thousand_people_are_not_all_kept() -> None:
    people = b", ".join(b"a%d@example.com" % number for number in range(10_000))

    message = only(HEAD + b"Cc: " + people + b"\n\nhello")

    assert message.content.mail and len(message.content.mail.cc) == MOST_PARTIES
    assert message.envelope and len(message.envelope.recipients) == MOST_RECIPIENTS


def test_what_lies_too_deep_is_not_looked_at() -> None:
    assert depth(taken_apart(ENDLESS["depth"])) <= DEEPEST + 2


def test_no_more_parts_are_looked_at_than_any_mail_has() -> None:
    assert len(taken_apart(ENDLESS["parts"]).children) == MOST_PARTS


def test_no_more_html_is_read_than_a_mail_may_have() -> None:
    part = b"--b\nContent-Type: text/html\n\n<!--" + b"a" * (LONGEST // 2) + b"--><p>hello</p>\n"

    message = only(HEAD + MIXED + b"b\n\n" + part * 3)

    assert message.content.text == "hello"


def test_a_text_without_end_is_cut() -> None:
    message = only(ENDLESS["a line"])

    assert message.content.is_cut
    assert len(message.content.text) == 64 * 1024
