"""Where in a text the searched words stand, and the part of it that shows them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hub.store.tokens import LOOKED_AT, is_part_of_word, words

BEFORE, LENGTH = 40, 160

Span = tuple[int, int]


def hits_in(text: str, sought: Sequence[str]) -> list[Span] | None:
    """From where to where each word stands that begins with one of those; None when one of those begins none. Only
    where a text can be found by its words is looked at."""
    found: list[Span] = []
    missing = set(sought)
    for start, end in spans_of(text[:LOOKED_AT]):
        folded = words(text[start:end])
        begun = {one for one in sought if any(word.startswith(one) for word in folded)}
        missing -= begun
        if begun:
            found.append((start, end))
    return None if missing else found


def spans_of(text: str) -> Iterator[Span]:
    """Where the words stand, as `words` has them."""
    inside = [False, *map(is_part_of_word, text), False]
    edges = [place for place, (before, here) in enumerate(pairwise(inside)) if before != here]
    yield from zip(edges[::2], edges[1::2], strict=True)


def snippet(text: str, hits: Sequence[Span]) -> tuple[str, list[Span]]:
    """The part around the first hit, and the hits as they stand in it."""
    begin = max(0, hits[0][0] - BEFORE) if hits else 0
    part = text[begin : begin + LENGTH]
    inside = [(start - begin, end - begin) for start, end in hits if begin <= start and end <= begin + len(part)]
    return part, inside
