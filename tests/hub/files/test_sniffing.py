"""What a file is, is told by its content."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.files.archives import is_overlong
from hub.files.sniffing import PROGRAM, UNKNOWN, type_of
from tests.hub.files.samples import EXE, HTML, JPEG, MP4, OGG, PDF, PNG, SVG, archive, document

OFFICE = "application/vnd.openxmlformats-officedocument"
KNOWN = {
    "image/png": PNG,
    "image/jpeg": JPEG,
    "image/gif": b"GIF89a\1\0\1\0",
    "image/webp": b"RIFF\x24\0\0\0WEBPVP8 ",
    "image/heic": b"\0\0\0\x18ftypheic\0\0\0\0",
    "application/pdf": PDF,
    "video/mp4": MP4,
    "video/quicktime": b"\0\0\0\x14ftypqt  \0\0\0\0",
    "video/3gpp": b"\0\0\0\x14ftyp3gp4\0\0\0\0",
    "video/webm": b"\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x1fB\x86\x81\x01B\x82\x84webm",
    "audio/mp4": b"\0\0\0\x14ftypM4A \0\0\0\0",
    "audio/mpeg": b"\xff\xfb\x90\x64" + bytes(40),
    "audio/aac": b"\xff\xf1\x50\x80" + bytes(40),
    "audio/ogg": OGG,
    "audio/amr": b"#!AMR\n\x3c",
    "audio/wav": b"RIFF\x24\0\0\0WAVEfmt ",
    "application/zip": archive("a/b.txt"),
    f"{OFFICE}.wordprocessingml.document": document("wordprocessingml.document"),
    f"{OFFICE}.spreadsheetml.sheet": document("spreadsheetml.sheet"),
    f"{OFFICE}.presentationml.presentation": document("presentationml.presentation"),
    "text/plain": "Grüße, नमस्ते\n".encode(),
    "text/csv": b"name,city\nAsha,Pune\n",
    "text/vcard": b"BEGIN:VCARD\nVERSION:4.0\nEND:VCARD\n",
    "text/calendar": b"begin:vcalendar\r\nEND:VCALENDAR\r\n",
}
# What a browser would make something of, and what nobody knows.
DOWNLOADS = {
    "html": HTML,
    "html behind spaces": b"  \n\t <HTML>",
    "html after a text": b"Hello,\n<script src=x></script>",
    "html with a mark": b"\xef\xbb\xbf<html>",
    "svg": SVG,
    "xml": b'<?xml version="1.0"?><a/>',
    "another container": b"\0\0\0\x18ftypjunk\0\0\0\0",
    "a zip that ends early": archive("a")[:40],
    "text in another encoding": "Grüße".encode("latin-1"),
    "text with a control character": b"a\x1b[31mb",
    "an mp3 that never was": b"\xff\xfb\xff\xff",
    "an old office document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(20),
}
RUNS = {
    "windows": EXE,
    "linux": b"\x7fELF\2\1\1",
    "macOS": b"\xcf\xfa\xed\xfe\7",
    "java class": b"\xca\xfe\xba\xbe\0\0",
    "a script": b"#!/bin/sh\nrm -rf /\n",
    "java archive": archive("META-INF/MANIFEST.MF", "A.class"),
    "android": archive("AndroidManifest.xml", "classes.dex"),
    "a shortcut": b"L\0\0\0\x01\x14\x02\0" + bytes(10),
    "web assembly": b"\0asm\1\0\0\0",
}


@pytest.mark.parametrize("type", KNOWN)
def test_a_file_is_what_its_first_bytes_say(type: str) -> None:
    assert type_of(KNOWN[type]) == type


@pytest.mark.parametrize("name", DOWNLOADS)
def test_what_a_browser_would_run_and_what_nobody_knows_is_only_bytes(name: str) -> None:
    assert type_of(DOWNLOADS[name]) == UNKNOWN


@pytest.mark.parametrize("name", RUNS)
def test_what_a_machine_would_run_is_a_program(name: str) -> None:
    assert type_of(RUNS[name]) == PROGRAM


def test_a_text_that_begins_like_a_program_is_a_text() -> None:
    assert type_of(b"MZ is how the letter began.\n") == "text/plain"


def test_a_document_with_macros_is_no_document() -> None:
    macros = archive(types='<x ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>')

    assert type_of(macros) == "application/zip"


def test_a_polyglot_is_what_it_begins_with() -> None:
    assert type_of(b"GIF89a/*" + HTML + b"*/=1;alert(1)") == "image/gif"
    assert type_of(PNG + HTML) == "image/png"


def test_a_zip_with_an_endless_list_is_not_read() -> None:
    end = b"PK\x05\x06" + bytes(8) + (2**31).to_bytes(4, "little") + bytes(6)

    assert type_of(b"PK\x03\x04" + bytes(100) + end) == "application/zip"


def test_neither_is_one_that_says_elsewhere_how_long_its_list_is() -> None:
    locator = b"PK\x06\x07" + bytes(16)
    end = b"PK\x05\x06" + bytes(8) + b"\xff" * 8 + bytes(2)
    hidden = b"PK\x05\x06" + bytes(8) + (2**31).to_bytes(4, "little") + b"PK\x05\x06" + bytes(2)
    starts = archive("a/b.txt").replace(b"PK\x05\x06", locator + b"PK\x05\x06")

    assert is_overlong(starts)
    assert is_overlong(b"PK\x03\x04" + bytes(100) + locator + end)
    assert is_overlong(b"PK\x03\x04" + bytes(100) + hidden)
    assert not is_overlong(archive("a/b.txt"))


def test_a_table_with_uneven_rows_is_a_text() -> None:
    assert type_of(b"Dear Asha, hello\nhow are you, and, and\n") == "text/plain"


STARTS = (b"", b"PK\x03\x04", b"PK\x05\x06", b"MZ", b"\0\0\0\0ftyp", b"\xff\xfb")


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(STARTS))
def test_whatever_comes_has_a_type(content: bytes, start: bytes) -> None:
    assert type_of(start + content)
