"""The blanks of a canned reply: `{{person.name|there}}` is what a person is called, or `there`."""

import re
from collections.abc import Mapping

from hub.replying.errors import BlankUnfilled, UnknownBlank

BLANK = re.compile(r"{{\s*([A-Za-z0-9_.-]+)\s*(?:\|([^{}|]*))?}}")
ATTRIBUTE = "attribute."
KNOWN = frozenset({"person.name", "person.first_name", "member.name", "account.name"})


def names_in(text: str) -> set[str]:
    """What the blanks ask for."""
    return {found[1] for found in BLANK.finditer(text)}


def check(text: str) -> None:
    """Raise UnknownBlank for what can never be filled, and for braces that would be sent as they are."""
    unknown = sorted(name for name in names_in(text) if name not in KNOWN and not is_attribute(name))
    if unknown:
        raise UnknownBlank(f"Nothing fills {{{{{unknown[0]}}}}}.", field="text", blanks=unknown, known=sorted(KNOWN))
    left = BLANK.sub("", text)
    if "{{" in left or "}}" in left:
        raise UnknownBlank("A blank is written {{person.name}} or {{person.name|there}}.", field="text")


def is_attribute(name: str) -> bool:
    """Whether it asks for one of the account's own fields."""
    return name.startswith(ATTRIBUTE) and len(name) > len(ATTRIBUTE)


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with all blanks filled. None is left empty: raises BlankUnfilled, which names those that would be."""
    missing = sorted({found[1] for found in BLANK.finditer(text) if not filling(found, values)})
    if missing:
        raise BlankUnfilled("Nothing is known for these blanks: fill them in by hand.", blanks=missing)
    return BLANK.sub(lambda found: filling(found, values), text)


def filling(found: re.Match[str], values: Mapping[str, str]) -> str:
    """What is put into one blank."""
    return values.get(found[1], "").strip() or (found[2] or "").strip()
