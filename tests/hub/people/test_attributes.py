"""Attributes: each value is of the type that was declared, or refused in words."""

import pytest

from hub.people.attributes import Declared, check_value, check_values
from hub.people.errors import BadValue
from hub.people.models import AttributeType
from tests.hubs import Hub
from tests.people import Person, code_of, found

TEXT, NUMBER, DATE, BOOL, CHOICE, URL, EMAIL, PHONE = AttributeType


def declared(type: AttributeType) -> Declared:
    """An attribute of this type."""
    return Declared(id="id", key="key", type=type, label="Label", options=["small", "large"])


@pytest.mark.parametrize(
    ("type", "given", "kept"),
    [
        (TEXT, " two words ", "two words"),
        (NUMBER, 3, 3),
        (NUMBER, -2.5, -2.5),
        (DATE, "2026-03-31", "2026-03-31"),
        (DATE, "20260331", "2026-03-31"),
        (BOOL, False, False),
        (CHOICE, "small", "small"),
        (URL, "https://example.com/a?b=c", "https://example.com/a?b=c"),
        (EMAIL, "Asha@Example.COM", "Asha@example.com"),
        (PHONE, "98765 43210", "+919876543210"),
    ],
)
def test_a_value_of_the_type_is_kept(type: AttributeType, given: str | float, kept: str | float) -> None:
    assert check_value(declared(type), given, "IN") == kept


@pytest.mark.parametrize(
    ("type", "given"),
    [
        (TEXT, 3),
        (TEXT, "  "),
        (TEXT, "x" * 2001),
        (NUMBER, "3"),
        (NUMBER, True),
        (NUMBER, 1e300),
        (DATE, "2026-02-30"),
        (DATE, "tomorrow"),
        (DATE, 20260331),
        (BOOL, 1),
        (BOOL, "true"),
        (CHOICE, "medium"),
        (CHOICE, True),
        (URL, "javascript:alert(1)"),
        (URL, "//example.com"),
        (URL, "https://exam ple.com"),
        (URL, "https://[example.com"),
        (EMAIL, "asha"),
        (PHONE, "hello"),
    ],
)
def test_a_value_of_another_type_is_refused_with_the_label(type: AttributeType, given: str | float) -> None:
    with pytest.raises(BadValue, match=r"^Label: \w"):
        check_value(declared(type), given, "IN")


def test_what_was_not_declared_is_refused() -> None:
    with pytest.raises(BadValue, match="not declared"):
        check_values({}, {"key": 1}, "IN")


async def declare(person: Person, key: str, type: str, **more: object) -> str:
    """The id of a new attribute."""
    made = await person.does("POST", "/attributes", {"key": key, "label": key.title(), "type": type, **more})
    return str(made["id"])


async def test_values_are_set_one_by_one_and_null_takes_one_away(hub: Hub) -> None:
    owner = await found(hub, "acme")
    for key in ("budget", "seats"):
        await declare(owner, key, "number")
    asha = await owner.does("POST", "/people", {"attributes": {"budget": 1000, "seats": 3}})

    after = await owner.does("PATCH", f"/people/{asha['id']}", {"attributes": {"budget": None, "seats": 4}})

    assert after["attributes"] == {"seats": 4}


async def test_an_attribute_that_is_declared_no_more_is_not_shown(hub: Hub) -> None:
    owner = await found(hub, "acme")
    id = await declare(owner, "budget", "number")
    asha = await owner.does("POST", "/people", {"attributes": {"budget": 1000}})

    await owner.does("DELETE", f"/attributes/{id}")

    assert (await owner.does("GET", f"/people/{asha['id']}"))["attributes"] == {}
    refused = await owner.asks("PATCH", f"/people/{asha['id']}", {"attributes": {"budget": 1}})
    assert code_of(refused) == (400, "bad_value")


async def test_no_account_has_two_attributes_of_one_key(hub: Hub) -> None:
    owner = await found(hub, "acme")
    await declare(owner, "budget", "number")

    answer = await owner.asks("POST", "/attributes", {"key": "budget", "label": "Budget", "type": "text"})

    assert code_of(answer) == (409, "attribute_taken")


@pytest.mark.parametrize(("type", "options"), [("choice", []), ("text", ["one"])])
async def test_a_choice_has_options_and_nothing_else_has(hub: Hub, type: str, options: list[str]) -> None:
    owner = await found(hub, "acme")

    answer = await owner.asks("POST", "/attributes", {"key": "size", "label": "Size", "type": type, "options": options})

    assert code_of(answer) == (400, "bad_options")


async def test_an_option_that_is_gone_stays_where_it_was_chosen(hub: Hub) -> None:
    owner = await found(hub, "acme")
    id = await declare(owner, "size", "choice", options=["small", "large"])
    asha = await owner.does("POST", "/people", {"attributes": {"size": "small"}})

    changed = await owner.does("PATCH", f"/attributes/{id}", {"label": "How large", "options": ["large"]})

    assert (changed["label"], changed["options"]) == ("How large", ["large"])
    assert (await owner.does("GET", f"/people/{asha['id']}"))["attributes"] == {"size": "small"}
    refused = await owner.asks("POST", "/people", {"attributes": {"size": "small"}})
    assert code_of(refused) == (400, "bad_value")
