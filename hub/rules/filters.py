"""What a rule asks before it acts: conditions on the conversation, the entry, the person and the time. The shape is
that of saved views; the fields are those of the lists below, and no query and no pattern can come from outside."""

import math
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta

from channels.base import Medium
from hub.accounts.hours import WEEKDAYS
from hub.http.endpoint import Input
from hub.people.models import Intent, LeadStatus, Stage
from hub.rules.errors import BadCondition
from hub.threads.happenings import OwnerKind, Priority
from hub.threads.models import AuthorKind, ThreadStatus

MOST_CONDITIONS = 20
ATTRIBUTE = "attribute."

FieldName = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")]
Operation = Literal["is", "is_not", "in", "contains", "contains_any", "has_words", "gt", "lt", "exists"]
Values = Annotated[list[Annotated[str, Meta(min_length=1, max_length=200)]], Meta(min_length=1, max_length=20)]
Scalar = str | float


class RuleCondition(Input, frozen=True):
    """One thing that must be so. With `is` and `in` any of the values will do."""

    field: FieldName
    op: Operation
    values: Values


Conditions = Annotated[list[RuleCondition], Meta(max_length=MOST_CONDITIONS)]


class RuleInnermost(Input, frozen=True):
    """Conditions that must all be so, or of which one must."""

    match: Literal["and", "or"] = "and"
    conditions: Conditions = []


class RuleInner(RuleInnermost, frozen=True):
    """The same, with groups of conditions among them."""

    groups: Annotated[list[RuleInnermost], Meta(max_length=MOST_CONDITIONS)] = []


class RuleFilter(RuleInnermost, frozen=True):
    """What must be so: three levels of groups at most. Without conditions it always is."""

    groups: Annotated[list[RuleInner], Meta(max_length=MOST_CONDITIONS)] = []


@dataclass(frozen=True)
class Field:
    """What can be asked of it, and how a value that it is compared with is read."""

    ops: Sequence[Operation]
    read: Callable[[str], Scalar]
    # Asked whether it has something inside, and not whether it is one of several.
    is_text: bool = False


def plain(text: str) -> str:
    """As texts are compared: upper and lower case, and how many spaces, make no difference."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def number(text: str) -> float:
    """A number that there is."""
    found = float(text)
    if not math.isfinite(found):
        raise ValueError(text)
    return found


def word(kind: type[StrEnum]) -> Callable[[str], Scalar]:
    """One of a few words."""
    return lambda text: kind(text).value


def yes_or_no(text: str) -> Scalar:
    """One of these."""
    return {"yes": "yes", "no": "no"}[text]


def weekday(text: str) -> Scalar:
    """A day of the week."""
    return WEEKDAYS[WEEKDAYS.index(text)]


def itself(text: str) -> Scalar:
    """An id: it is compared, and nothing else."""
    return text


ONE: Sequence[Operation] = ("is", "is_not", "in")
MAYBE: Sequence[Operation] = (*ONE, "exists")
SEVERAL: Sequence[Operation] = (*MAYBE, "contains", "contains_any")
TEXT: Sequence[Operation] = (*SEVERAL, "has_words")
NUMBER: Sequence[Operation] = (*MAYBE, "gt", "lt")

OF_THREADS: Mapping[str, Field] = {
    "status": Field(ONE, word(ThreadStatus)),
    "owner_kind": Field(ONE, word(OwnerKind)),
    "owner": Field(MAYBE, itself),
    "team": Field(MAYBE, itself),
    "priority": Field(ONE, word(Priority)),
    "tag": Field(SEVERAL, plain),
    "medium": Field(SEVERAL, word(Medium)),
    "line": Field(SEVERAL, itself),
    "waiting": Field(("is",), yes_or_no),
}
OF_ENTRIES: Mapping[str, Field] = {
    "text": Field(TEXT, plain, is_text=True),
    "author_kind": Field(ONE, word(AuthorKind)),
    "entry_medium": Field(MAYBE, word(Medium)),
    "entry_line": Field(MAYBE, itself),
}
OF_PEOPLE: Mapping[str, Field] = {
    "stage": Field(ONE, word(Stage)),
    "person_tag": Field(SEVERAL, plain),
    "lead_status": Field(ONE, word(LeadStatus)),
    "lead_intent": Field(MAYBE, word(Intent)),
    "lead_score": Field(NUMBER, number),
    "lead_source": Field(TEXT, plain, is_text=True),
    "lead_assignee": Field(MAYBE, itself),
    "locale": Field(TEXT, plain, is_text=True),
}
OF_THE_TIME: Mapping[str, Field] = {
    "team_open": Field(("is", "is_not"), itself),
    "weekday": Field(ONE, weekday),
}
FIELDS: Mapping[str, Field] = {**OF_THREADS, **OF_ENTRIES, **OF_PEOPLE, **OF_THE_TIME}
OF_ATTRIBUTES = Field((*TEXT, "gt", "lt"), plain, is_text=True)
SINGLE = frozenset({"gt", "lt", "exists"})


def field_of(name: str) -> Field | None:
    """What can be asked of a field of this name; None when there is no such field."""
    return OF_ATTRIBUTES if name.startswith(ATTRIBUTE) else FIELDS.get(name)


def wanted(condition: RuleCondition) -> list[Scalar]:
    """What the condition compares with; raises BadCondition."""
    name, op = condition.field, condition.op
    field = field_of(name)
    if field is None:
        raise BadCondition(f"There is no field `{name}`.", field=name)
    if op not in field.ops:
        raise BadCondition(f"`{name}` can be asked by {', '.join(field.ops)}.", field=name)
    if len(condition.values) > 1 and (op in SINGLE or name == "waiting"):
        raise BadCondition(f"`{name}` is compared with one value here.", field=name)
    try:
        return [(yes_or_no if op == "exists" else field.read)(text) for text in condition.values]
    except (ValueError, KeyError):
        raise BadCondition(f"`{name}` cannot be compared with this.", field=name) from None


def conditions_in(group: RuleInnermost) -> Iterator[RuleCondition]:
    """All of them, those of groups too."""
    yield from group.conditions
    for inner in getattr(group, "groups", ()):
        yield from conditions_in(inner)


def asks_about_person(group: RuleInnermost) -> bool:
    """Whether it depends on who the person is."""
    return any(one.field in OF_PEOPLE or one.field.startswith(ATTRIBUTE) for one in conditions_in(group))


def teams_in(group: RuleInnermost) -> set[str]:
    """The teams that are asked after by their hours."""
    return {id for one in conditions_in(group) if one.field == "team_open" for id in one.values}


def check_filter(filter: RuleFilter) -> None:
    """Raise BadCondition for what could never be asked."""
    conditions = [*conditions_in(filter)]
    if len(conditions) > MOST_CONDITIONS:
        raise BadCondition(f"A rule has {MOST_CONDITIONS} conditions at most.", most=MOST_CONDITIONS)
    for condition in conditions:
        wanted(condition)
