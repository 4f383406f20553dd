"""What cannot be written down as a sample."""

from channels.base import Inbound, Posted, Status
from channels.vonage.channel import CHANNELS
from tests.channels.vonage.stage import VonageStage


def test_half_a_letter_is_a_sign_in_its_place(stage: VonageStage) -> None:
    body = rb'{"message_uuid":"m-1","from":"12025550171","message_type":"text","text":"Look \ud83d"}'

    [parsed] = CHANNELS["vonage_sms"].parse(stage.access, Posted(body))

    assert isinstance(parsed, Inbound)
    assert parsed.content.text == "Look \ufffd"


def test_how_a_message_fares_is_told_though_its_number_is_the_lines_no_more(stage: VonageStage) -> None:
    body = b'{"message_uuid":"m-1","from":"12025550199","status":"delivered","client_ref":"c-1"}'

    [parsed] = CHANNELS["vonage_sms"].parse(stage.access, Posted(body))

    assert isinstance(parsed, Status)
    assert (parsed.ours, parsed.at_line) == ("c-1", "")
