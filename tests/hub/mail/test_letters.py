"""The letters: what stands in them, and what nobody can make stand in them."""

import inspect
import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.mail import letters
from hub.mail.models import Letter

URL = "https://parley.example.com/join?token=abc&lang=en"
UNTIL = datetime(2026, 3, 9, 9, 5, tzinfo=UTC)
WITH_LINK = {
    "invitation": letters.invitation("Rossi & Sons", "Asha", URL, UNTIL),
    "password_reset": letters.password_reset(URL),
    "prove_address": letters.prove_address(URL),
    "line_needs_somebody": letters.line_needs_somebody("Sales", ["The access token expires on 1 May 2026."], URL),
}
NOTICES = {
    "password_changed": letters.password_changed(),
    "second_factor_removed": letters.second_factor_removed(),
    "passkey_added": letters.passkey_added("Laptop"),
    "passkey_removed": letters.passkey_removed("Laptop"),
    "passkey_locked": letters.passkey_locked("Laptop"),
}
ALL = WITH_LINK | NOTICES

every_letter = pytest.mark.parametrize("letter", ALL.values(), ids=ALL)


def invited(account_name: str = "Acme", inviter_name: str = "Asha") -> Letter:
    return letters.invitation(account_name, inviter_name, URL, UNTIL)


def test_every_kind_of_letter_is_looked_at_here() -> None:
    written = [name for name, made in inspect.getmembers(letters, inspect.isfunction) if returns_letter(made)]

    assert set(written) - {"lay_out"} == set(ALL)


def returns_letter(made: object) -> bool:
    return inspect.signature(made).return_annotation is Letter  # type: ignore[arg-type]


@pytest.mark.parametrize("letter", WITH_LINK.values(), ids=WITH_LINK)
def test_link_stands_in_the_text_on_a_line_of_its_own_and_in_one_button(letter: Letter) -> None:
    assert URL in letter.text.splitlines()
    assert re.findall(r'<a href="([^"]+)"', letter.html) == [URL.replace("&", "&amp;")]


@pytest.mark.parametrize("letter", NOTICES.values(), ids=NOTICES)
def test_notice_has_no_link_that_one_could_be_taught_to_click(letter: Letter) -> None:
    assert "<a " not in letter.html
    assert "://" not in letter.text


@every_letter
def test_html_loads_nothing_and_runs_nothing(letter: Letter) -> None:
    assert not re.search(r"<(img|script|link|iframe|object|svg|base|form)\b|\bsrc=|url\(|@import| on\w+=", letter.html)


@every_letter
def test_html_is_for_both_colour_schemes(letter: Letter) -> None:
    assert '<meta name="color-scheme" content="light dark">' in letter.html
    assert "@media (prefers-color-scheme: dark)" in letter.html


@every_letter
def test_text_says_what_the_html_says(letter: Letter) -> None:
    first = letter.text.splitlines()[0]

    assert first.replace("&", "&amp;") in letter.html
    assert "$" not in letter.html


def test_names_are_in_the_subject_and_in_the_text_as_they_were_written() -> None:
    letter = invited("Rossi & Söhne", "Zoë")

    assert letter.subject == "Zoë invites you to Rossi & Söhne"
    assert "the team of Rossi & Söhne" in letter.text


def test_markup_in_a_name_stays_text() -> None:
    letter = invited("<script>alert(1)</script>", '"><img src=x>')

    assert "<script>" not in letter.html
    assert "<img" not in letter.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in letter.html


def test_link_cannot_leave_its_attribute() -> None:
    letter = letters.password_reset('https://parley.example.com/"><b onclick=x')

    assert "<b " not in letter.html


def test_pattern_of_the_page_in_a_name_is_not_filled_in() -> None:
    assert "$url ${link}" in invited("$url ${link}").html


@given(name=st.text())
def test_no_name_makes_a_second_line(name: str) -> None:
    subject = invited(name, name).subject

    assert subject.splitlines() == [subject]
    assert subject.isprintable() or not re.search(r"[\x00-\x1f\x7f-\x9f]", subject)


@pytest.mark.parametrize(
    "name", ["Asha\r\nBcc: all@example.test", "Asha\nBcc: x", "Asha\u2028Bcc: x", "Asha\x00Bcc: x"]
)
def test_lines_in_a_name_become_one(name: str) -> None:
    assert invited("Acme", name).subject.startswith("Asha Bcc: ")


def test_name_cannot_turn_the_words_after_it_around() -> None:
    assert invited("Acme\u202egro.live\u2066", "Asha").subject == "Asha invites you to Acmegro.live"


def test_half_a_character_is_left_out() -> None:
    assert invited("Ac\ud83dme").text.encode()


def test_long_name_is_cut() -> None:
    letter = invited("A" * 1000, "B" * 1000)

    assert letter.subject == f"{'B' * 59}… invites you to {'A' * 59}…"


def test_inviter_without_a_name_is_somebody() -> None:
    assert invited("Acme", " \n").subject == "Somebody invites you to Acme"


def test_moment_is_told_in_a_zone_that_everybody_knows() -> None:
    in_india = datetime(2026, 3, 9, 14, 35, tzinfo=timezone(timedelta(hours=5, minutes=30)))

    assert letters.moment(in_india) == letters.moment(UNTIL) == "9 March 2026, 09:05 UTC"
    assert "good until 9 March 2026, 09:05 UTC" in invited().text
