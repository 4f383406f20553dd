"""Values of JSON as they come: numbers for texts, nulls, empty strings and things of the wrong kind."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite
from typing import Any, Self

LONGEST_ID = 500
# Times in milliseconds are larger than any sensible one in seconds.
LEAST_MS = 10**11
# The escapes of JSON; of letters that take two, both halves at once, and else the half that stands alone.
HALF = rb"\ud"
ESCAPED = re.compile(rb"(?i)\\(?:u(?:d[89ab]..\\ud[c-f]..|(?P<half>d[89a-f]..)|....)|.)", re.DOTALL)
# What lies outside is a mistake, and could not be counted on from.
FIRST_YEAR, LAST_YEAR = 2000, 2200


@dataclass(frozen=True)
class Fields:
    """An object of the wire. Whatever is not there, or is of no use, is empty or None."""

    values: Mapping[str, Any]

    @classmethod
    def of(cls, value: Any) -> Self:
        """The fields of an object; none of anything else."""
        return cls(value if isinstance(value, dict) else {})

    def text(self, name: str) -> str:
        """Words; a number counts as its digits."""
        value = self.values.get(name)
        if isinstance(value, str):
            return value
        return str(value) if is_whole(value) else ""

    def id(self, name: str) -> str:
        """What something is called by; nothing of a size that is none."""
        id = self.text(name).strip()
        return id if len(id) <= LONGEST_ID else ""

    def number(self, name: str) -> float | None:
        """A number that can be counted with."""
        try:
            number = float(self.text(name) or self.values.get(name))  # type: ignore[arg-type]
        except (TypeError, ValueError, OverflowError):
            return None
        return number if isfinite(number) and not isinstance(self.values.get(name), bool) else None

    def time(self, name: str) -> datetime | None:
        """Seconds or milliseconds since 1970, or as ISO 8601 writes it."""
        number = self.number(name)
        try:
            if number is None:
                time = datetime.fromisoformat(self.text(name))
                time = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
            else:
                time = datetime.fromtimestamp(number / 1000 if number >= LEAST_MS else number, UTC)
        except (ValueError, OverflowError, OSError):
            return None
        whole_ms = time.replace(microsecond=time.microsecond // 1000 * 1000)
        return whole_ms if FIRST_YEAR <= time.year <= LAST_YEAR else None

    def part(self, name: str) -> "Fields":
        """An object in it."""
        return Fields.of(self.values.get(name))

    def items(self, name: str) -> list[Any]:
        """A list in it; a single thing counts as a list of it."""
        value = self.values.get(name)
        if isinstance(value, list):
            return value
        return [value] if value else []


def whole_letters(json: bytes) -> bytes:
    """The same JSON, with a sign in the place of each half of a letter: programs that cut a text within an emoji write
    such halves, and they cannot be stored."""
    return ESCAPED.sub(lambda found: rb"\ufffd" if found["half"] else found[0], json) if HALF in json.lower() else json


def is_whole(value: Any) -> bool:
    """Whether it is a whole number; Python counts true and false among them."""
    return isinstance(value, int) and not isinstance(value, bool)
