"""How many segments a text takes."""

import random
from pathlib import Path
from typing import Any

import msgspec
import pytest

from channels.segments import BASIC, EXTENDED, segments

CASES: list[dict[str, Any]] = msgspec.json.decode((Path(__file__).parent / "segments.json").read_bytes())
# Of one unit and of two, in either alphabet.
LETTERS = ["a", "é", "\n", "€", "[", "я", "中", "\u0301", "😀", "🏳"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_text_takes_so_many_segments(case: dict[str, Any]) -> None:
    text = "".join(part * times for part, times in case["parts"])

    counted = segments(text)

    assert msgspec.to_builtins(counted) == {name: case[name] for name in ("encoding", "letters", "count", "left")}


def test_the_first_alphabet_has_a_letter_for_each_of_seven_bits_but_the_escape() -> None:
    assert len(BASIC) == 2**7 - 1
    assert not BASIC & EXTENDED


def slow(text: str, encoding: str) -> tuple[int, int]:
    """Letters and segments, by taking one letter after the other off the front of what is written out in units."""
    units = [unit for letter in text for unit in written(letter, encoding)]
    alone, each = (160, 153) if encoding == "gsm7" else (70, 67)
    if len(units) <= alone:
        return len(units), int(bool(units))
    count, rest = 0, units
    while rest:
        cut = min(each, len(rest))
        cut -= cut < len(rest) and rest[cut] == "second"
        count, rest = count + 1, rest[cut:]
    return len(units), count


def written(letter: str, encoding: str) -> list[str]:
    """The units of one letter."""
    is_pair = letter in "\f^{}\\[~]|€" if encoding == "gsm7" else len(letter.encode("utf-16-be")) == 4
    return ["first", "second"] if is_pair else ["first"]


@pytest.mark.parametrize("seed", range(50))
def test_it_counts_as_whoever_cuts_it_up_unit_by_unit(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311
    texts = ["".join(dice.choices(LETTERS[: dice.choice((5, 10))], k=dice.randrange(500))) for _ in range(40)]

    counted = [segments(text) for text in texts]

    assert [(one.letters, one.count) for one in counted] == [
        slow(text, one.encoding) for text, one in zip(texts, counted, strict=True)
    ]


@pytest.mark.parametrize("seed", range(20))
def test_what_is_left_fits_and_one_more_does_not(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311
    text = "".join(dice.choices(LETTERS, k=dice.randrange(1, 300)))
    before = segments(text)
    narrow = "a" if before.encoding == "gsm7" else "я"

    full, over = segments(text + narrow * before.left), segments(text + narrow * (before.left + 1))

    assert (full.count, full.left) == (before.count, 0)
    assert over.count == before.count + 1
