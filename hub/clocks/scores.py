"""Whether a message is the answer to how it went: a score from 1 to 5, however people write one. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

STARS = "⭐★🌟"
# What only changes how a character is drawn: 5️⃣ is a 5.
DRAWING = re.compile("[\ufe0e\ufe0f\u20e3\u200d]")
BEGINNING = re.compile(rf"\s*(?P<score>[{STARS}]{{1,5}}|\d|[^\W\d_]+)(?:\s*/\s*5)?(?P<rest>.*)", re.DOTALL)
# Between the score and what is said beside it; "2 more, please" is no score.
PARTED = re.compile(r"\s*(?:[.!,;:)]+(?:\s|$)|\n|\s[-\u2013\u2014]|[-\u2013\u2014]\s)")
WORDS: Mapping[str, int] = {
    word: score
    for words in (
        "one two three four five",
        "eins zwei drei vier fünf",
        "uno dos tres cuatro cinco",
        "un deux trois quatre cinq",
        "uno due tre quattro cinque",
        "een twee drie vier vijf",
    )
    for score, word in enumerate(words.split(), start=1)
}


class Score(NamedTuple):
    """How it went, and what was said beside."""

    score: int
    rest: str


def read_score(text: str) -> Score | None:
    """The score that stands alone, or in front of everything else and apart from it; None for any other message."""
    found = BEGINNING.fullmatch(DRAWING.sub("", text))
    score = value_of(found["score"]) if found else None
    if found is None or score is None or score not in range(1, 6):
        return None
    rest = found["rest"]
    if not rest.strip(" \t\r\n.!"):
        return Score(score, "")
    # A word in front of others is the beginning of a sentence.
    parting = None if found["score"].casefold() in WORDS else PARTED.match(rest)
    return Score(score, rest[parting.end() :].strip()) if parting else None


def value_of(token: str) -> int | None:
    """How many stars, which digit in any script, which word."""
    if token[0] in STARS:
        return len(token)
    return unicodedata.digit(token, None) if len(token) == 1 and token.isdigit() else WORDS.get(token.casefold())
