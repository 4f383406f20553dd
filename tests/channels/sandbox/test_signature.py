"""Who is believed, and the one word for why not."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from starlette.datastructures import Headers

from channels.base import Access, BadSignature, Hook
from channels.sandbox.channel import SMS
from tests.clock import MORNING
from tests.fakes.sandbox import signed

BODY = b'{"events":[]}'
LINE = Access("line-1", "+4930123456", {"webhook_secret": "new secret"})
GOOD = signed(BODY, MORNING, "new secret")["sandbox-signature"]
TIME, SIGNATURE = GOOD.split(",")


def hook(headers: Mapping[str, str], body: bytes = BODY) -> Hook:
    """A webhook with these headers."""
    return Hook(method="POST", url="https://parley.test/in/line-1", headers=headers, query={}, body=body, now=MORNING)


def test_while_a_secret_changes_either_is_believed() -> None:
    both = signed(BODY, MORNING, "old secret", "new secret")

    SMS.verify(LINE, hook(both))
    SMS.verify(Access("line-1", LINE.address, {"webhook_secret": "old secret"}), hook(both))


def test_headers_are_found_as_servers_hand_them_over() -> None:
    SMS.verify(LINE, hook(Headers({"Sandbox-Signature": GOOD})))


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("", "missing"),
        ("v1", "malformed"),
        (TIME, "malformed"),
        (SIGNATURE, "malformed"),
        (f"{TIME},{TIME},{SIGNATURE}", "malformed"),
        (f"t=,{SIGNATURE}", "malformed"),
        (f"t=-1,{SIGNATURE}", "malformed"),
        (f"t=1e9,{SIGNATURE}", "malformed"),
        (f"t=99999999999999,{SIGNATURE}", "malformed"),
        (f"t=٢٦٥٦٠٥٤٨٠٠,{SIGNATURE}", "malformed"),
        (f"{TIME},v0={SIGNATURE[3:]}", "malformed"),
        (f"{TIME},v1=", "wrong"),
        (f"{TIME},v1=été", "wrong"),
        (f"{TIME},{SIGNATURE.upper()}", "malformed"),
        (f"{TIME},{SIGNATURE[:-1]}", "wrong"),
        (f"t=0,{SIGNATURE}", "old"),
        (f"t=9999999999,{SIGNATURE}", "early"),
        (f"t={int(TIME[2:]) - 1},{SIGNATURE}", "wrong"),
        (f"{TIME},{'v1=0,' * 5}{SIGNATURE}", "wrong"),
        (f"{TIME},{'x=1,' * 300}{SIGNATURE}", "malformed"),
    ],
    ids=str,
)
def test_whatever_else_is_sent_is_not_believed_and_one_word_says_why(header: str, why: str) -> None:
    with pytest.raises(BadSignature) as caught:
        SMS.verify(LINE, hook({"sandbox-signature": header}))

    assert str(caught.value) == why


def test_a_line_without_a_secret_believes_nobody() -> None:
    empty = signed(BODY, MORNING, "")

    with pytest.raises(BadSignature, match="unset"):
        SMS.verify(Access("line-1", LINE.address), hook(empty))


def test_a_webhook_is_good_for_five_minutes() -> None:
    old = signed(BODY, MORNING - timedelta(minutes=5, seconds=1), "new secret")

    with pytest.raises(BadSignature, match="old"):
        SMS.verify(LINE, hook(old))


def test_an_event_is_called_as_the_provider_calls_it() -> None:
    assert SMS.event_id(hook({"sandbox-event-id": "evt-7"})) == "evt-7"


def test_an_event_without_a_sensible_id_is_told_by_its_bytes() -> None:
    nameless, long = hook({}), hook({"sandbox-event-id": "x" * 100_000})

    assert SMS.event_id(nameless) == SMS.event_id(hook({})) != SMS.event_id(hook({}, b"{}"))
    assert len(SMS.event_id(long)) == 64
