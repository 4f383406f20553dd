"""Reading webhooks, whatever stands in them. What the ordinary ones become is written in samples/."""

import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.base import Access, Channel, Inbound, Parsed, Posted, Strange
from channels.sandbox.channel import CHANNELS, SMS

LINE = Access("line-1", "+4930123456")
NAMES = (
    *("type", "id", "from", "phone", "at", "text", "kind", "name", "subject", "media", "location", "latitude"),
    *("longitude", "choice", "title", "payload", "reaction", "emoji", "message_id", "reply_to", "window_until"),
    *("opted", "state", "code", "size", "url"),
)
WORDS = ("message", "status", "template_status", "sent", "read", "in", "2054-03-02T09:00:00Z", "m-1", "+4917012345678")
ATOMS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.sampled_from(WORDS)
JSON = st.recursive(
    ATOMS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=6,
)
EVENTS = st.fixed_dictionaries(
    {"type": st.sampled_from(("message", "status"))}, optional={name: JSON for name in NAMES if name != "type"}
)
# What looks like half a letter, and is none, or is.
TRICKS = ('"', "\\", "u", "\\ud800", "d800", "\ud83d", "\udc4d", "👍")


def batch(*events: object) -> bytes:
    """A webhook with these."""
    return msgspec.json.encode({"events": events})


@given(content=st.binary() | st.builds(msgspec.json.encode, JSON))
@settings(max_examples=40, deadline=None)
def test_nothing_but_a_value_error_comes_of_nonsense(content: bytes) -> None:
    try:
        SMS.parse(LINE, Posted(content))
    except ValueError:
        return


@given(channel=st.sampled_from([*CHANNELS.values()]), events=st.lists(EVENTS | JSON, max_size=6))
@settings(max_examples=40, deadline=None)
def test_there_are_as_many_elements_as_events_and_each_can_be_stored(channel: Channel, events: list[object]) -> None:
    parsed = channel.parse(LINE, Posted(batch(*events)))

    assert len(parsed) == len(events)
    assert msgspec.json.decode(msgspec.json.encode(parsed), type=list[Parsed]) == parsed
    assert all(len(one.id) <= 500 and 2000 <= one.said_at.year <= 2200 for one in parsed if isinstance(one, Inbound))


@given(text=st.lists(st.characters(categories=("Cs", "So")) | st.sampled_from(TRICKS)).map("".join))
@settings(max_examples=40, deadline=None)
def test_halves_of_letters_become_a_sign_and_nothing_else_does(text: str) -> None:
    event = {"type": "message", "id": "m-1", "from": "+4917012345678", "at": 2656054800, "text": f"Hi {text}"}
    as_written = "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in joined(text))

    [parsed] = SMS.parse(LINE, Posted(json.dumps({"events": [event]}).encode()))

    assert isinstance(parsed, Inbound)
    assert parsed.content.text == f"Hi {as_written}"


def joined(text: str) -> str:
    """With halves that happen to stand side by side made one, as whoever reads JSON does."""
    found: str = json.loads(json.dumps(text))
    return found


def test_a_message_among_nonsense_is_not_lost() -> None:
    good = {"type": "message", "id": "m-1", "from": "+4917012345678", "at": "2054-03-02T09:00:00Z", "text": "Hello"}

    parsed = SMS.parse(LINE, Posted(batch({"type": "message"}, None, good, {"type": "status", "id": {}})))

    assert [type(one) for one in parsed] == [Strange, Strange, Inbound, Strange]


@pytest.mark.parametrize("event", [b"[" * 5000 + b"]" * 5000, b'{"a":' * 5000 + b"1" + b"}" * 5000], ids=["[", "{"])
def test_depths_without_end_are_no_events(event: bytes) -> None:
    with pytest.raises(ValueError, match="no batch"):
        SMS.parse(LINE, Posted(b'{"events":[%s]}' % event))


def test_a_thousand_events_stay_in_their_order() -> None:
    one = {"type": "message", "from": "+4917012345678", "at": 2656054800, "text": "Hello"}

    parsed = SMS.parse(LINE, Posted(batch(*({**one, "id": id} for id in range(1000)))))

    assert [event.id for event in parsed if isinstance(event, Inbound)] == [str(id) for id in range(1000)]


@pytest.mark.parametrize("id", [b"9" * 5000, b'"\xff"'], ids=["endless", "not UTF-8"])
def test_what_cannot_be_read_spoils_no_other_event(id: bytes) -> None:
    good = b'{"type":"message","id":1,"from":"+4917012345678","at":2656054800,"text":"Hello"}'
    bad = good.replace(b":1,", b":" + id + b",")

    parsed = SMS.parse(LINE, Posted(b'{"events":[%s,%s]}' % (bad, good)))

    assert parsed[0] == Strange(kind="unreadable")
    assert isinstance(parsed[1], Inbound)
