"""Tokens: what sealed text is found by. A token is the keyed hash of a word, or of how a word begins: the same word of
the same account gives the same number, and nobody without the account's key can tell of which."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from hub.store.sealed import Keyring

PLACE = "search.words"
SHORTEST, LONGEST = 2, 10
# What one text may be found by: a very long one is found by the words that come first.
MOST = 400
LOOKED_AT = 20_000
# A document's number has a sign.
BITS = 63
ACCENTS = re.compile("[\u0300-\u036f]")
# Apostrophes, and what joins or parts letters without being seen: O'Brien is one word.
INSIDE = re.compile("['\u2019\u02bc\u00ad\u200c\u200d\ufe00-\ufe0f]")


def words(text: str) -> list[str]:
    """The words of a text as they are compared: in small letters, without accents, of any script; numbers too."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    plain = unicodedata.normalize("NFC", INSIDE.sub("", ACCENTS.sub("", folded)))
    return "".join(one if is_letter(one) else " " for one in plain).split()


@lru_cache(maxsize=10_000)
def is_letter(one: str) -> bool:
    """A letter, a digit, or a mark at one of them: the vowel signs of many scripts are marks, which the `\\w` of a
    regular expression leaves out."""
    return unicodedata.category(one)[0] in "LNM"


@lru_cache(maxsize=10_000)
def is_part_of_word(one: str) -> bool:
    """Whether words do not end before it, as a text is written."""
    return is_letter(one) or INSIDE.match(one) is not None


def token_of(keyring: Keyring, word: str) -> int:
    """The number of a word, or of how one begins, as `words` has it."""
    return int.from_bytes(keyring.lookup(PLACE, word)[:8]) >> (64 - BITS)


def tokens_of(
    keyring: Keyring, text: str, *, prefixes: bool, shortest: int = SHORTEST, longest: int = LONGEST
) -> list[int]:
    """What a text is found by: its words, and with `prefixes` whatever they begin with. The words come first, so that
    each of them counts before any beginning does."""
    found = dict.fromkeys(words(text[:LOOKED_AT]))
    parts = (*found, *beginnings(found, shortest, longest)) if prefixes else found
    return [token_of(keyring, part) for part in [*dict.fromkeys(parts)][:MOST]]


def beginnings(words: dict[str, None], shortest: int, longest: int) -> Iterator[str]:
    """How the words begin, the longest beginnings first: those tell most."""
    for length in range(longest, shortest - 1, -1):
        yield from (word[:length] for word in words if len(word) > length)


def sought(keyring: Keyring, text: str, *, longest: int = LONGEST) -> list[int]:
    """What must all be among the tokens of a text in which each of these words begins a word. Of a word longer than any
    beginning that is kept, its beginning is looked for: whoever must know opens what was found."""
    return [token_of(keyring, part) for part in dict.fromkeys(word[:longest] for word in words(text))]
