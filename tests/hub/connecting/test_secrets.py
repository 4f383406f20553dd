"""The secrets of lines, of every channel that there is: they go in, and come out nowhere."""

import base64
import logging
from collections.abc import Mapping

import pytest
from structlog.testing import capture_logs

from channels.base import Channel, Field, Medium
from hub.lines.channels import CHANNELS
from tests.hub.connecting.desk import Desk

ADDRESSES: Mapping[Medium, str] = {
    Medium.SMS: "+493041234567",
    Medium.WHATSAPP: "+493041234567",
    Medium.EMAIL: "us@acme.test",
    Medium.CHAT: "acme.test",
}
NOWHERE = "http://127.0.0.1:1"
# What a channel does not take just any words for.
PARTICULAR: Mapping[str, str] = {
    "url": NOWHERE,
    "origins": "https://acme.test",
    "account_sid": f"AC{'0' * 32}",
    "user": "us@acme.test",
}
REQUIRED: Mapping[str, str] = {"public_key": base64.b64encode(bytes(32)).decode(), "host": "127.0.0.1"}


def values_for(channel: Channel) -> dict[str, str]:
    """Something for each of its fields."""
    return {field.name: PARTICULAR.get(field.name) or usual(field) for field in channel.fields}


def usual(field: Field) -> str:
    """Something that stands nowhere else, if it is a secret."""
    if field.is_secret:
        return f"TheSecretOf{field.name.title()}Alone".replace("_", "")
    return REQUIRED.get(field.name, "1") if field.default is None else field.default


@pytest.mark.parametrize("provider", sorted(CHANNELS))
async def test_no_secret_stands_in_an_answer_a_log_or_the_audit_log(
    desk: Desk, caplog: pytest.LogCaptureFixture, provider: str
) -> None:
    channel = CHANNELS[provider]
    given = values_for(channel)
    wanted = {"provider": provider, "name": "Ours", "address": ADDRESSES[channel.medium], "values": given}

    with capture_logs() as logged, caplog.at_level(logging.DEBUG):
        made = await desk.owner.asks("POST", "/lines", wanted)
        way = f"/lines/{made.json()['id']}"
        answers = [made, *[await desk.owner.asks("GET", path) for path in (way, "/lines", f"{way}/health")]]
        answers += [await desk.owner.asks("PATCH", way, {"values": given})]
        answers += [await desk.owner.asks("POST", f"{way}/{verb}") for verb in ("check", "point")]
        answers += [await desk.owner.asks("POST", f"{way}/test", {"to": "+4915112345678"})]
        answers += [await desk.owner.asks("GET", "/audit")]

    everything = " ".join([*(answer.text for answer in answers), str(logged), caplog.text])
    secrets = [given[field.name] for field in channel.fields if field.is_secret]
    assert (made.status_code, [secret for secret in secrets if secret in everything]) == (201, [])
