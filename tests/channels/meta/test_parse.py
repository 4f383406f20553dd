"""Reading webhooks, whatever stands in them. What the ordinary ones become is written in samples/."""

import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.base import Access, Inbound, Parsed, Posted, Strange
from channels.meta.channel import MetaWhatsapp

LINE = Access("line-1", "+12025550142")
WHATSAPP = MetaWhatsapp()
NAMES = (
    *("field", "value", "metadata", "contacts", "messages", "statuses", "errors", "id", "from", "timestamp", "type"),
    *("text", "body", "image", "interactive", "button_reply", "reaction", "location", "latitude", "context", "name"),
    *("status", "event", "message_template_name", "phone_number_id", "from_user_id", "wa_id", "profile", "edit"),
    *("message", "ban_info", "quality_score", "phones", "emails", "message_id"),
)
WORDS = ("messages", "text", "image", "contacts", "edit", "1793620800", "read", "failed", "APPROVED", "account_update")
ATOMS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from(WORDS)
)
JSON = st.recursive(
    ATOMS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=8,
)
MESSAGES = st.fixed_dictionaries(
    {"id": st.just("wamid.1"), "from": st.just("12025550117"), "timestamp": st.just("1793620800")},
    optional={name: JSON for name in NAMES if name not in ("id", "from", "timestamp")},
)
GOOD = {"id": "wamid.9", "from": "12025550117", "timestamp": "1793620800", "type": "text", "text": {"body": "Hello"}}


def event(messages: object, field: object = "messages") -> bytes:
    """A webhook with these."""
    value = {"metadata": {"phone_number_id": "1065"}, "contacts": [], "messages": messages}
    return json.dumps({"entry": [{"id": "1022", "changes": [{"field": field, "value": value}]}]}).encode()


def parsed_of(body: bytes) -> list[Parsed]:
    """What comes of it."""
    return WHATSAPP.parse(LINE, Posted(body))


@given(content=st.binary() | st.builds(msgspec.json.encode, JSON | st.fixed_dictionaries({"entry": JSON})))
@settings(max_examples=40, deadline=None)
def test_nothing_but_a_value_error_comes_of_nonsense(content: bytes) -> None:
    try:
        parsed_of(content)
    except ValueError:
        return


@given(changes=st.lists(st.dictionaries(st.sampled_from(("field", "value")), JSON) | JSON, max_size=4))
@settings(max_examples=40, deadline=None)
def test_whatever_changes_are_told_of_can_be_stored(changes: list[object]) -> None:
    parsed = parsed_of(json.dumps({"entry": [{"id": "1022", "changes": changes}]}).encode())

    assert len(parsed) >= max(1, len(changes))
    assert msgspec.json.decode(msgspec.json.encode(parsed), type=list[Parsed]) == parsed


@given(messages=st.lists(MESSAGES | JSON, min_size=1, max_size=6))
@settings(max_examples=40, deadline=None)
def test_there_are_as_many_elements_as_messages_and_each_can_be_stored(messages: list[object]) -> None:
    parsed = parsed_of(event(messages))

    assert len(parsed) == len(messages)
    assert msgspec.json.decode(msgspec.json.encode(parsed), type=list[Parsed]) == parsed


def test_a_thousand_messages_stay_in_their_order() -> None:
    parsed = parsed_of(event([{**GOOD, "id": f"wamid.{n}"} for n in range(1000)]))

    assert [one.id for one in parsed if isinstance(one, Inbound)] == [f"wamid.{n}" for n in range(1000)]


@pytest.mark.parametrize("id", [b"9" * 5000, b'"\xff"'], ids=["endless", "not UTF-8"])
def test_what_cannot_be_read_spoils_no_other_message(id: bytes) -> None:
    body = event([GOOD, GOOD]).replace(b'"wamid.9"', id, 1)

    bad, good = parsed_of(body)

    assert isinstance(bad, Strange)
    assert isinstance(good, Inbound)


def test_a_letter_cut_in_half_becomes_a_sign() -> None:
    [parsed] = parsed_of(event([{**GOOD, "text": {"body": "Hi \ud83d"}}]))

    assert isinstance(parsed, Inbound)
    assert parsed.content.text == "Hi \ufffd"


def test_a_phone_that_is_none_is_no_address() -> None:
    [parsed] = parsed_of(event([{**GOOD, "from": "US.1349"}]))

    assert parsed == Strange(kind="message without from")
