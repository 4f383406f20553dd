"""Who is believed, and the one word for why not."""

import base64
import hashlib
import hmac
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from starlette.datastructures import Headers

from channels.base import Access, BadSignature, Hook
from channels.vonage.channel import CHANNELS
from tests.clock import MORNING
from tests.fakes.vonage.signing import signed

VONAGE = CHANNELS["vonage_sms"]
SECRET = "signature-secret-of-the-whole-account"
BODY = b'{"message_uuid":"m-1"}'
LINE = Access("line-1", "+12025550142", {"signature_secret": SECRET})
GOOD = signed(BODY, MORNING, SECRET)["authorization"]
HEAD, CLAIMS, SIGNATURE = GOOD.split(".")


def hook(header: str, body: bytes = BODY) -> Hook:
    """A webhook with this credential."""
    headers = {"authorization": header} if header else {}
    return Hook(method="POST", url="https://parley.test/in/line-1", headers=headers, query={}, body=body, now=MORNING)


def by_hand(head: Any, claims: Any, secret: str = SECRET) -> str:
    """A token as somebody might make one."""
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (head, claims)]
    signature = hmac.digest(secret.encode(), b".".join(parts), "sha256")
    return f"Bearer {b'.'.join([*parts, base64.urlsafe_b64encode(signature).rstrip(b'=')]).decode()}"


CLAIMED = {"iat": int(MORNING.timestamp()), "payload_hash": hashlib.sha256(BODY).hexdigest()}
ALG = {"alg": "HS256", "typ": "JWT"}


def test_headers_are_found_as_servers_hand_them_over() -> None:
    VONAGE.verify(LINE, replace(hook(""), headers=Headers({"Authorization": GOOD})))


def test_a_token_of_nothing_more_than_it_needs_is_believed() -> None:
    VONAGE.verify(LINE, hook(by_hand(ALG, CLAIMED)))


def test_while_the_secret_changes_either_is_believed() -> None:
    both = replace(LINE, values={"signature_secret": f"new {SECRET}"})

    VONAGE.verify(both, hook(GOOD))
    VONAGE.verify(both, hook(by_hand(ALG, CLAIMED, "new")))


def test_no_more_secrets_are_tried_than_two() -> None:
    many = replace(LINE, values={"signature_secret": f"one two {SECRET}"})

    with pytest.raises(BadSignature, match="wrong"):
        VONAGE.verify(many, hook(GOOD))


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("", "missing"),
        ("Bearer", "malformed"),
        ("Bearer x", "malformed"),
        (f"Basic {GOOD[7:]}", "malformed"),
        (f"{HEAD}.{CLAIMS}", "malformed"),
        (f"{HEAD}.{CLAIMS}.", "malformed"),
        (f"{HEAD}..{SIGNATURE}", "malformed"),
        (f"{HEAD}.{CLAIMS}.{SIGNATURE}=", "wrong"),
        (f"{HEAD}.{CLAIMS}.{SIGNATURE[:-1]}", "wrong"),
        (f"{HEAD}.{CLAIMS}x.{SIGNATURE}", "wrong"),
        (f"{HEAD}.{CLAIMS}.été", "wrong"),
        (by_hand({"alg": "none"}, CLAIMED), "malformed"),
        (by_hand({"alg": "HS512"}, CLAIMED), "malformed"),
        (by_hand([], CLAIMED), "malformed"),
        (by_hand(ALG, CLAIMED, "another secret"), "wrong"),
        (by_hand(ALG, {**CLAIMED, "iat": None}), "malformed"),
        (by_hand(ALG, {**CLAIMED, "iat": "soon"}), "malformed"),
        (by_hand(ALG, {**CLAIMED, "iat": 1e300}), "malformed"),
        (by_hand(ALG, {**CLAIMED, "iat": 1e9}), "old"),
        (by_hand(ALG, {"iat": CLAIMED["iat"]}), "wrong"),
        (by_hand(ALG, {**CLAIMED, "payload_hash": hashlib.sha256(b"").hexdigest()}), "wrong"),
        (by_hand(ALG, [CLAIMED]), "malformed"),
        (f"Bearer {'x' * 5000}.{CLAIMS}.{SIGNATURE}", "malformed"),
    ],
    ids=range(23),
)
def test_whatever_else_is_sent_is_not_believed_and_one_word_says_why(header: str, why: str) -> None:
    with pytest.raises(BadSignature) as caught:
        VONAGE.verify(LINE, hook(header))

    assert str(caught.value) == why


@pytest.mark.parametrize("secret", ["", "  "])
def test_a_token_by_an_empty_secret_is_nobodys(secret: str) -> None:
    with pytest.raises(BadSignature, match="unset"):
        VONAGE.verify(replace(LINE, values={"signature_secret": secret}), hook(by_hand(ALG, CLAIMED, secret)))


def test_each_repeat_has_a_token_of_its_own_and_is_the_same_event() -> None:
    later = signed(BODY, MORNING + timedelta(minutes=1), SECRET)["authorization"]

    assert VONAGE.event_id(hook(GOOD)) == VONAGE.event_id(hook(later)) != VONAGE.event_id(hook(GOOD, b"{}"))
