"""S4 for every provider that there is: what does not bear its signature is refused with 403, and nothing is asked,
read or fetched because of it, whole mails included. A new provider is asked by itself."""

import base64
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime, timedelta

import pytest

from channels.base import Channel, Medium
from hub.lines.channels import CHANNELS
from hub.lines.models import Line
from hub.settings import Settings
from tests.clock import MORNING, VirtualClock
from tests.contracts.matrix import Sent
from tests.fakes.mailers.forms import written
from tests.fakes.mailgun import signing as mailgun
from tests.fakes.sendgrid import signing as sendgrid
from tests.hub.http.rooms import error_of
from tests.hub.intake.webhooks import ledger_of
from tests.hub.lines.connected import a_number, connect
from tests.hubs import Hub, running_hub

MAIL = b"From: asha@lead.test\r\nMessage-ID: <1@lead.test>\r\n\r\nHello"
SIGNED_BY_NOBODY = {"timestamp": str(int(MORNING.timestamp())), "token": "t" * 50, "signature": "0" * 64}
RUBBISH = base64.b64encode(b"rubbish" * 10).decode()
# All that any provider signs by, at once.
FORGED: Mapping[str, str] = {
    "x-twilio-signature": RUBBISH,
    "x-hub-signature-256": f"sha256={'0' * 64}",
    "x-hub-signature": f"sha1={'0' * 40}",
    "authorization": "Bearer e30.e30.e30",
    "telnyx-signature-ed25519": RUBBISH,
    "telnyx-timestamp": "1793620800",
    "sandbox-signature": f"t=1793620800,v1={'0' * 64}",
    "x-twilio-email-event-webhook-signature": RUBBISH,
    "x-twilio-email-event-webhook-timestamp": "1793620800",
}
BODIES: Mapping[str, tuple[str, bytes]] = {
    "nothing": ("application/json", b""),
    "json": ("application/json", b'{"signature":{"timestamp":"1793620800","token":"t","signature":"00"},"data":{}}'),
    "list": ("application/json", b'[{"event":"delivered"}]'),
    "form": ("application/x-www-form-urlencoded", b"timestamp=1793620800&token=t&signature=00&From=%2B12025550100"),
    "broken": ("application/json", b'{"a":' * 1000),
    "bytes": ("application/octet-stream", bytes(range(256))),
    "mail": ("message/rfc822", b"From: asha@lead.test\r\n\r\nHello"),
    "mail in a form": written({"email": MAIL, "body-mime": MAIL, **SIGNED_BY_NOBODY}, boundary="xYzZY")[::-1],
}
NONE: Mapping[str, str] = {}
# Fields that have to make sense.
SENSIBLE: Mapping[str, str] = {
    "url": "https://provider.example.com",
    "public_key": base64.b64encode(b"k" * 32).decode(),
    "account_sid": f"AC{'0' * 32}",
    "origins": "https://www.example.com",
    "port": "587",
}


# Of those that bring whole mails, the one that nobody brings them by webhook.
BY_MAIL_ALONE = "smtp_email"
BRINGING_MAIL = sorted(name for name, one in CHANNELS.items() if one.capabilities.is_mail and name != BY_MAIL_ALONE)
KEY, OTHER_KEY = "the key of the line", "the key of another"
Request = tuple[bytes, Mapping[str, str]]


def by_mailgun(at: datetime, key: str) -> Request:
    """A mail as Mailgun brings it: the signature stands among its fields."""
    body, type = written({"body-mime": MAIL, **mailgun.signed(at, key)}, boundary="xYzZY")
    return body, {"content-type": type}


def by_sendgrid(at: datetime, key: str) -> Request:
    """A mail as SendGrid brings it: the signature stands in the headers."""
    body, type = written({"email": MAIL}, boundary="xYzZY")
    return body, {"content-type": type, **sendgrid.signed(body, at, key)}


# How each of them signs a mail, and how old that may be.
SIGNING: Mapping[str, tuple[Callable[[datetime, str], Request], timedelta]] = {
    "mailgun_email": (by_mailgun, timedelta(hours=9)),
    "sendgrid_email": (by_sendgrid, timedelta(days=4)),
}
SECRETS = {"signing_key": KEY, "public_key": sendgrid.public_key(KEY), "inbound_key": "Xq7Lw2Bd5Ns9Kt3Rm8Vh1"}


@pytest.fixture
def asked() -> Sent:
    """What the database is asked."""
    return Sent()


@pytest.fixture
async def hub(settings: Settings, clock: VirtualClock, asked: Sent) -> AsyncIterator[Hub]:
    """A hub whose time stands still."""
    async with running_hub(settings, clock=clock, listeners=[asked]) as hub:
        yield hub


def address_of(channel: Channel) -> str:
    """Of a line."""
    return {Medium.EMAIL: "sales@acme.test", Medium.CHAT: "acme.test"}.get(channel.medium) or a_number()


def values_of(channel: Channel) -> dict[str, str]:
    """Whatever has to be said."""
    return {
        field.name: SENSIBLE.get(field.name, f"{field.name}-value") for field in channel.fields if field.default is None
    }


async def lined_up(hub: Hub, provider: str, *, secrets: Mapping[str, str] = NONE) -> Line:
    """A line of the provider that is remembered."""
    channel = CHANNELS[provider]
    known = {field.name: secrets[field.name] for field in channel.fields if field.name in secrets}
    line = await connect(hub.deps, provider, address=address_of(channel), values={**values_of(channel), **known})
    await hub.client.get(f"/in/{line.id}")
    return line


@pytest.mark.parametrize("headers", [{}, FORGED], ids=["unsigned", "forged"])
@pytest.mark.parametrize("provider", sorted(CHANNELS))
async def test_what_the_provider_has_not_signed_does_nothing(
    hub: Hub, asked: Sent, provider: str, headers: Mapping[str, str]
) -> None:
    line = await lined_up(hub, provider)

    for type, body in BODIES.values():
        asked.take()
        answer = await hub.client.post(f"/in/{line.id}", content=body, headers={**headers, "content-type": type})

        assert (answer.status_code, error_of(answer)) == (403, "bad_signature")
        assert asked.take() == []


@pytest.mark.parametrize("headers", [{}, FORGED], ids=["unsigned", "forged"])
@pytest.mark.parametrize("provider", [*BRINGING_MAIL, BY_MAIL_ALONE])
async def test_a_whole_mail_that_the_provider_has_not_signed_does_nothing(
    hub: Hub, asked: Sent, provider: str, headers: Mapping[str, str]
) -> None:
    line = await lined_up(hub, provider, secrets=SECRETS)

    for type, body in BODIES.values():
        asked.take()
        answer = await hub.client.post(f"/in/{line.id}/mail", content=body, headers={**headers, "content-type": type})

        assert (answer.status_code, error_of(answer)) == (403, "bad_signature")
        assert asked.take() == []


@pytest.mark.parametrize("why", ["wrong", "old", "early"])
@pytest.mark.parametrize("provider", BRINGING_MAIL)
async def test_a_whole_mail_signed_by_another_or_at_another_time_does_nothing(
    hub: Hub, asked: Sent, provider: str, why: str
) -> None:
    line, (signing, oldest) = await lined_up(hub, provider, secrets=SECRETS), SIGNING[provider]
    age = {"wrong": timedelta(), "old": oldest + timedelta(seconds=1), "early": -timedelta(minutes=6)}[why]
    body, headers = signing(MORNING - age, OTHER_KEY if why == "wrong" else KEY)
    asked.take()

    answer = await hub.client.post(f"/in/{line.id}/mail", content=body, headers=headers)

    assert (answer.status_code, answer.json()["error"]["data"]) == (403, {"reason": why})
    assert asked.take() == []


@pytest.mark.parametrize("provider", BRINGING_MAIL)
async def test_a_whole_mail_that_is_shown_again_is_there_once(hub: Hub, provider: str) -> None:
    line, (signing, _) = await lined_up(hub, provider, secrets=SECRETS), SIGNING[provider]
    body, headers = signing(MORNING, KEY)

    answers = [await hub.client.post(f"/in/{line.id}/mail", content=body, headers=headers) for _ in range(2)]

    (event,) = await ledger_of(hub.deps)
    assert ([answer.status_code for answer in answers], event.repeats) == ([200, 200], 1)


@pytest.mark.parametrize("provider", sorted(CHANNELS.keys() - {*BRINGING_MAIL, BY_MAIL_ALONE}))
async def test_no_other_provider_brings_whole_mails(hub: Hub, asked: Sent, provider: str) -> None:
    line = await lined_up(hub, provider)
    asked.take()

    answer = await hub.client.post(f"/in/{line.id}/mail", content=MAIL)

    assert (answer.status_code, error_of(answer)) == (404, "no_such_line")
    assert asked.take() == []
