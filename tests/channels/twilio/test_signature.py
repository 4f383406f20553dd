"""Who is believed, and the one word for why not."""

import base64
import hashlib
import hmac
from dataclasses import replace

import pytest

from channels.base import Access, BadSignature, Hook
from channels.twilio.channel import SMS
from tests.channels.twilio.stage import FORM, LINE, WEBHOOK
from tests.clock import MORNING
from tests.fakes.twilio import signature

JSON = b'{"type":"com.twilio.error"}'
HASHED = f"{WEBHOOK}?bodySHA256={hashlib.sha256(JSON).hexdigest()}"


def line(tokens: str = "token") -> Access:
    """A line with these tokens."""
    return Access("line-1", LINE, {"auth_token": tokens}, names=(LINE,), webhook=WEBHOOK)


def hook(signed_by: str, body: bytes = b"", *, url: str = WEBHOOK, content_type: str = FORM) -> Hook:
    """A webhook with this signature."""
    headers = {"content-type": content_type, "x-twilio-signature": signed_by}
    return Hook(method="POST", url=url, headers=headers, query={}, body=body, now=MORNING)


def test_the_example_of_twilios_own_page_is_believed() -> None:
    url = "https://example.com/myapp.php?foo=1&bar=2"
    body = b"CallSid=CA1234567890ABCDE&Caller=%2B14158675310&Digits=1234&From=%2B14158675310&To=%2B18005551212"

    SMS.verify(line("12345"), hook("L/OH5YylLD5NRKLltdqwSvS0BnU=", body, url=url))


def test_while_the_token_changes_either_is_believed() -> None:
    SMS.verify(line("new old"), hook(signature(WEBHOOK, [], "new")))
    SMS.verify(line("new old"), hook(signature(WEBHOOK, [], "old")))


@pytest.mark.parametrize("signed", ["https://parley.test:443/in/line-1", WEBHOOK])
@pytest.mark.parametrize("seen", ["https://parley.test:443/in/line-1", WEBHOOK])
def test_it_makes_no_difference_whether_the_port_is_written(seen: str, signed: str) -> None:
    SMS.verify(line(), hook(signature(signed, [], "token"), url=seen))


def test_our_own_part_of_the_url_is_signed_with_it() -> None:
    good = hook(signature(f"{WEBHOOK}?m=c-1.0", [], "token"), url=f"{WEBHOOK}?m=c-1.0")

    SMS.verify(line(), good)
    with pytest.raises(BadSignature, match="wrong"):
        SMS.verify(line(), replace(good, url=f"{WEBHOOK}?m=c-2.0"))


def test_fields_may_be_empty_repeated_and_of_any_script() -> None:
    fields = [("Body", "क्या 🏠?"), ("Body", "again"), ("Body", "again"), ("ToZip", ""), ("A b", "&=")]
    body = "Body=%E0%A4%95%E0%A5%8D%E0%A4%AF%E0%A4%BE+%F0%9F%8F%A0%3F&Body=again&Body=again&ToZip=&A%20b=%26%3D"

    SMS.verify(line(), hook(signature(WEBHOOK, fields, "token"), body.encode()))


def test_json_is_believed_by_its_hash_in_the_url() -> None:
    SMS.verify(line(), hook(signature(HASHED, [], "token"), JSON, url=HASHED, content_type="application/json"))


@pytest.mark.parametrize(
    ("body", "url"), [(JSON + b" ", HASHED), (JSON, WEBHOOK), (JSON, f"{WEBHOOK}?bodySHA256=")], ids=range(3)
)
def test_json_that_the_signature_does_not_cover_is_not_believed(body: bytes, url: str) -> None:
    signed = signature(url, [], "token")

    with pytest.raises(BadSignature, match="wrong"):
        SMS.verify(line(), hook(signed, body, url=url, content_type="application/json"))


def test_a_form_is_not_believed_for_being_called_json() -> None:
    body = b"Body=Yes&From=%2B447700900123&MessageSid=SM1"
    signed = signature(WEBHOOK, [("Body", "Yes"), ("From", "+447700900123"), ("MessageSid", "SM1")], "token")

    with pytest.raises(BadSignature):
        SMS.verify(line(), hook(signed, body, content_type="application/json"))


def test_a_shared_key_signs_by_another_algorithm() -> None:
    signed = base64.b64encode(hmac.digest(b"token", WEBHOOK.encode(), hashlib.sha256)).decode()
    settings = "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"
    plain = hook(signed)

    SMS.verify(line(), replace(plain, headers={**plain.headers, "x-twilio-webhooks-signature-settings": settings}))
    with pytest.raises(BadSignature, match="wrong"):
        SMS.verify(line(), plain)


def test_an_algorithm_that_nobody_knows_is_not_believed() -> None:
    good = hook(signature(WEBHOOK, [], "token"))
    settings = {"x-twilio-webhooks-signature-settings": "algorithm=none"}

    with pytest.raises(BadSignature, match="algorithm"):
        SMS.verify(line(), replace(good, headers={**good.headers, **settings}))


@pytest.mark.parametrize(
    ("signed_by", "body", "why"),
    [("", b"", "missing"), ("été", b"", "wrong"), ("x", b"\xff=1", "malformed"), ("x", b"a=%ff", "malformed")],
)
def test_whatever_else_is_sent_is_not_believed_and_one_word_says_why(signed_by: str, body: bytes, why: str) -> None:
    with pytest.raises(BadSignature) as caught:
        SMS.verify(line(), hook(signed_by, body))

    assert str(caught.value) == why


@pytest.mark.parametrize("tokens", ["", " "])
def test_a_line_without_a_token_believes_nobody(tokens: str) -> None:
    with pytest.raises(BadSignature, match="unset"):
        SMS.verify(line(tokens), hook(signature(WEBHOOK, [], "")))


def test_each_state_of_a_message_is_an_event_of_its_own() -> None:
    bodies = [
        b"MessageSid=SM1&SmsStatus=received",
        b"MessageSid=SM1&MessageStatus=sent",
        b"MessageSid=SM1&MessageStatus=delivered",
        b"MessageSid=SM1&MessageStatus=delivered&RawDlrDoneDate=2611210100",
    ]

    ids = [SMS.event_id(hook("", body)) for body in bodies]

    assert ids == ["SM1:received", "SM1:sent", "SM1:delivered", "SM1:delivered:2611210100"]


@pytest.mark.parametrize("body", [b"", b"\xff", b"Body=Hello", b"[]"])
def test_what_names_no_message_has_no_id(body: bytes) -> None:
    assert SMS.event_id(hook("", body)) == ""
