"""Blanks are filled, or said to be empty: nobody is ever greeted with `Hello ,`."""

import pytest

from hub.replying import blanks
from hub.replying.errors import BlankUnfilled, UnknownBlank


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Hello {{person.name}}!", "Hello Ada!"),
        ("Hello {{ person.name | there }}!", "Hello Ada!"),
        ("Hello {{attribute.title|there}}!", "Hello there!"),
        ("{{person.name}} and {{person.name}}", "Ada and Ada"),
        ("{{attribute.size}}", "{{person.name}}"),
        ("{ not a blank }", "{ not a blank }"),
    ],
)
def test_a_blank_is_filled(text: str, filled: str) -> None:
    known = {"person.name": "Ada", "attribute.title": " ", "attribute.size": "{{person.name}}"}

    assert blanks.fill(text, known) == filled


@pytest.mark.parametrize("text", ["Hello {{person.name}}!", "Hello {{person.name|}}!", "Hello {{person.name| }}!"])
def test_a_blank_that_nothing_fills_is_named(text: str) -> None:
    with pytest.raises(BlankUnfilled) as refused:
        blanks.fill(text, {"person.name": " "})

    assert refused.value.data == {"blanks": ["person.name"]}


@pytest.mark.parametrize(
    "text", ["{{person.nam}}", "{{attribute.}}", "{{}}", "{{person.name", "person.name}}", "{{a|b|c}}", "{{ {{x}} }}"]
)
def test_what_can_never_be_filled_is_refused(text: str) -> None:
    with pytest.raises(UnknownBlank):
        blanks.check(text)


@pytest.mark.parametrize("text", ["plain", "{{person.first_name|you}}", "{{attribute.shoe-size}} {{account.name}}"])
def test_what_can_be_filled_is_taken(text: str) -> None:
    blanks.check(text)
