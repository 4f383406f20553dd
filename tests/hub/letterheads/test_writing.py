"""A mail as it is read: the same words as text and as HTML, and nothing in them that is more than words."""

import re

import pytest

from hub.letterheads.colours import contrast, read, readable
from hub.letterheads.writing import DARK, LIGHT, Around, Drawn, Foot, as_html, as_text

ACCENT = "#7d2f65"
HOSTILE = """<img src=x onerror=alert(1)> $words ${accent} "quoted" & 'more' </td></body>"""
WHOLE = Around(
    signature="Asha\nacme",
    footer="acme, Long Street 1",
    foot=Foot(why="You know us.", says="Unsubscribe", url="https://a.example/u/1"),
)


def test_what_stands_below_the_words_stands_below_the_line_that_mail_programs_know() -> None:
    text = as_text("Hello\r\nyou\n", WHOLE)

    assert text == (
        "Hello\nyou\n\n-- \nAsha\nacme\n\nacme, Long Street 1\n\nYou know us.\nUnsubscribe: https://a.example/u/1"
    )


def test_words_with_nothing_around_them_stay_as_they_are() -> None:
    assert as_text("Hello", Around()) == "Hello"


def test_paragraphs_and_lines_are_kept() -> None:
    html = as_html("One\ntwo\n \n\nThree", Around(), ACCENT)

    assert re.findall(r"<p[^>]*>(.*?)</p>", html, re.DOTALL) == ["One<br>\ntwo", "Three"]


@pytest.mark.parametrize("place", ["words", "signature", "footer", "why", "says", "url", "src", "alt"])
def test_nothing_that_somebody_has_written_is_taken_for_html(place: str) -> None:
    written = dict.fromkeys(("words", "signature", "footer", "why", "says", "url", "src", "alt"), "x") | {
        place: HOSTILE
    }
    foot = Foot(why=written["why"], says=written["says"], url=written["url"])
    logo = Drawn(src=written["src"], width=8, height=6, alt=written["alt"])
    around = Around(signature=written["signature"], footer=written["footer"], foot=foot, logo=logo)

    html = as_html(written["words"], around, ACCENT)

    assert html.count("<img") == 1
    assert "&lt;img src=x onerror=alert(1)&gt; $words ${accent} &quot;quoted&quot; &amp; &#x27;more&#x27;" in html


@pytest.mark.parametrize(
    ("words", "url"),
    [
        ("Look at https://a.example/b?c=1&d=2.", "https://a.example/b?c=1&amp;d=2"),
        ("(see HTTP://a.example/b)", "HTTP://a.example/b"),
        ("https://a.example/b_(c), then", "https://a.example/b_(c)"),
        ("<https://a.example>", "https://a.example"),
    ],
)
def test_an_address_of_a_page_is_a_link_without_what_ends_the_sentence(words: str, url: str) -> None:
    assert f'<a href="{url}"' in as_html(words, Around(), ACCENT)


@pytest.mark.parametrize("words", ["javascript:alert(1)", "data:text/html,x", "www.a.example", "https://"])
def test_nothing_else_is_a_link(words: str) -> None:
    assert "<a " not in as_html(words, Around(), ACCENT)


def test_a_mail_loads_nothing_from_anywhere() -> None:
    html = as_html("Hello https://a.example/b.png", WHOLE, ACCENT)

    assert not re.search(r"<(?:img|link|script|iframe|object)|src=|url\(|@import", html)


def test_a_mail_is_the_same_each_time() -> None:
    assert as_html("Hello", WHOLE, ACCENT) == as_html("Hello", WHOLE, ACCENT)


@pytest.mark.parametrize("paper", [LIGHT, DARK])
@pytest.mark.parametrize("accent", ["#000000", "#ffffff", "#ffee00", "#7d2f65", "#777777"])
def test_links_can_be_read_in_the_light_and_in_the_dark(accent: str, paper: str) -> None:
    assert contrast(read(readable(accent, paper)), read(paper)) >= 4.5


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert readable(ACCENT, LIGHT) == ACCENT
