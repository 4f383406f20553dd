"""How a line stands at Twilio, and setting where its webhooks go."""

from dataclasses import replace

import pytest

from channels.base import Access, BadSignature, Hook, Out, Pointed, Probed, Refused, Unsure
from channels.twilio.channel import SMS, WHATSAPP
from tests.channels.twilio.stage import LINE, SECOND, SERVICE, VALUES, WEBHOOK, TwilioStage
from tests.clock import MORNING
from tests.fakes.loopback import answer, listening, says
from tests.fakes.twilio.running import RunningTwilio

OTHER = "https://elsewhere.test/sms"


async def missing(stage: TwilioStage, out: Out, access: Access) -> list[str]:
    """What of it is not well."""
    channel = stage.channel
    assert isinstance(channel, Probed)
    return [found.words for found in await channel.probe(out, access) if not found.is_well]


@pytest.mark.parametrize("provider", [SMS.provider, WHATSAPP.provider])
async def test_of_a_line_that_is_well_nothing_is_missing(twilio: RunningTwilio, out: Out, provider: str) -> None:
    stage = TwilioStage.of(twilio, provider)

    assert await missing(stage, out, stage.access) == []


@pytest.mark.parametrize("provider", [SMS.provider, WHATSAPP.provider])
async def test_a_number_that_tells_somebody_else_is_pointed_here(
    twilio: RunningTwilio, out: Out, provider: str
) -> None:
    stage = TwilioStage.of(twilio, provider)
    number = twilio.numbers[stage.there(SECOND)]
    number.webhook = OTHER
    before = await missing(stage, out, stage.access)

    assert isinstance(stage.channel, Pointed)
    await stage.channel.point(out, stage.access)

    assert [SECOND in words for words in before] == [True]
    assert number.webhook == WEBHOOK
    assert await missing(stage, out, stage.access) == []


@pytest.mark.parametrize("provider", [SMS.provider, WHATSAPP.provider])
async def test_what_was_not_heard_is_told_once_more(twilio: RunningTwilio, out: Out, provider: str) -> None:
    stage = TwilioStage.of(twilio, provider)
    number = twilio.numbers[stage.there(SECOND)]

    assert isinstance(stage.channel, Pointed)
    await stage.channel.point(out, stage.access)

    assert number.fallback == WEBHOOK


async def test_what_a_service_has_not_told_it_tells_once_more(stage: TwilioStage, out: Out) -> None:
    stage.twilio.services[SERVICE] = {}

    assert isinstance(stage.channel, Pointed)
    await stage.channel.point(out, stage.of_service)

    assert stage.twilio.services[SERVICE]["fallback_url"] == WEBHOOK


async def test_a_service_that_tells_somebody_else_is_pointed_here(stage: TwilioStage, out: Out) -> None:
    stage.twilio.services[SERVICE] = {"inbound_request_url": OTHER, "use_inbound_webhook_on_number": False}
    before = await missing(stage, out, stage.of_service)

    assert isinstance(stage.channel, Pointed)
    await stage.channel.point(out, stage.of_service)

    assert before == ["The messaging service does not tell this Parley what comes in."]
    assert await missing(stage, out, stage.of_service) == []


async def test_a_number_that_its_service_leaves_it_to_is_asked_whom_it_tells(stage: TwilioStage, out: Out) -> None:
    stage.twilio.services[SERVICE] = {"inbound_request_url": WEBHOOK, "use_inbound_webhook_on_number": True}
    stage.twilio.numbers[SECOND].webhook = OTHER

    before = await missing(stage, out, stage.of_service)
    stage.twilio.services[SERVICE] |= {"use_inbound_webhook_on_number": False}

    assert before == [f"The number {SECOND} does not tell this Parley what comes in."]
    assert await missing(stage, out, stage.of_service) == []


async def test_what_is_not_there_is_told(stage: TwilioStage, out: Out) -> None:
    stage.twilio.is_trial = True
    del stage.twilio.numbers[SECOND]
    stage.twilio.numbers[LINE].can = {"voice": True, "sms": False, "mms": False}

    assert await missing(stage, out, stage.access) == [
        "The account is a trial: it sends only to verified numbers.",
        f"{LINE} cannot send text messages.",
        f"The account has no number {SECOND}.",
    ]


async def test_a_service_that_is_not_there_is_told(stage: TwilioStage, out: Out) -> None:
    with pytest.raises(Refused, match="20404"):
        await missing(stage, out, stage.of_service)


async def test_a_sender_that_is_not_there_is_told(twilio: RunningTwilio, out: Out) -> None:
    stage = TwilioStage.of(twilio, WHATSAPP.provider)
    del twilio.numbers[f"whatsapp:{SECOND}"]

    assert await missing(stage, out, stage.access) == [f"The account has no WhatsApp sender {SECOND}."]


async def test_a_wrong_token_is_told_in_words(stage: TwilioStage, out: Out) -> None:
    wrong = replace(stage.access, values={**stage.access.values, "auth_token": "wrong"})

    with pytest.raises(Refused) as caught:
        await missing(stage, out, wrong)

    assert "auth token" in caught.value.failure.advice


async def test_what_makes_no_sense_says_nothing_of_the_line(out: Out) -> None:
    async with listening(says(answer(b"<html>all is well</html>"))) as server:
        access = Access("line-1", LINE, {**VALUES, "url": server.url}, names=(LINE,))
        with pytest.raises(Unsure):
            await SMS.probe(out, access)


async def test_of_two_tokens_the_first_is_the_one_that_counts(stage: TwilioStage, out: Out) -> None:
    token = stage.access.values["auth_token"]
    both = replace(stage.access, values={**stage.access.values, "auth_token": f"{token} old"})

    assert await missing(stage, out, both) == []


def test_a_person_who_looks_at_the_webhook_is_told_what_it_is_for() -> None:
    assert "POST" in SMS.check(looking(), asked())


def test_a_message_by_get_is_refused_since_twilio_would_send_the_answer_on() -> None:
    with pytest.raises(BadSignature, match="get"):
        SMS.check(looking(), asked(MessageSid="SM1", Body="Hello"))


def looking() -> Access:
    """The line."""
    return Access("line-1", LINE, webhook=WEBHOOK)


def asked(**query: str) -> Hook:
    """By GET."""
    return Hook(method="GET", url=WEBHOOK, headers={}, query=query, body=b"", now=MORNING)
