"""What is said of a line by whoever has looked at it."""

from channels.value import Value


class Finding(Value, frozen=True):
    """Something about a line that was looked at. `advice` says what to do where it is not well."""

    about: str
    is_well: bool
    words: str
    advice: str = ""


def finding(about: str, words: str, advice: str = "") -> Finding:
    """What needs no advice is well."""
    return Finding(about=about, is_well=not advice, words=words, advice=advice)
