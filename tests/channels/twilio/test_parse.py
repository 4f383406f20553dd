"""What comes of webhooks, beyond the samples."""

from dataclasses import replace

import pytest

from channels.base import Access, Inbound, Posted, State, Status, Strange
from channels.twilio.channel import SMS
from channels.twilio.failures import FAILURES
from channels.twilio.parse import STATES
from tests.channels.twilio.stage import FORM, LINE, SECOND, SERVICE
from tests.clock import MORNING

ACCESS = Access("line-1", LINE, names=(LINE, SECOND))
OF_SERVICE = replace(ACCESS, names=(LINE, SERVICE))
# As Twilio's package lists them.
KNOWN = "queued sending sent failed delivered undelivered accepted scheduled read partially_delivered canceled"


def posted(body: bytes, *, content_type: str = FORM, **query: str) -> Posted:
    """As the ledger has it."""
    return Posted(body, content_type, query, MORNING)


def test_it_was_said_when_it_came() -> None:
    [message] = SMS.parse(ACCESS, posted(b"MessageSid=SM1&From=%2B447700900123&Body=Hello"))

    assert isinstance(message, Inbound)
    assert message.said_at == MORNING


@pytest.mark.parametrize(
    ("access", "to", "service", "meant"),
    [
        (ACCESS, LINE, "", LINE),
        (ACCESS, SECOND, SERVICE, SECOND),
        (ACCESS, "+12025550199", SERVICE, "+12025550199"),
        (OF_SERVICE, "+12025550199", SERVICE, SERVICE),
        (OF_SERVICE, "+12025550199", "MG9", "+12025550199"),
        (ACCESS, "rcs:acme_agent", "", ""),
    ],
    ids=["address", "further_number", "unknown", "of_its_service", "of_another_service", "rcs"],
)
def test_a_message_is_of_the_number_it_was_sent_to_or_of_its_service(
    access: Access, to: str, service: str, meant: str
) -> None:
    body = f"MessageSid=SM1&From=%2B447700900123&To={to.replace('+', '%2B')}&MessagingServiceSid={service}"

    [message] = SMS.parse(access, posted(body.encode()))

    assert isinstance(message, Inbound)
    assert message.at_line == meant


def test_every_state_that_twilio_knows_is_known() -> None:
    assert set(KNOWN.split()) == STATES.keys()


def test_whatever_says_that_it_failed_has_words_for_it() -> None:
    failed = [word for word, state in STATES.items() if state is State.FAILED]

    assert [word for word in failed if word not in FAILURES] == []


def test_our_id_comes_back_in_the_address() -> None:
    [status] = SMS.parse(ACCESS, posted(b"MessageSid=SM1&MessageStatus=sent&From=ACME", m="c-1.0"))

    assert status == Status(id="SM1", state=State.SENT, at=MORNING, ours="c-1.0")


def test_json_is_kept_as_something_strange() -> None:
    body = b'[{"type":"com.twilio.messaging.message.sent"},4711]'

    assert SMS.parse(ACCESS, posted(body, content_type="application/json")) == [
        Strange(kind="com.twilio.messaging.message.sent"),
        Strange(kind="event"),
    ]


@pytest.mark.parametrize("count", ["-1", "1e400", "many", "99999999999999999999"])
def test_a_number_of_files_that_is_none_brings_no_files(count: str) -> None:
    [message] = SMS.parse(ACCESS, posted(f"MessageSid=SM1&From=%2B447700900123&Body=Hi&NumMedia={count}".encode()))

    assert isinstance(message, Inbound)
    assert (message.content.text, message.content.media) == ("Hi", ())


@pytest.mark.parametrize(
    ("body", "content_type"),
    [(b"a=%ff", FORM), (b"&".join([b"a=1"] * 501), FORM), (b"{", "application/json")],
    ids=["no_utf_8", "too_many_fields", "no_json"],
)
def test_what_cannot_be_read_is_a_value_error(body: bytes, content_type: str) -> None:
    with pytest.raises(ValueError, match="This"):
        SMS.parse(ACCESS, posted(body, content_type=content_type))
