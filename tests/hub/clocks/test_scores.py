"""How people write a score."""

import pytest

from hub.clocks.scores import Score, read_score


@pytest.mark.parametrize(
    ("text", "score", "rest"),
    [
        ("5", 5, ""),
        (" 1 \n", 1, ""),
        ("4!", 4, ""),
        ("3/5", 3, ""),
        ("5️⃣", 5, ""),
        ("٤", 4, ""),
        ("⭐⭐⭐", 3, ""),
        ("★★★★★, great", 5, "great"),
        ("Fünf", 5, ""),
        ("cinco", 5, ""),
        ("two", 2, ""),
        ("4, but slow", 4, "but slow"),
        ("2 - nobody came", 2, "nobody came"),
        ("5. Thank you!", 5, "Thank you!"),
        ("5\nThank you", 5, "Thank you"),
    ],
)
def test_a_score_is_read(text: str, score: int, rest: str) -> None:
    assert read_score(text) == Score(score, rest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "6",
        "10",
        "2 more, please",
        "5pm works",
        "5.5",
        "⭐" * 6,
        "I have one",
        "One, I would like",
        "1-2",
        "²³",
    ],
)
def test_anything_else_is_a_message(text: str) -> None:
    assert read_score(text) is None
