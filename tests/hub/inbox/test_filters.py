"""Filters of saved views: from a list of fields and operations, and never more than these in a query."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from hub.inbox.errors import BadFilter
from hub.inbox.filters import FIELDS, OPERATORS, FieldName, Filter, Operation, Viewer, compiled

NOW = datetime(2054, 3, 2, 9, 0, tzinfo=UTC)
ME = Viewer("me-myself", frozenset({"team-b", "team-a"}), NOW)
# Whatever may stand in a query, and nothing else.
KNOWN = {*OPERATORS.values(), "$and", "$or", "$exists"}
TEXTS = st.one_of(
    st.sampled_from(
        ["open", "urgent", "sms", "yes", "me", "mine", "none", "48", "2054-03-01T00:00:00Z", "$ne", "$where"]
    ),
    st.text(min_size=1, max_size=20),
)
CONDITIONS = st.fixed_dictionaries(
    {
        "field": st.sampled_from(get_args(FieldName)),
        "op": st.sampled_from(get_args(Operation)),
        "values": st.lists(TEXTS, min_size=1, max_size=3),
    }
)


def groups(inner: st.SearchStrategy[Any] | None) -> st.SearchStrategy[Any]:
    """Conditions, and groups of them."""
    parts = {"match": st.sampled_from(["and", "or"]), "conditions": st.lists(CONDITIONS, max_size=3)}
    return st.fixed_dictionaries(parts | ({"groups": st.lists(inner, max_size=2)} if inner is not None else {}))


FILTERS = groups(groups(groups(None)))


def query(*conditions: tuple[str, str, list[str]], match: str = "and") -> dict[str, Any]:
    """What these become."""
    said = [{"field": field, "op": op, "values": values} for field, op, values in conditions]
    return compiled(msgspec.convert({"match": match, "conditions": said}, Filter), ME)


def keys_in(value: Any) -> Iterator[str]:
    """Every key of a query, however deep."""
    if isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from keys_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_in(inner)


@given(FILTERS)
@hypothesis_settings(max_examples=40, deadline=None)
def test_no_query_has_an_operator_or_a_path_that_is_not_on_the_lists(said: Any) -> None:
    """S2."""
    try:
        made = compiled(msgspec.convert(said, Filter), ME)
    except BadFilter:
        return

    assert set(keys_in(made)) <= KNOWN | {field.path for field in FIELDS.values()}


@pytest.mark.parametrize(
    ("condition", "made"),
    [
        (("status", "is", ["open", "snoozed"]), {"status": {"$in": ["open", "snoozed"]}}),
        (("owner", "is", ["me"]), {"owner.id": {"$in": ["me-myself"]}}),
        (("owner_kind", "is_not", ["agent"]), {"owner.kind": {"$nin": ["agent"]}}),
        (("team", "is", ["mine", "none"]), {"team": {"$in": ["team-a", "team-b", None]}}),
        (("tag", "has_all", ["vip", "hot"]), {"tags": {"$all": ["vip", "hot"]}}),
        (("medium", "is", ["whatsapp"]), {"media": {"$in": ["whatsapp"]}}),
        (("waiting", "is", ["no"]), {"waiting_since": {"$exists": False}}),
        (("unread", "is", ["yes"]), {"unread_for": {"$in": ["me-myself"]}}),
        (("mentioned", "is", ["no"]), {"mentions": {"$nin": ["me-myself"]}}),
        (("failed", "is", ["yes"]), {"has_failed": {"$in": [True]}}),
        (("made_at", "before", ["2054-01-01T05:30:00+05:30"]), {"made_at": {"$lt": datetime(2054, 1, 1, tzinfo=UTC)}}),
        (("waiting_since", "older_than_h", ["48"]), {"waiting_since": {"$lt": NOW - timedelta(hours=48)}}),
    ],
    ids=lambda case: case[0] if isinstance(case, tuple) else "",
)
def test_a_condition_becomes_a_query(condition: Any, made: Any) -> None:
    assert query(condition) == made


@pytest.mark.parametrize(
    "condition",
    [
        ("status", "is", ["$ne"]),
        ("status", "before", ["open"]),
        ("tag", "older_than_h", ["1"]),
        ("waiting", "is", ["perhaps"]),
        ("waiting", "is", ["yes", "no"]),
        ("made_at", "before", ["yesterday"]),
        ("made_at", "before", ["2054-01-01T00:00:00"]),
        ("made_at", "before", ["0001-01-01T00:00:00+14:00"]),
        ("made_at", "newer_than_h", ["-1"]),
        ("made_at", "newer_than_h", ["9" * 60]),
        ("priority", "has_all", ["high"]),
    ],
    ids=lambda case: f"{case[0]} {case[1]} {case[2][0][:12]}",
)
def test_what_a_field_does_not_know_is_refused(condition: Any) -> None:
    with pytest.raises(BadFilter) as refused:
        query(condition)

    assert refused.value.data["field"] == condition[0]


def test_conditions_of_one_field_are_joined_and_none_is_lost() -> None:
    made = query(("tag", "is", ["a"]), ("tag", "is", ["b"]), ("status", "is", ["open"]))

    assert made == {"$and": [{"tags": {"$in": ["a"]}}, {"tags": {"$in": ["b"]}}, {"status": {"$in": ["open"]}}]}


def test_any_of_several_is_enough_for_or() -> None:
    made = query(("tag", "is", ["a"]), ("status", "is", ["open"]), match="or")

    assert made == {"$or": [{"tags": {"$in": ["a"]}}, {"status": {"$in": ["open"]}}]}


def test_more_than_twenty_conditions_are_refused_wherever_they_stand() -> None:
    one = {"field": "tag", "op": "is", "values": ["a"]}
    said = {"conditions": [one] * 10, "groups": [{"conditions": [one] * 10, "groups": [{"conditions": [one]}]}]}

    with pytest.raises(BadFilter):
        compiled(msgspec.convert(said, Filter), ME)


def test_a_fourth_level_is_refused() -> None:
    deep: Any = {"groups": [{"groups": [{"groups": [{}]}]}]}

    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(deep, Filter)
