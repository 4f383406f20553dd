"""What cannot be written down as a sample."""

from channels.base import Inbound, Posted, Status
from channels.telnyx.channel import CHANNELS
from tests.channels.telnyx.stage import TelnyxStage

TELNYX = CHANNELS["telnyx_sms"]


def test_half_a_letter_is_a_sign_in_its_place(stage: TelnyxStage) -> None:
    said = rb'{"id":"m-1","from":{"phone_number":"+12025550171"},"text":"Look \ud83d"}'

    [parsed] = TELNYX.parse(stage.access, Posted(b'{"data":{"event_type":"message.received","payload":%s}}' % said))

    assert isinstance(parsed, Inbound)
    assert parsed.content.text == "Look \ufffd"


def test_our_id_is_read_from_what_is_signed_and_not_from_the_address_of_the_request(stage: TelnyxStage) -> None:
    said = b'{"id":"m-1","to":[{"status":"delivered"}],"webhook_url":"https://parley.test/in/line-1?m=c-1"}'
    body = b'{"data":{"event_type":"message.finalized","payload":%s}}' % said

    [parsed] = TELNYX.parse(stage.access, Posted(body, query={"m": "c-2"}))

    assert isinstance(parsed, Status)
    assert parsed.ours == "c-1"


def test_how_a_message_fares_is_told_though_its_number_is_the_lines_no_more(stage: TelnyxStage) -> None:
    said = b'{"id":"m-1","to":[{"status":"delivered"}],"from":{"phone_number":"+12025550199"},"webhook_url":"x?m=c-1"}'

    [parsed] = TELNYX.parse(stage.access, Posted(b'{"data":{"event_type":"message.finalized","payload":%s}}' % said))

    assert isinstance(parsed, Status)
    assert (parsed.ours, parsed.at_line) == ("c-1", "")
