"""The widget keeps what is asked of every provider's adapter, as far as there is a provider: nothing of it comes by
webhook, and nothing goes out over a wire that could break."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from channels.base import (
    Access,
    Address,
    BadSignature,
    Channel,
    Content,
    Gone,
    Hook,
    IdentityKind,
    Media,
    Out,
    Outbound,
)
from channels.widget.channel import WIDGET, is_open_to_all
from channels.widget.origins import origin_of, origins_of
from tests.channels.contract import Contract
from tests.clock import MORNING

ACCESS = Access("line-1", "www.acme.test", {"origins": "https://www.acme.test", "anonymous": "yes"})
VISITOR = Address(kind=IdentityKind.VISITOR, value="visitor-5")


@dataclass
class WidgetStage:
    """What of the contract's stage there is."""

    channel: Channel = field(default_factory=lambda: WIDGET)
    samples: Path = Path(__file__).parent / "samples"
    access: Access = ACCESS
    content_type: str = "application/json"

    def encode(self, body: Any) -> bytes:
        """As the hub keeps it."""
        return msgspec.json.encode(body)


@pytest.fixture
def stage() -> Any:
    """The adapter, and a line of it."""
    return WidgetStage()


class TestWidget:
    """What of the contract is about every adapter."""

    test_every_sample = Contract.test_every_sample_becomes_what_is_written_beside_it
    test_what_is_no_event_at_all = Contract.test_what_is_no_event_at_all_is_a_value_error
    test_failures_are_told_in_words = Contract.test_failures_are_told_in_words_with_a_way_on
    test_what_suppresses_does_not_pass = Contract.test_what_suppresses_does_not_pass


@pytest.mark.parametrize("headers", [{}, {"sandbox-signature": "t=1,v1=00"}])
def test_no_webhook_is_believed(headers: dict[str, str]) -> None:
    hook = Hook(method="POST", url="", headers=headers, query={}, body=b'{"messages":[]}', now=MORNING)

    with pytest.raises(BadSignature):
        WIDGET.verify(ACCESS, hook)


async def test_a_message_is_sent_by_standing_in_the_conversation(out: Out) -> None:
    message = Outbound(id="c-1", to=VISITOR, content=Content(text="Hi"))
    receipt = await WIDGET.send(out, ACCESS, message)

    assert receipt.id == "c-1"
    assert await WIDGET.lookup(out, ACCESS, message, since=MORNING) == [receipt]


async def test_visitors_send_no_files(out: Out) -> None:
    with pytest.raises(Gone):
        await WIDGET.fetch(out, ACCESS, Media(type="image/png", provider_id="1"), most_bytes=100)


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        ("https://www.acme.test", "https://www.acme.test"),
        ("www.Acme.test/contact?x=1", "https://www.acme.test"),
        ("https://acme.test:443/", "https://acme.test"),
        ("https://acme.test:8443", "https://acme.test:8443"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
        ("http://acme.test", ""),
        ("http://localhost.acme.test", ""),
        ("https://user@acme.test", ""),
        ("https://*.acme.test", ""),
        ("file:///etc", ""),
        ("", ""),
    ],
)
def test_origins_are_read_as_browsers_write_them(written: str, origin: str) -> None:
    assert origin_of(written) == origin


def test_a_line_has_as_many_origins_as_were_written() -> None:
    access = replace(ACCESS, values={"origins": "acme.test, https://www.acme.test\nnonsense://x"})

    assert origins_of(access) == {"https://acme.test", "https://www.acme.test"}


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, ""),
        ({"anonymous": " No "}, ""),
        ({"anonymous": "true"}, "yes or no"),
        ({"anonymous": "yes please"}, "yes or no"),
        ({"anonymous": ""}, "yes or no"),
        ({"origins": ","}, "the site's addresses"),
        ({"origins": "https://acme.test nonsense://x"}, "No page can be at nonsense://x"),
    ],
)
def test_what_makes_no_sense_is_told(given: dict[str, str], wrong: str) -> None:
    said = WIDGET.complaint({**ACCESS.values, **given})

    assert (wrong in said, bool(said)) == (True, bool(wrong))


@pytest.mark.parametrize(("said", "is_open"), [("yes", True), ("Yes ", True), ("no", False), ("", False)])
def test_only_a_yes_lets_everybody_begin(said: str, is_open: bool) -> None:
    assert is_open_to_all(replace(ACCESS, values={"anonymous": said})) is is_open
