"""What conditions mean: pure, over values."""

from typing import Any

import msgspec
import pytest

from hub.rules.errors import BadCondition
from hub.rules.filters import MOST_CONDITIONS, RuleCondition, RuleFilter, RuleInner, check_filter, plain
from hub.rules.matching import Facts, failing

FACTS: Facts = {
    "status": ["open"],
    "team": [],
    "tag": ["hot", "price list"],
    "text": [plain("What does the Straße flat cost? Is it priceless?")],
    "lead_score": [70.0],
    "attribute.budget": ["300000"],
    "attribute.move_in": ["2054-05-01"],
    "team_open": ["t1"],
}


@pytest.mark.parametrize(
    ("field", "op", "values", "is_so"),
    [
        ("status", "is", ["open"], True),
        ("status", "in", ["closed", "open"], True),
        ("status", "is_not", ["open"], False),
        ("team", "is", ["t"], False),
        ("team", "is_not", ["t"], True),
        ("team", "exists", ["no"], True),
        ("team", "exists", ["yes"], False),
        ("tag", "is", ["Hot", "cold"], True),
        ("tag", "contains", ["hot", "Price  List"], True),
        ("tag", "contains", ["hot", "price"], False),
        ("tag", "contains_any", ["price", "hot"], True),
        ("text", "contains", ["FLAT  cost", "strasse"], True),
        ("text", "contains", ["flat", "house"], False),
        ("text", "contains_any", ["house", "flat"], True),
        ("text", "contains", ["price"], True),
        ("text", "has_words", ["price"], False),
        ("text", "has_words", ["the straße", "cost"], True),
        ("text", "has_words", ["flat straße"], False),
        ("text", "has_words", ["???"], False),
        ("lead_score", "gt", ["69.5"], True),
        ("lead_score", "gt", ["70"], False),
        ("lead_score", "lt", ["71"], True),
        ("lead_score", "is", ["70"], True),
        ("attribute.budget", "gt", ["200000"], True),
        ("attribute.budget", "lt", ["2054-01-01"], False),
        ("attribute.move_in", "lt", ["2054-06-01"], True),
        ("attribute.move_in", "gt", ["2054-05-01"], False),
        ("attribute.unknown", "exists", ["no"], True),
        ("team_open", "is", ["t1", "t2"], True),
        ("team_open", "is_not", ["t1"], False),
    ],
)
def test_a_condition_is_so_or_not(field: str, op: Any, values: list[str], is_so: bool) -> None:
    condition = RuleCondition(field=field, op=op, values=values)

    failed = failing(RuleFilter(conditions=[condition]), FACTS)

    assert failed == (None if is_so else condition)


YES, NO = (RuleCondition(field="status", op="is", values=[value]) for value in ("open", "closed"))
NEVER = RuleCondition(field="tag", op="is", values=["cold"])


@pytest.mark.parametrize(
    ("filter", "failed"),
    [
        (RuleFilter(), None),
        (RuleFilter(conditions=[YES, NO, NEVER]), NO),
        (RuleFilter(match="or", conditions=[NO, YES]), None),
        (RuleFilter(match="or", conditions=[NO, NEVER]), NO),
        (RuleFilter(conditions=[YES], groups=[RuleInner(match="or", conditions=[NEVER, NO])]), NEVER),
        (RuleFilter(match="or", conditions=[NO], groups=[RuleInner(conditions=[YES])]), None),
        (RuleFilter(match="or", conditions=[NO], groups=[RuleInner()]), NO),
        (RuleFilter(conditions=[YES], groups=[RuleInner()]), None),
    ],
    ids=["nothing", "all", "one", "none", "inner_none", "inner_all", "empty_in_or", "empty_in_and"],
)
def test_conditions_are_joined(filter: RuleFilter, failed: RuleCondition | None) -> None:
    assert failing(filter, FACTS) == failed


@pytest.mark.parametrize(
    ("field", "op", "values"),
    [
        ("unknown", "is", ["x"]),
        ("status", "is", ["asleep"]),
        ("status", "gt", ["open"]),
        ("text", "gt", ["1"]),
        ("lead_score", "gt", ["nan"]),
        ("lead_score", "gt", ["1", "2"]),
        ("waiting", "is", ["yes", "no"]),
        ("team", "exists", ["perhaps"]),
        ("weekday", "is", ["someday"]),
        ("tag", "has_words", ["x"]),
    ],
)
def test_what_could_never_be_asked_is_refused(field: str, op: Any, values: list[str]) -> None:
    with pytest.raises(BadCondition) as refused:
        check_filter(RuleFilter(conditions=[RuleCondition(field=field, op=op, values=values)]))

    assert refused.value.data == {"field": field}


def test_a_rule_has_so_many_conditions_in_all_its_groups() -> None:
    with pytest.raises(BadCondition):
        check_filter(RuleFilter(conditions=[YES], groups=[RuleInner(conditions=[YES] * MOST_CONDITIONS)]))


@pytest.mark.parametrize("name", ["attribute.", "attribute.a.b", "$where", "Tag", "a" * 61])
def test_a_field_has_a_plain_name(name: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"field": name, "op": "is", "values": ["x"]}, RuleCondition)
