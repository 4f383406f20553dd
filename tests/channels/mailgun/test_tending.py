"""How a line stands at Mailgun, and telling it where its webhooks go."""

import re
from dataclasses import replace

import pytest

from channels.answers import WRONG_KEY
from channels.base import Demanding, Out, Pointed, Probed, Refused
from channels.mailgun.channel import CHANNELS
from tests.channels.mailgun.stage import WEBHOOK, MailgunStage
from tests.fakes.mailgun.provider import MATCH

MAILGUN = CHANNELS["mailgun_email"]


async def missing(out: Out, stage: MailgunStage) -> list[str]:
    """What is not well; each with what to do about it."""
    assert isinstance(MAILGUN, Probed)
    found = await MAILGUN.probe(out, stage.access)
    assert all(one.advice for one in found if not one.is_well)
    return [one.about for one in found if not one.is_well]


async def point(out: Out, stage: MailgunStage) -> None:
    """Its webhooks, to us."""
    assert isinstance(MAILGUN, Pointed)
    await MAILGUN.point(out, stage.access)


async def test_of_a_new_account_everything_is_missing_but_the_domain(stage: MailgunStage, out: Out) -> None:
    assert await missing(out, stage) == ["webhook", "inbound"]


@pytest.mark.parametrize("times", [1, 2])
async def test_pointed_to_us_nothing_is_missing_however_often_it_is_done(
    stage: MailgunStage, out: Out, times: int
) -> None:
    for _ in range(times):
        await point(out, stage)

    assert await missing(out, stage) == []
    assert all(urls == [WEBHOOK] for urls in stage.mailgun.hooks.values())
    assert [one["actions"] for one in stage.mailgun.forwards] == [[f'forward("{WEBHOOK}/mail?as=mime")']]


async def test_the_webhooks_of_others_stay_beside_ours(stage: MailgunStage, out: Out) -> None:
    stage.mailgun.hooks = {"delivered": ["https://elsewhere.test"]}

    await point(out, stage)

    assert stage.mailgun.hooks["delivered"] == ["https://elsewhere.test", WEBHOOK]


@pytest.mark.parametrize(
    ("recipient", "is_ours"),
    [
        ("sales@acme.test", True),
        ("sales+e1@acme.test", True),
        ("reply+e1@in.acme.test", True),
        ("presales@acme.test", False),
        ("sales@acme.test.example.com", False),
        ("sales@acmeXtest", False),
    ],
)
async def test_the_route_takes_the_lines_own_addresses_alone(
    stage: MailgunStage, out: Out, recipient: str, is_ours: bool
) -> None:
    await point(out, stage)
    found = MATCH.fullmatch(stage.mailgun.forwards[0]["expression"])

    assert found is not None
    assert bool(re.search(found["pattern"], recipient)) is is_ours


async def test_a_route_of_ours_that_lacks_an_address_is_seen_and_mended(stage: MailgunStage, out: Out) -> None:
    assert isinstance(MAILGUN, Pointed) and isinstance(MAILGUN, Probed)
    await point(out, stage)
    line = replace(stage.access, values={**stage.access.values, "reply_address": "answers@in.acme.test"})

    [found] = [one for one in await MAILGUN.probe(out, line) if not one.is_well]
    await MAILGUN.point(out, line)

    assert "not all that come to sales@acme.test and answers@in.acme.test" in found.words
    assert [one for one in await MAILGUN.probe(out, line) if not one.is_well] == []
    [route] = stage.mailgun.forwards
    assert "answers" in route["expression"] and "reply" not in route["expression"]


async def test_a_route_that_somebody_has_made_by_hand_stays_as_it_is(stage: MailgunStage, out: Out) -> None:
    by_hand = {"id": "r-9", "expression": "catch_all()", "actions": [f'forward("{WEBHOOK}/mail?as=mime")']}
    stage.mailgun.forwards.append(by_hand)

    await point(out, stage)

    assert await missing(out, stage) == []
    assert stage.mailgun.forwards == [by_hand]


def test_an_address_for_answers_that_is_none_is_complained_about() -> None:
    assert isinstance(MAILGUN, Demanding)

    assert MAILGUN.complaint({}) == ""
    assert "one address alone" in MAILGUN.complaint({"reply_address": "reply at in.acme.test"})


async def test_a_domain_that_may_not_send_is_seen(stage: MailgunStage, out: Out) -> None:
    await point(out, stage)
    stage.mailgun.state = "unverified"

    assert await missing(out, stage) == ["domain"]


async def test_a_wrong_key_is_told(stage: MailgunStage, out: Out) -> None:
    assert isinstance(MAILGUN, Probed)
    line = replace(stage.access, values={**stage.access.values, "api_key": "another"})

    with pytest.raises(Refused) as caught:
        await MAILGUN.probe(out, line)

    assert caught.value.failure == WRONG_KEY
