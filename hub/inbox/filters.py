"""What a saved view asks for, and the query that it becomes. Every condition is a field and an operation from the lists
below, and texts, which are read as what the field holds: nothing of the query language can come from outside."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, Literal

import msgspec

from channels.base import Medium
from hub.http.endpoint import Input, Moment, is_usual
from hub.inbox.errors import BadFilter
from hub.store.mongo import Document
from hub.threads.happenings import OwnerKind, Priority
from hub.threads.models import ThreadStatus

MOST_CONDITIONS = 20
LONGEST_AGO_H = 10 * 366 * 24

FieldName = Literal[
    "status",
    "owner",
    "owner_kind",
    "team",
    "priority",
    "tag",
    "medium",
    "line",
    "follower",
    "waiting",
    "unread",
    "mentioned",
    "failed",
    "moved_at",
    "made_at",
    "waiting_since",
    "snoozed_until",
]
Operation = Literal["is", "is_not", "has_all", "before", "after", "older_than_h", "newer_than_h"]
Match = Literal["and", "or"]
Values = Annotated[
    list[Annotated[str, msgspec.Meta(min_length=1, max_length=64)]], msgspec.Meta(min_length=1, max_length=20)
]


class Condition(Input, frozen=True):
    """One thing that must be so. Several values mean any of them."""

    field: FieldName
    op: Operation
    values: Values


Conditions = Annotated[list[Condition], msgspec.Meta(max_length=MOST_CONDITIONS)]


class Innermost(Input, frozen=True):
    """Conditions that must all be so, or of which one must."""

    match: Match = "and"
    conditions: Conditions = []


class Inner(Innermost, frozen=True):
    """The same, with groups of conditions among them."""

    groups: Annotated[list[Innermost], msgspec.Meta(max_length=MOST_CONDITIONS)] = []


class Filter(Innermost, frozen=True):
    """What a view shows: three levels of groups at most."""

    groups: Annotated[list[Inner], msgspec.Meta(max_length=MOST_CONDITIONS)] = []


@dataclass(frozen=True)
class Viewer:
    """Who looks, and when: what `me`, `mine` and `older_than_h` mean."""

    member: str
    teams: frozenset[str]
    now: datetime


Read = Callable[[str, Viewer], Sequence[Any]]


def one_of(kind: type[StrEnum]) -> Read:
    """One of a few words."""
    return lambda text, _: [kind(text).value]


def a_text(text: str, _: Viewer) -> Sequence[Any]:
    """Any: it is compared, and nothing else."""
    return [text]


def a_member(text: str, viewer: Viewer) -> Sequence[Any]:
    """An id, or `me`."""
    return [viewer.member if text == "me" else text]


def a_team(text: str, viewer: Viewer) -> Sequence[Any]:
    """An id, `mine`, or `none`."""
    return sorted(viewer.teams) if text == "mine" else [None if text == "none" else text]


def a_moment(text: str, _: Viewer) -> Sequence[Any]:
    """A time with its zone."""
    moment = msgspec.convert(text, Moment)
    if not is_usual(moment):
        raise ValueError(text)
    return [moment.astimezone(UTC)]


def yes_or_no(text: str, _: Viewer) -> Sequence[Any]:
    """One of these."""
    return [{"yes": True, "no": False}[text]]


def hours_ago(text: str, viewer: Viewer) -> Sequence[Any]:
    """A number of hours before now."""
    hours = int(text)
    if not 0 <= hours <= LONGEST_AGO_H:
        raise ValueError(text)
    return [viewer.now - timedelta(hours=hours)]


IS: Sequence[Operation] = ("is", "is_not")
WHEN: Sequence[Operation] = ("before", "after", "older_than_h", "newer_than_h")


@dataclass(frozen=True)
class Field:
    """Where it stands in a thread, what can be asked of it, and how its values are read."""

    path: str
    ops: Sequence[Operation]
    read: Read
    # Not its value is asked for, but whether there is one, or whether the viewer is in it.
    is_there: bool = False
    has_me: bool = False


FIELDS: Mapping[FieldName, Field] = {
    "status": Field("status", IS, one_of(ThreadStatus)),
    "owner": Field("owner.id", IS, a_member),
    "owner_kind": Field("owner.kind", IS, one_of(OwnerKind)),
    "team": Field("team", IS, a_team),
    "priority": Field("priority", IS, one_of(Priority)),
    "tag": Field("tags", (*IS, "has_all"), a_text),
    "medium": Field("media", IS, one_of(Medium)),
    "line": Field("lines", IS, a_text),
    "follower": Field("followers", IS, a_member),
    "waiting": Field("waiting_since", ("is",), yes_or_no, is_there=True),
    "unread": Field("unread_for", ("is",), yes_or_no, has_me=True),
    "mentioned": Field("mentions", ("is",), yes_or_no, has_me=True),
    "failed": Field("has_failed", ("is",), yes_or_no),
    "moved_at": Field("moved_at", WHEN, a_moment),
    "made_at": Field("made_at", WHEN, a_moment),
    "waiting_since": Field("waiting_since", WHEN, a_moment),
    "snoozed_until": Field("snoozed_until", WHEN, a_moment),
}
OPERATORS: Mapping[Operation, str] = {
    "is": "$in",
    "is_not": "$nin",
    "has_all": "$all",
    "before": "$lt",
    "after": "$gt",
    "older_than_h": "$lt",
    "newer_than_h": "$gt",
}


def compiled(filter: Filter, viewer: Viewer) -> Document:
    """The filter as a query, or BadFilter, which names the condition."""
    if count_of(filter) > MOST_CONDITIONS:
        raise BadFilter(f"A view has {MOST_CONDITIONS} conditions at most.", most=MOST_CONDITIONS)
    return of_group(filter, viewer)


def count_of(group: Innermost) -> int:
    """How many conditions there are, in all groups."""
    return len(group.conditions) + sum(map(count_of, getattr(group, "groups", ())))


def of_group(group: Innermost, viewer: Viewer) -> Document:
    """Nothing is asked where there are no conditions."""
    clauses = [of_condition(one, viewer) for one in group.conditions]
    clauses += [clause for one in getattr(group, "groups", ()) if (clause := of_group(one, viewer))]
    if len(clauses) < 2:
        return clauses[0] if clauses else {}
    if group.match == "or":
        return {"$or": clauses}
    paths = [path for clause in clauses for path in clause]
    # Each about something else: then no operator is needed that would keep a server from its indexes.
    is_flat = len(set(paths)) == len(paths) and not any(path.startswith("$") for path in paths)
    return {path: how for clause in clauses for path, how in clause.items()} if is_flat else {"$and": clauses}


def of_condition(condition: Condition, viewer: Viewer) -> Document:
    """One condition as a query."""
    field = FIELDS[condition.field]
    if condition.op not in field.ops:
        raise BadFilter(f"`{condition.field}` can be asked by {', '.join(field.ops)}.", field=condition.field)
    values = values_of(field, condition, viewer)
    if field.is_there:
        return {field.path: {"$exists": values[0]}}
    if field.has_me:
        return {field.path: {"$in" if values[0] else "$nin": [viewer.member]}}
    operator = OPERATORS[condition.op]
    return {field.path: {operator: values if operator in ("$in", "$nin", "$all") else values[0]}}


def values_of(field: Field, condition: Condition, viewer: Viewer) -> list[Any]:
    """What the texts mean for this field."""
    read = hours_ago if condition.op.endswith("_h") else field.read
    is_single = field.is_there or field.has_me or condition.op in WHEN
    if is_single and len(condition.values) > 1:
        raise BadFilter(f"`{condition.field}` is compared with one value.", field=condition.field)
    try:
        return [value for text in condition.values for value in read(text, viewer)]
    except (ValueError, KeyError, OverflowError, msgspec.ValidationError):
        raise BadFilter(f"`{condition.field}` cannot be compared with this.", field=condition.field) from None
