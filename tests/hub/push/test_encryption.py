"""The encryption is that of RFC 8291, to the bit; and whoever has other keys reads nothing."""

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from hub.push.encryption import CURVE, BrowserKeys, encrypted, encrypted_with, spelled, unspelled
from hub.push.models import MOST_BYTES
from tests.fakes.push import Browser

# RFC 8291, 5 and appendix A.
PLAIN = b"When I grow up, I want to be a watermelon"
SALT, AUTH = "DGv6ra1nlYgDCS1FRnbzlw", "BTBZMqHH6r4Tts7J_aSIgg"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
RECEIVER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
RESULT = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A"
    "_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def browser() -> Browser:
    return Browser("https://push.example.com/1", "")


def keys_of(browser: Browser) -> BrowserKeys:
    keys = browser.subscription["keys"]
    return BrowserKeys.read(keys["p256dh"], keys["auth"])


def test_the_example_of_the_rfc_comes_out_as_it_is_printed() -> None:
    own = ec.derive_private_key(int.from_bytes(unspelled(SENDER)), CURVE)

    result = encrypted_with(PLAIN, BrowserKeys.read(RECEIVER, AUTH), own=own, salt=unspelled(SALT))

    assert spelled(result) == RESULT


@pytest.mark.parametrize("plain", [b"", b"\x02", PLAIN, b"x" * MOST_BYTES])
def test_a_browser_reads_what_is_meant_for_it(plain: bytes) -> None:
    asking = browser()

    sent = encrypted(plain, keys_of(asking))

    assert asking.open(sent) == plain
    assert len(sent) <= 4_096


def test_no_other_browser_reads_it() -> None:
    sent = encrypted(PLAIN, keys_of(browser()))

    with pytest.raises(InvalidTag):
        browser().open(sent)


def test_the_same_is_never_sent_twice_in_the_same_letters() -> None:
    keys = keys_of(browser())

    assert encrypted(PLAIN, keys) != encrypted(PLAIN, keys)


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [(RECEIVER, "AA"), (RECEIVER[:-4], AUTH), ("B" + "A" * 86, AUTH), ("AA", AUTH), ("", AUTH), ("é", AUTH)],
)
def test_keys_that_are_none_are_refused(p256dh: str, auth: str) -> None:
    with pytest.raises(ValueError):
        BrowserKeys.read(p256dh, auth)
