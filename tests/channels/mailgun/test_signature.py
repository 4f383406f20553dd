"""Who is believed, and the one word for why not. What Mailgun signs is a token within the body, not the body: that
nobody makes anything of a token that they have seen is kept by counting each of them once."""

import hashlib
import hmac
from datetime import timedelta

import msgspec
import pytest

from channels.base import Access, BadSignature, Hook
from channels.mailgun.channel import CHANNELS
from tests.clock import MORNING
from tests.fakes.mailers.forms import written
from tests.fakes.mailgun.signing import signed

MAILGUN = CHANNELS["mailgun_email"]
KEY, TOKEN = "the-signing-key", "t" * 50
LINE = Access("line-1", "sales@acme.test", {"signing_key": KEY})
GOOD = signed(MORNING, KEY, TOKEN)


def hook(body: bytes, type: str = "application/json") -> Hook:
    """A webhook with this body."""
    url = "https://parley.test/in/line-1"
    return Hook(method="POST", url=url, headers={"content-type": type}, query={}, body=body, now=MORNING)


def event(signature: object, kind: str = "delivered") -> Hook:
    """Something that it tells."""
    return hook(msgspec.json.encode({"signature": signature, "event-data": {"event": kind}}))


def mail(fields: dict[str, str | bytes], words: bytes = b"Hello") -> Hook:
    """A mail that comes in."""
    return hook(*written({"recipient": "sales@acme.test", **fields, "body-mime": words}, boundary="b-1"))


@pytest.mark.parametrize("age", [timedelta(), timedelta(hours=8), timedelta(minutes=-5)])
def test_what_it_may_still_try_to_tell_is_believed(age: timedelta) -> None:
    MAILGUN.verify(LINE, event(signed(MORNING - age, KEY)))
    MAILGUN.verify(LINE, mail({**signed(MORNING - age, KEY)}))


def test_a_form_without_files_is_believed_too() -> None:
    body = "&".join(f"{name}={value}" for name, value in GOOD.items()).encode()

    MAILGUN.verify(LINE, hook(body, "application/x-www-form-urlencoded"))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"token": ""}, "missing"),
        ({"timestamp": ""}, "missing"),
        ({"signature": ""}, "missing"),
        ({"signature": None}, "missing"),
        ({"token": "u" * 50}, "wrong"),
        ({"timestamp": "1"}, "wrong"),
        ({"signature": GOOD["signature"].upper()}, "wrong"),
        ({"signature": "é"}, "wrong"),
        (signed(MORNING - timedelta(hours=9, seconds=1), KEY), "old"),
        (signed(MORNING + timedelta(seconds=301), KEY), "early"),
        (signed(MORNING, "another"), "wrong"),
    ],
    ids=range(11),
)
def test_whatever_else_is_sent_is_not_believed_and_one_word_says_why(change: dict[str, object], why: str) -> None:
    with pytest.raises(BadSignature) as caught:
        MAILGUN.verify(LINE, event({**GOOD, **change}))

    assert str(caught.value) == why


@pytest.mark.parametrize("body", [b"", b"{", b"null", b"[]", b'{"signature":"rubbish"}', b"[" * 100_000], ids=range(6))
@pytest.mark.parametrize("type", ["application/json", "multipart/form-data; boundary=b-1", "multipart/form-data", ""])
def test_what_has_no_signature_at_all_is_not_believed(body: bytes, type: str) -> None:
    with pytest.raises(BadSignature):
        MAILGUN.verify(LINE, hook(body, type))


@pytest.mark.parametrize("key", ["", "  "])
def test_a_line_without_a_key_believes_nobody(key: str) -> None:
    line = Access("line-1", "sales@acme.test", {"signing_key": key})

    with pytest.raises(BadSignature, match="unset"):
        MAILGUN.verify(line, event(signed(MORNING, key)))


def test_a_time_that_is_none_is_not_believed() -> None:
    signature = hmac.new(KEY.encode(), f"soon{TOKEN}".encode(), hashlib.sha256).hexdigest()
    made = {"timestamp": "soon", "token": TOKEN, "signature": signature}

    with pytest.raises(BadSignature, match="malformed"):
        MAILGUN.verify(LINE, event(made))


@pytest.mark.parametrize("other", [event(GOOD, "complained"), mail({**GOOD}), mail({**GOOD}, b"Something else")])
def test_a_token_counts_once_whatever_stands_beside_it(other: Hook) -> None:
    assert MAILGUN.event_id(event(GOOD)) == MAILGUN.event_id(other) == TOKEN
