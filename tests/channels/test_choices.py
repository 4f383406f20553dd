"""Choices in words, and the words that name one of them."""

import pytest

from channels.base import Card, Choice, Content, Place
from channels.choices import chosen_by, written
from channels.wording import card_in_words, place_in_words

COLOURS = (Choice(title="Red", payload="r"), Choice(title="Dark blue", payload="b"))
ROOMS = (Choice(title="2", payload="two"), Choice(title="3", payload="three"))


def test_choices_become_numbered_lines_under_the_text() -> None:
    content = written(Content(text="Which one?", choices=COLOURS))

    assert content == Content(text="Which one?\n1. Red\n2. Dark blue")


@pytest.mark.parametrize("text", ["2", " 2 ", "Dark blue", "dark  BLUE\n"])
def test_a_number_or_a_title_names_a_choice_however_it_is_typed(text: str) -> None:
    assert chosen_by(text, COLOURS, is_numbered=True) == COLOURS[1]


@pytest.mark.parametrize("text", ["", "0", "3", "2.", "blue", "2 please", "Red or dark blue", "٢", "Reds"])
def test_what_says_anything_else_names_none(text: str) -> None:
    assert chosen_by(text, COLOURS, is_numbered=True) is None


def test_who_has_seen_no_numbers_names_none_by_one() -> None:
    assert chosen_by("2", COLOURS, is_numbered=False) is None


@pytest.mark.parametrize(("text", "payload"), [("2", None), ("3", "three"), ("1", "two")])
def test_a_number_that_could_mean_two_names_none(text: str, payload: str | None) -> None:
    choice = chosen_by(text, ROOMS, is_numbered=True)

    assert (choice.payload if choice else None) == payload


def test_a_place_in_words_has_its_name_its_coordinates_and_a_map() -> None:
    words = place_in_words(Place(latitude=52.52, longitude=13.405, name="Acme", address="Long Street 1"))

    assert words.splitlines() == [
        "Acme, Long Street 1",
        "52.520000,13.405000 https://www.google.com/maps/search/?api=1&query=52.520000%2C13.405000",
    ]


@pytest.mark.parametrize(
    ("card", "words"),
    [
        (Card(name="Ravi"), "Ravi"),
        (Card(name="Ravi", company="acme", phones=("+12025550123",)), "Ravi, acme: +12025550123"),
        (Card(name="Ravi", emails=("ravi@example.test",)), "Ravi: ravi@example.test"),
    ],
)
def test_a_card_in_words_says_who_and_how(card: Card, words: str) -> None:
    assert card_in_words(card) == words
