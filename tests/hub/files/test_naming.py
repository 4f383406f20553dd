"""What a file is called: nothing in a name misleads a person, a folder or a header."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.files.naming import LONGEST, clean, disposition

UNKNOWN = "application/octet-stream"


@pytest.mark.parametrize(
    ("name", "type", "cleaned"),
    [
        ("photo.png", "image/png", "photo.png"),
        ("PHOTO.JPG", "image/jpeg", "PHOTO.JPG"),
        ("Angebot für Müller.pdf", "application/pdf", "Angebot für Müller.pdf"),
        ("नमस्ते.txt", "text/plain", "नमस्ते.txt"),
        ("../../etc/passwd", "text/plain", "passwd"),
        ("C:\\Users\\asha\\plan.pdf", "application/pdf", "plan.pdf"),
        ("a\r\nSet-Cookie: x=1.png", "image/png", "a Set-Cookie_ x=1.png"),
        ("a\0b\x1b[31m.png", "image/png", "ab[31m.png"),
        ("invoice\u202efdp.png", "image/png", "invoicefdp.png"),
        ('a"b;c<d>|e*.png', "image/png", "a_b;c_d__e_.png"),
        (".htaccess", "text/plain", "htaccess"),
        ("  spaced  out . . ", "text/plain", "spaced out"),
        ("", "image/png", "file.png"),
        ("///", UNKNOWN, "file"),
        ("\u200b\u2066", "text/csv", "file"),
        ("page.html", UNKNOWN, "page.html.bin"),
        ("page.html", "image/png", "page.html.png"),
        ("invoice.pdf.exe", UNKNOWN, "invoice.pdf.exe.bin"),
        ("run.bat", "text/plain", "run.bat.txt"),
        ("drawing.svg", UNKNOWN, "drawing.svg.bin"),
        ("plan.dwg", UNKNOWN, "plan.dwg"),
        ("notes.md", "text/plain", "notes.md"),
        ("letter.docm", "application/zip", "letter.docm.zip"),
        ("voice", "audio/ogg", "voice.ogg"),
    ],
)
def test_a_name_is_cleaned(name: str, type: str, cleaned: str) -> None:
    assert clean(name, type) == cleaned


def test_a_long_name_keeps_its_suffix() -> None:
    cleaned = clean("a" * 500 + ".png", "image/png")

    assert len(cleaned) == LONGEST
    assert cleaned.endswith("aaa.png")


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["image/png", "text/plain", UNKNOWN]))
def test_no_name_is_more_than_a_name(name: str, type: str) -> None:
    cleaned = clean(name, type)

    assert 0 < len(cleaned) <= LONGEST
    assert not re.search(r'[\x00-\x1f\x7f-\x9f/\\<>:"|?*\u202a-\u202e\u2066-\u2069]', cleaned)
    assert clean(cleaned, type) == cleaned


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_a_header_holds_one_name_and_nothing_else(name: str) -> None:
    cleaned = clean(name, "image/png")

    header = disposition(cleaned, is_inline=False)

    found = re.fullmatch(r"attachment; filename=\"([^\"\\]*)\"; filename\*=UTF-8''([\w.~%-]+)", header, re.ASCII)
    assert found
    assert unquote(found[2]) == cleaned
    assert header.isascii()
    assert header.isprintable()
