"""docs/rules.md says all that rules know."""

import re
from collections.abc import Sequence
from typing import get_args

import pytest

from hub.rules import deeds, filters
from hub.rules.doing import HOW
from hub.rules.filters import FIELDS, Operation
from hub.rules.models import When
from hub.rules.repository import MAY_BE
from tests.contracts.source import ROOT

GUIDE = (ROOT / "docs/rules.md").read_text()


def rows(heading: str) -> list[str]:
    """The lines of a chapter's tables."""
    chapter = re.split(r"^## ", GUIDE, flags=re.MULTILINE)
    text = next(part for part in chapter if part.startswith(f"{heading}\n"))
    return [line for line in text.splitlines() if line.startswith("| `")]


def names(lines: Sequence[str]) -> set[str]:
    """What the first column names."""
    return {name for line in lines for name in re.findall(r"`([\w.]+)`", line.split("|")[1])}


def test_it_names_all_that_rules_wait_for() -> None:
    assert names(rows("When")) == {when.value for when in When} == {when.value for when in MAY_BE}


def test_it_names_all_fields_and_operations() -> None:
    assert names(rows("If")) == {*FIELDS, "attribute.key", *get_args(Operation)}


@pytest.mark.parametrize("name", [*FIELDS, "attribute.key"])
def test_it_says_what_can_be_asked_of_a_field(name: str) -> None:
    [row] = [line for line in rows("If") if line.startswith(f"| `{name}` |")]
    field = filters.field_of(name)
    assert field is not None

    assert set(re.findall(r"`(\w+)`", row.split("|")[3])) == set(field.ops)


def test_it_says_all_that_rules_do_and_what_each_takes() -> None:
    said = {re.findall(r"`(\w+)`", row)[0]: set(re.findall(r"`(\w+)`", row.split("|")[3])) for row in rows("Then")}

    assert said == {kind.__struct_config__.tag: set(kind.__struct_fields__) for kind in HOW}  # type: ignore[attr-defined]
    assert set(get_args(deeds.AnyDeed)) == set(HOW)
