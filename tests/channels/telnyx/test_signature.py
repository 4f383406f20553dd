"""Who is believed, and the one word for why not."""

import base64
from dataclasses import replace

import pytest
from starlette.datastructures import Headers

from channels.base import Access, BadSignature, Hook
from channels.telnyx.channel import CHANNELS
from tests.clock import MORNING
from tests.fakes.telnyx.signing import public_key, signed

TELNYX = CHANNELS["telnyx_sms"]
SIGNER = "the-signer"
BODY = b'{"data":{"id":"e-1"}}'
LINE = Access("line-1", "+12025550142", {"public_key": public_key(SIGNER)})
GOOD = signed(BODY, MORNING, SIGNER)
TIME, SIGNATURE = GOOD["telnyx-timestamp"], GOOD["telnyx-signature-ed25519"]


def hook(time: str, signature: str, body: bytes = BODY) -> Hook:
    """A webhook with these headers."""
    headers = {"telnyx-timestamp": time, "telnyx-signature-ed25519": signature}
    return Hook(method="POST", url="https://parley.test/in/line-1", headers=headers, query={}, body=body, now=MORNING)


def test_headers_are_found_as_servers_hand_them_over() -> None:
    headers = Headers({"Telnyx-Timestamp": TIME, "Telnyx-Signature-Ed25519": SIGNATURE})

    TELNYX.verify(LINE, replace(hook("", ""), headers=headers))


@pytest.mark.parametrize(
    ("time", "signature", "why"),
    [
        ("", SIGNATURE, "missing"),
        (TIME, "", "missing"),
        ("soon", SIGNATURE, "malformed"),
        (f"-{TIME}", SIGNATURE, "malformed"),
        ("99999999999", SIGNATURE, "malformed"),
        ("٢٦٥٦٠٥٤٨٠٠", SIGNATURE, "malformed"),
        (TIME, "no base64!", "malformed"),
        (TIME, "été", "malformed"),
        (TIME, SIGNATURE[:-4], "wrong"),
        (TIME, base64.b64encode(bytes(64)).decode(), "wrong"),
        (TIME, base64.b64encode(bytes(63)).decode(), "wrong"),
        (TIME, SIGNATURE + "A" * 400, "malformed"),
        (str(int(TIME) - 1), SIGNATURE, "wrong"),
        ("1000000000", SIGNATURE, "old"),
        ("9999999999", SIGNATURE, "early"),
        (TIME, signed(BODY, MORNING, "another")["telnyx-signature-ed25519"], "wrong"),
    ],
    ids=range(16),
)
def test_whatever_else_is_sent_is_not_believed_and_one_word_says_why(time: str, signature: str, why: str) -> None:
    with pytest.raises(BadSignature) as caught:
        TELNYX.verify(LINE, hook(time, signature))

    assert str(caught.value) == why


@pytest.mark.parametrize("key", ["", "  ", "no base64!", base64.b64encode(bytes(31)).decode(), "été"])
def test_a_line_without_a_sensible_key_believes_nobody(key: str) -> None:
    with pytest.raises(BadSignature, match="unset"):
        TELNYX.verify(replace(LINE, values={"public_key": key}), hook(TIME, SIGNATURE))


def test_the_time_and_the_body_cannot_be_shifted_against_each_other() -> None:
    with pytest.raises(BadSignature):
        TELNYX.verify(LINE, hook(TIME[:-1], SIGNATURE, TIME[-1:].encode() + b"|" + BODY))


def test_a_repeat_with_another_number_is_the_same_event() -> None:
    first, second = (b'{"data":{"id":"e-7"},"meta":{"attempt":%d}}' % attempt for attempt in (1, 2))

    assert TELNYX.event_id(hook("", "", first)) == TELNYX.event_id(hook("", "", second)) == "e-7"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"data":{"id":null}}', b'{"data":{"id":"%s"}}' % (b"x" * 10_000)])
def test_an_event_without_a_sensible_id_is_told_by_its_bytes(body: bytes) -> None:
    assert len(TELNYX.event_id(hook("", "", body))) == 64
