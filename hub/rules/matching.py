"""Whether it is so. Pure: the same facts always get the same answer; a no names the first condition that says it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property

from hub.rules.filters import (
    ATTRIBUTE,
    Field,
    Operation,
    RuleCondition,
    RuleInnermost,
    Scalar,
    conditions_in,
    field_of,
    wanted,
)
from hub.store.tokens import words

# What there is of each field that is asked for: nothing, one thing, or several.
Facts = Mapping[str, Sequence[Scalar]]


class Text(str):
    """A text that many rules ask after the same moment: it is cut into words once."""

    @cached_property
    def words(self) -> str:
        """All of its words, with a space around each."""
        return spaced(self)


def failing(group: RuleInnermost, facts: Facts) -> RuleCondition | None:
    """The first condition that is not so and on which it depends; None when all is as the group asks."""
    groups = [inner for inner in getattr(group, "groups", ()) if any(conditions_in(inner))]
    found = [None if holds(one, facts) else one for one in group.conditions]
    found += [failing(inner, facts) for inner in groups]
    if group.match == "or" and None in found:
        return None
    return next((one for one in found if one), None)


def holds(condition: RuleCondition, facts: Facts) -> bool:
    """Whether this one condition is so."""
    field = field_of(condition.field)
    if field is None:
        return False
    return TESTS[condition.op](field, facts.get(condition.field, ()), wanted(condition))


Test = Callable[[Field, Sequence[Scalar], Sequence[Scalar]], bool]


def is_one(_: Field, there: Sequence[Scalar], asked: Sequence[Scalar]) -> bool:
    return any(one in asked for one in there)


def is_none(_: Field, there: Sequence[Scalar], asked: Sequence[Scalar]) -> bool:
    return not any(one in asked for one in there)


def contains(field: Field, there: Sequence[Scalar], asked: Sequence[Scalar]) -> bool:
    return all(is_inside(field, there, one) for one in asked)


def contains_any(field: Field, there: Sequence[Scalar], asked: Sequence[Scalar]) -> bool:
    return any(is_inside(field, there, one) for one in asked)


def is_inside(field: Field, there: Sequence[Scalar], asked: Scalar) -> bool:
    """Among several things, or within a text."""
    return any(str(asked) in str(one) for one in there) if field.is_text else asked in there


def has_words(_: Field, there: Sequence[Scalar], asked: Sequence[Scalar]) -> bool:
    texts = [words_of(one) for one in there]
    return all(is_phrase_of(words_of(phrase), texts) for phrase in asked)


def words_of(one: Scalar) -> str:
    """All words, with a space around each."""
    return one.words if isinstance(one, Text) else spaced(str(one))


def spaced(text: str) -> str:
    """The words of a text, with a space around each."""
    return f" {' '.join(words(text))} "


def is_phrase_of(phrase: str, texts: Sequence[str]) -> bool:
    """Whether these words stand in one of the texts, one behind the other."""
    return bool(phrase.strip()) and any(phrase in text for text in texts)


def is_more(_: Field, there: Sequence[Scalar], asked: Sequence[Scalar]) -> bool:
    return any(order > 0 for one in there if (order := compared(one, asked[0])) is not None)


def is_less(_: Field, there: Sequence[Scalar], asked: Sequence[Scalar]) -> bool:
    return any(order < 0 for one in there if (order := compared(one, asked[0])) is not None)


def compared(one: Scalar, other: Scalar) -> int | None:
    """-1, 0 or 1 as two numbers or two days; None where there is no more and less."""
    for read in (float, as_day):
        try:
            first, second = read(one), read(other)
        except ValueError:
            continue
        return (first > second) - (first < second)
    return None


def as_day(value: Scalar) -> float:
    """A day as a number."""
    return date.fromisoformat(str(value)).toordinal()


def exists(_: Field, there: Sequence[Scalar], asked: Sequence[Scalar]) -> bool:
    return bool(there) == (asked[0] == "yes")


TESTS: Mapping[Operation, Test] = {
    "is": is_one,
    "is_not": is_none,
    "in": is_one,
    "contains": contains,
    "contains_any": contains_any,
    "has_words": has_words,
    "gt": is_more,
    "lt": is_less,
    "exists": exists,
}


def is_attribute(name: str) -> bool:
    """Whether the field is one of the account's own."""
    return name.startswith(ATTRIBUTE)
