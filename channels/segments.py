"""How many segments a text takes: what a provider of SMS sends one by one, and is paid for by.

The alphabets are those of 3GPP TS 23.038: seven bits a letter where all of the text is in the first one, else sixteen.
web/shared/segments.ts counts the same way while somebody writes; tests/channels/segments.json holds for both.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from channels.values import Value

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Each of these is an escape and a letter: two, which stay together.
EXTENDED = frozenset("\f^{}\\[~]|€")
FIRST_OF_TWO_UNITS = "\U00010000"


class Segments(Value, frozen=True):
    """What a text takes. `letters` are counted as its encoding has them, where some are two; `left` is how many more
    fit into the last segment, or into the only one."""

    encoding: Literal["gsm7", "ucs2"]
    letters: int
    count: int
    left: int


class Room(NamedTuple):
    """What fits into the only segment, and into each where there are several: those say which one they are."""

    alone: int
    each: int


class Packed(NamedTuple):
    """What letters fill: whole segments, and so much of the last."""

    full: int
    last: int


SEVEN_BITS, SIXTEEN_BITS = Room(160, 153), Room(70, 67)


def segments(text: str) -> Segments:
    """What a provider makes of it, unless it writes some letters otherwise to save a segment."""
    if BASIC.union(EXTENDED).issuperset(text):
        return counted("gsm7", SEVEN_BITS, [2 if letter in EXTENDED else 1 for letter in text])
    return counted("ucs2", SIXTEEN_BITS, [2 if letter >= FIRST_OF_TWO_UNITS else 1 for letter in text])


def counted(encoding: Literal["gsm7", "ucs2"], room: Room, widths: Sequence[int]) -> Segments:
    """Of letters that are so wide, in this encoding."""
    letters = sum(widths)
    if letters <= room.alone:
        return Segments(encoding=encoding, letters=letters, count=min(letters, 1), left=room.alone - letters)
    packed = pack(widths, room.each)
    return Segments(encoding=encoding, letters=letters, count=packed.full + 1, left=room.each - packed.last)


def pack(widths: Sequence[int], each: int) -> Packed:
    """One after the other; no letter of two is cut in half."""
    full = last = 0
    for width in widths:
        if last + width > each:
            full, last = full + 1, 0
        last += width
    return Packed(full, last)
