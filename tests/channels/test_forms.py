"""Forms as providers send them, and what is none."""

import time

import pytest

from channels.forms import Form, Part, is_form, read_form
from tests.fakes.mailers.forms import File, written

TYPE = "multipart/form-data; boundary=b-1"
MB = 1024 * 1024


def read(*lines: bytes, type: str = TYPE) -> Form:
    """A form of these lines."""
    return read_form(b"\r\n".join(lines), type)


def test_fields_and_files_come_out_as_they_went_in() -> None:
    files = [
        File("attachment1", "a.png", "image/png", b"\x89PNG\r\n\r\n--b\r\n\0"),
        File("attachment2", "b", "text/x", b""),
    ]
    body, type = written({"subject": "Über", "text": b"\xfc\r\n--b-\r\n"}, files, boundary="b-1")

    form = read_form(body, type)

    assert [(part.name, part.content) for part in form.parts] == [
        ("subject", "Über".encode()),
        ("text", b"\xfc\r\n--b-\r\n"),
        ("attachment1", files[0].content),
        ("attachment2", b""),
    ]
    assert (form.parts[2].file_name, form.parts[2].type) == ("a.png", "image/png")


def test_a_field_is_utf_8_and_in_any_case_shown() -> None:
    form = Form((Part("a", b"\xfc"), Part("c", "ü".encode())))

    assert (form.text("a"), form.text("b"), form.text("c")) == ("\ufffd", "", "ü")


def test_a_field_of_json_that_makes_no_sense_is_none() -> None:
    form = Form((Part("a", b'{"x":[1]}'), Part("b", b"{"), Part("c", b""), Part("d", b"[" * 100_000)))

    assert [form.json(name) for name in "abcde"] == [{"x": [1]}, None, None, None, None]


def test_of_two_fields_of_a_name_the_first_counts() -> None:
    assert Form((Part("a", b"1"), Part("a", b"2"))).content("a") == b"1"


@pytest.mark.parametrize(
    ("head", "name", "file_name"),
    [
        (b'Content-Disposition: form-data; name="a"; filename="b;c.txt"', "a", "b;c.txt"),
        (b'content-disposition:form-data;NAME="a";filename="b"', "a", "b"),
        (b'Content-Disposition: form-data; filename="name=x"; name="a"', "a", "name=x"),
        (rb'Content-Disposition: form-data; name="a"; filename="b\"c.txt"', "a", 'b"c.txt'),
        (b'Content-Disposition: form-data; name="a"; filename="b%22c.txt"', "a", 'b"c.txt'),
        ('Content-Disposition: form-data; name="a"; filename="ä.txt"'.encode(), "a", "ä.txt"),
    ],
    ids=range(6),
)
def test_names_are_read_however_they_are_written(head: bytes, name: str, file_name: str) -> None:
    [part] = read(b"--b-1", head, b"", b"said", b"--b-1--").parts

    assert (part.name, part.file_name, part.content) == (name, file_name, b"said")


def test_what_stands_around_a_form_and_what_has_no_name_is_nothing() -> None:
    form = read(
        b"Good morning", b"--b-1", b"Content-Type: text/plain", b"", b"no name",
        b"--b-1  ", b'Content-Disposition: x; name="a"', b"", b"1", b"--b-1--", b"Good night",
    )  # fmt: skip

    assert [(part.name, part.content) for part in form.parts] == [("a", b"1")]


@pytest.mark.parametrize("line", [b"--b-12", b"--b-1-", b"--b-1 x", b" --b-1", b"--b-1 \t-"])
def test_a_line_that_only_looks_like_a_boundary_belongs_to_what_is_said(line: bytes) -> None:
    form = read(b"--b-1", b'Content-Disposition: x; name="a"', b"", b"1", line, b"2", b"--b-1 \t", b"x", b"--b-1--")

    assert form.content("a") == b"1\r\n" + line + b"\r\n2"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--b-1",
        b"--b-1--",
        b"--b-1\r\n",
        b'--b-1\r\nContent-Disposition: form-data; name="a"\r\n\r\nbroken off',
        b'--b-1\r\nContent-Disposition: form-data; name="a"\r\n\r\nbroken off\r\n--b-1',
        b'--b-1\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 2000 + b"--b-1--",
    ],
    ids=range(7),
)
def test_what_is_no_form_is_a_value_error(body: bytes) -> None:
    with pytest.raises(ValueError, match="no form"):
        read_form(body, TYPE)


@pytest.mark.parametrize(
    "type", ["", "multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=b-1", "é"]
)
def test_without_a_boundary_there_is_no_form(type: str) -> None:
    with pytest.raises(ValueError, match="no form"):
        read_form(b'--b-1\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b-1--', type)


def test_a_form_without_files_keeps_bytes_of_any_charset() -> None:
    form = read_form(b"body-mime=From%3A+%FC%0D%0A&a=%C3%BC&b=", "application/x-www-form-urlencoded; charset=utf-8")

    assert (form.content("body-mime"), form.text("a"), form.content("b")) == (b"From: \xfc\r\n", "ü", b"")


@pytest.mark.parametrize(
    ("type", "is_one"),
    [(TYPE, True), ("Multipart/Form-Data;boundary=x", True), ("application/json", False), ("", False)],
)
def test_a_form_says_that_it_is_one(type: str, is_one: bool) -> None:
    assert is_form(type) is is_one


@pytest.mark.parametrize(
    "filling",
    [b"\r\n--b-" * 5 * MB, b"\r\n--b-1 x" * 3 * MB, b"\r\n" * 15 * MB, b"\0" * 30 * MB],
    ids=["almost_boundaries", "boundaries_with_more", "line_breaks", "zeros"],
)
def test_thirty_megabytes_take_less_than_a_second(filling: bytes) -> None:
    body, type = written({"email": filling, "envelope": "{}"}, boundary="b-1")
    began = time.perf_counter()

    form = read_form(body, type)

    assert time.perf_counter() - began < 1
    assert len(form.content("email") or b"") == len(filling)
