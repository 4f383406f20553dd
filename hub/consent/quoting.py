"""What somebody has written in a mail themselves, above what their mail program quotes of ours."""

from collections.abc import Sequence

# By these a line begins from which on nothing is said any more: quotations, signatures, the rules between.
BEGINNINGS = (">", "--", "____")
# Whoever asks for something in a word has said it by then.
MOST_LETTERS = 4000


def above_quotation(text: str) -> tuple[str, ...]:
    """What may be all that they say. Where a line such as "On Monday, Asha wrote:" leads to the quotation, it is taken
    away, alone and with the lines right above it, into which programs break it."""
    lines = [line.strip() for line in text[:MOST_LETTERS].splitlines()]
    end = next((place for place, line in enumerate(lines) if line.startswith(BEGINNINGS)), None)
    if end is None:
        return (text,)
    while end and not lines[end - 1]:
        end -= 1
    above = lines[:end]
    if not above or not above[-1].endswith(":"):
        return (said(above),)
    break_at = max((place for place, line in enumerate(above) if not line), default=0)
    return said(above[:-1]), said(above[:break_at])


def said(lines: Sequence[str]) -> str:
    """These lines as one text."""
    return "\n".join(lines)
