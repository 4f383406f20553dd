"""What cannot be written down as a sample."""

from channels.base import Inbound, Posted
from channels.vonage.channel import CHANNELS
from tests.channels.vonage.stage import VonageStage


def test_half_a_letter_is_a_sign_in_its_place(stage: VonageStage) -> None:
    body = rb'{"message_uuid":"m-1","from":"12025550171","message_type":"text","text":"Look \ud83d"}'

    [parsed] = CHANNELS["vonage_sms"].parse(stage.access, Posted(body))

    assert isinstance(parsed, Inbound)
    assert parsed.content.text == "Look \ufffd"
