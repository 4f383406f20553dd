"""How a line stands at SendGrid, and telling it where its webhooks go."""

from dataclasses import replace

import pytest

from channels.answers import WRONG_KEY
from channels.base import Out, Pointed, Probed, Refused
from channels.sendgrid.channel import CHANNELS
from tests.channels.sendgrid.stage import INBOUND_KEY, WEBHOOK, SendGridStage

SENDGRID = CHANNELS["sendgrid_email"]
INBOUND = f"{WEBHOOK}/mail?key={INBOUND_KEY}"


async def missing(out: Out, stage: SendGridStage) -> list[str]:
    """What is not well; each with what to do about it."""
    assert isinstance(SENDGRID, Probed)
    found = await SENDGRID.probe(out, stage.access)
    assert all(one.advice for one in found if not one.is_well)
    return [one.about for one in found if not one.is_well]


async def point(out: Out, stage: SendGridStage) -> None:
    """Its webhooks, to us."""
    assert isinstance(SENDGRID, Pointed)
    await SENDGRID.point(out, stage.access)


async def test_of_a_new_account_everything_is_missing_but_the_domain(stage: SendGridStage, out: Out) -> None:
    assert await missing(out, stage) == ["webhook", "inbound"]


@pytest.mark.parametrize("times", [1, 2])
async def test_pointed_to_us_nothing_is_missing_however_often_it_is_done(
    stage: SendGridStage, out: Out, times: int
) -> None:
    for _ in range(times):
        await point(out, stage)

    assert await missing(out, stage) == []
    assert [one["url"] for one in stage.sendgrid.hooks] == [WEBHOOK]
    assert [(one["hostname"], one["url"]) for one in stage.sendgrid.parses] == [("in.acme.test", INBOUND)]


async def test_the_webhooks_of_others_stay_as_they_are(stage: SendGridStage, out: Out) -> None:
    stage.sendgrid.connect("b@acme.test", "https://elsewhere.test")
    before = dict(stage.sendgrid.hooks[0])

    await point(out, stage)

    assert stage.sendgrid.hooks[0] == before


async def test_a_domain_that_is_not_authenticated_is_seen(stage: SendGridStage, out: Out) -> None:
    await point(out, stage)
    stage.sendgrid.domains[:] = ["notacme.test"]

    assert await missing(out, stage) == ["domain"]


async def test_a_key_that_is_not_the_lines_is_shown_to_be_entered(stage: SendGridStage, out: Out) -> None:
    await point(out, stage)
    stage.sendgrid.hooks[0]["public_key"] = "MFkwAnother"
    assert isinstance(SENDGRID, Probed)

    [found] = [one for one in await SENDGRID.probe(out, stage.access) if not one.is_well]

    assert (found.about, "MFkwAnother" in found.advice) == ("public_key", True)


@pytest.mark.parametrize("change", [{"enabled": False}, {"bounce": False}, {"spam_report": False}])
async def test_what_is_not_told_is_seen(stage: SendGridStage, out: Out, change: dict[str, object]) -> None:
    await point(out, stage)
    stage.sendgrid.hooks[0] |= change

    assert await missing(out, stage) == ["webhook"]


async def test_without_a_word_for_it_no_mails_are_asked_for(stage: SendGridStage, out: Out) -> None:
    assert isinstance(SENDGRID, Pointed)
    line = replace(stage.access, values={**stage.access.values, "inbound_key": ""})

    await SENDGRID.point(out, line)

    assert stage.sendgrid.parses == []


ANOTHER = "https://parley.test/in/line-2"
HELP_DESK = "https://desk:secret@help.example.net/in?token=t-1"


def comes_to(stage: SendGridStage, url: str) -> list[tuple[str, str]]:
    """Mails to the domain of the answers go there; gives back what is set."""
    stage.sendgrid.parses.append({"hostname": "in.acme.test", "url": url})
    return [("in.acme.test", url)]


def parses(stage: SendGridStage) -> list[tuple[str, str]]:
    return [(one["hostname"], one["url"]) for one in stage.sendgrid.parses]


async def test_mails_that_come_to_somebody_else_are_not_taken_from_them(stage: SendGridStage, out: Out) -> None:
    before = comes_to(stage, HELP_DESK)

    with pytest.raises(Refused) as caught:
        await point(out, stage)

    assert parses(stage) == before
    assert "in.acme.test go to help.example.net at SendGrid" in caught.value.failure.words
    assert [one["url"] for one in stage.sendgrid.hooks] == [WEBHOOK]


async def test_that_mails_come_to_somebody_else_is_seen_without_their_secret(stage: SendGridStage, out: Out) -> None:
    comes_to(stage, HELP_DESK)
    assert isinstance(SENDGRID, Probed)

    [found] = [one for one in await SENDGRID.probe(out, stage.access) if one.about == "inbound"]

    assert (found.is_well, found.words) == (False, "Mails to in.acme.test go to help.example.net at SendGrid.")


async def test_where_another_line_of_the_account_has_the_answers_all_is_well(stage: SendGridStage, out: Out) -> None:
    before = comes_to(stage, f"{ANOTHER}/mail?key=another")
    line = replace(stage.access, webhooks=(WEBHOOK, ANOTHER))
    assert isinstance(SENDGRID, Pointed) and isinstance(SENDGRID, Probed)

    await SENDGRID.point(out, line)

    assert parses(stage) == before
    assert "inbound" not in [one.about for one in await SENDGRID.probe(out, line) if not one.is_well]


@pytest.mark.parametrize("url", [f"{WEBHOOK}/mail?key=old", "https://old.test/in/line-1/mail?key=old"])
async def test_what_was_the_lines_own_before_is_changed(stage: SendGridStage, out: Out, url: str) -> None:
    comes_to(stage, url)
    assert "inbound" in await missing(out, stage)

    await point(out, stage)

    assert parses(stage) == [("in.acme.test", INBOUND)]


async def test_a_wrong_key_is_told(stage: SendGridStage, out: Out) -> None:
    stage.sendgrid.key = "SG.another"

    with pytest.raises(Refused) as caught:
        await missing(out, stage)

    assert caught.value.failure == WRONG_KEY
