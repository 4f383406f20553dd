"""Whom a mail names: addresses with names beside, comments, groups, and much that is none of them."""

import re
from collections.abc import Iterator

from channels.base import Party
from channels.mail.charsets import cleaned
from channels.mail.headers import decoded

LONGEST_ADDRESS, LONGEST_NAME = 320, 200
# More of a header is of no use: it has room for some thousand people.
LONGEST_HEADER = 50_000
ADDRESS = re.compile(r"[^\s@<>()\[\]\",;:\\]{1,128}@[^\s@<>()\",;:\\]{1,255}")
# A quoted name, an address in brackets, what divides, a word. An unclosed quote is a letter.
TOKEN = re.compile(
    r'"(?P<quoted>(?:[^"\\]|\\.){0,300}+)"(?P<local>@[^\s<>(),;:"]+)?|<(?P<bracketed>[^<>]{0,1000})>|(?P<divider>[,;:()])'
    r'|(?P<word>[^\s"<,;:()]+)|(?P<other>["<])',
    re.DOTALL,
)


def parties(value: str) -> Iterator[Party]:
    """Everybody in a header, in order; who has no address is passed over."""
    bracketed, words, comments, depth = "", list[str](), list[str](), 0
    for token in TOKEN.finditer(value[:LONGEST_HEADER]):
        kind, divider = token.lastgroup, token["divider"]
        if divider in ("(", ")"):
            depth = max(0, depth + (1 if divider == "(" else -1))
        elif depth:
            comments.append(token[0].strip('"'))
        elif divider:
            # Before a colon stands the name of a group; its people follow.
            yield from party(bracketed, words if divider != ":" else [], comments)
            bracketed, words, comments = "", [], []
        elif kind == "bracketed":
            bracketed = token["bracketed"]
        else:
            words.append(word_of(token))
    yield from party(bracketed, words, comments)


def word_of(token: re.Match[str]) -> str:
    """A word as it is meant."""
    if token["quoted"] is None:
        return token[0]
    quoted = re.sub(r"\\(.)", r"\1", token["quoted"])
    return quoted + (token["local"] or "")


def party(bracketed: str, words: list[str], comments: list[str]) -> Iterator[Party]:
    """What stood between two dividers, if it is somebody."""
    named = address_of(bracketed)
    if not named:
        named = next(filter(None, map(address_of, words)), "")
        words = [word for word in words if address_of(word) != named]
    if named:
        yield Party(address=named, name=name_of(" ".join(words) or " ".join(comments), named))


def address_of(written: str) -> str:
    """In small letters, without the way by which it was to go; empty where it is none."""
    said = cleaned(written).strip().strip("'").rstrip(".").lower()
    if said.startswith("@"):
        said = said.rpartition(":")[2]
    said = said.removeprefix("mailto:")
    return said if len(said) <= LONGEST_ADDRESS and ADDRESS.fullmatch(said) else ""


def name_of(written: str, address: str) -> str:
    """What they are called; a name that is only the address again is none."""
    name = decoded(written).strip(" '\"")[:LONGEST_NAME]
    return "" if name.lower() == address else name
