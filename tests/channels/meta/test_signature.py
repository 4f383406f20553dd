"""Who is believed, and the one word for why not."""

from collections.abc import Mapping

import pytest
from starlette.datastructures import Headers

from channels.base import Access, BadSignature, Hook
from channels.meta.channel import MetaWhatsapp
from tests.clock import MORNING
from tests.fakes.meta import signed

BODY = b'{"object":"whatsapp_business_account","entry":[]}'
LINE = Access("line-1", "+12025550142", {"app_secret": "secret", "verify_token": "a word"})
WHATSAPP = MetaWhatsapp()
GOOD = signed(BODY, "secret")["x-hub-signature-256"]


def hook(headers: Mapping[str, str], query: Mapping[str, str] | None = None) -> Hook:
    """A request with these headers."""
    url = "https://parley.test/in/line-1"
    return Hook(method="POST", url=url, headers=headers, query=query or {}, body=BODY, now=MORNING)


def asked(mode: str = "subscribe", token: str = "a word", challenge: str = "1158201444") -> Hook:  # noqa: S107
    """Meta asks whether the webhook is ours."""
    return hook({}, {"hub.mode": mode, "hub.verify_token": token, "hub.challenge": challenge})


def test_headers_are_found_as_servers_hand_them_over() -> None:
    WHATSAPP.verify(LINE, hook(Headers({"X-Hub-Signature-256": GOOD})))


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("", "missing"),
        ("sha256", "malformed"),
        ("sha256=", "malformed"),
        (GOOD.upper(), "malformed"),
        (GOOD[:-1], "malformed"),
        (f"{GOOD} ", "malformed"),
        (f"{GOOD},{GOOD}", "malformed"),
        (GOOD.replace("sha256", "sha1"), "malformed"),
        ("sha256=" + "٢" * 64, "malformed"),
        ("sha256=" + "0" * 64, "wrong"),
        (signed(BODY, "another")["x-hub-signature-256"], "wrong"),
        (signed(BODY + b" ", "secret")["x-hub-signature-256"], "wrong"),
    ],
)
def test_whatever_else_is_sent_is_not_believed_and_one_word_says_why(header: str, why: str) -> None:
    with pytest.raises(BadSignature) as caught:
        WHATSAPP.verify(LINE, hook({"x-hub-signature-256": header}))

    assert str(caught.value) == why


def test_the_old_signature_beside_it_counts_for_nothing() -> None:
    with pytest.raises(BadSignature, match="missing"):
        WHATSAPP.verify(LINE, hook({"x-hub-signature": GOOD}))


def test_whoever_knows_the_token_hears_the_challenge() -> None:
    assert WHATSAPP.check(LINE, asked()) == "1158201444"


@pytest.mark.parametrize(
    ("question", "why"),
    [
        (asked(token="another"), "wrong"),
        (asked(token=""), "wrong"),
        (asked(token="été"), "wrong"),
        (asked(mode="unsubscribe"), "malformed"),
        (asked(challenge=""), "malformed"),
        (asked(challenge="<script>"), "malformed"),
        (asked(challenge="1" * 201), "malformed"),
        (hook({}), "malformed"),
    ],
    ids=range(8),
)
def test_nobody_else_does(question: Hook, why: str) -> None:
    with pytest.raises(BadSignature) as caught:
        WHATSAPP.check(LINE, question)

    assert str(caught.value) == why


def test_a_line_without_a_token_answers_nobody() -> None:
    with pytest.raises(BadSignature, match="unset"):
        WHATSAPP.check(Access("line-1", "+12025550142"), asked(token=""))


def test_different_events_have_different_ids() -> None:
    other = Hook(method="POST", url="", headers={}, query={}, body=b"{}", now=MORNING)

    assert WHATSAPP.event_id(hook({})) == WHATSAPP.event_id(hook({"x": "y"})) != WHATSAPP.event_id(other)
