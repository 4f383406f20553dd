"""Names that somebody has chosen, as they may stand among words of ours."""

import unicodedata

# They turn the direction of what follows, so that a name could rewrite the sentence around it.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Control characters, halves of characters, and what parts lines or paragraphs.
UNPRINTABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})


def on_one_line(name: str, *, longest: int) -> str:
    """The name on one line, with so many letters at most."""
    printable = (" " if unicodedata.category(letter) in UNPRINTABLE else letter for letter in name)
    words = "".join(letter for letter in printable if letter not in TURNING).split()
    text = " ".join(words)
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
