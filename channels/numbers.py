"""Telephone numbers, as providers of SMS write them: some with their plus, some without."""

import re
from collections.abc import Sequence

from channels.values import Address, IdentityKind

# What has fewer digits is of one country only, and what has letters is of none.
INTERNATIONAL = re.compile(r"\+?([1-9][0-9]{6,14})")
SHORT_CODE = re.compile(r"[0-9]{3,8}")


def with_plus(written: str) -> str:
    """The number with its plus; what is no international number stays as it is."""
    found = INTERNATIONAL.fullmatch(written.strip())
    return f"+{found[1]}" if found else written.strip()


def without_plus(number: str) -> str:
    """The number as providers write it that have no plus."""
    return number.strip().removeprefix("+")


def sender(written: str) -> Address:
    """Who has sent something. Banks and carriers send by short codes and by names, and cannot be answered there."""
    number = with_plus(written)
    return Address(kind=IdentityKind.PHONE if number.startswith("+") else IdentityKind.CUSTOM, value=number)


def our_name(names: Sequence[str], written: str) -> str:
    """Which of the line's names is meant."""
    return written.strip() if written.strip() in names else with_plus(written)


def complaint(numbers: str) -> str:
    """What is wrong about the numbers of a pool, with a space between two; empty when nothing is."""
    odd = [one for one in numbers.split() if not (one.startswith("+") and INTERNATIONAL.fullmatch(one))]
    odd = [one for one in odd if not SHORT_CODE.fullmatch(one)]
    return f"These are no numbers: {', '.join(odd)}. One is written such as +12025550142." if odd else ""
