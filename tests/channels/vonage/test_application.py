"""How a line stands at Vonage, and telling it where its webhooks go."""

from copy import deepcopy
from dataclasses import replace

import pytest

from channels.answers import WRONG_KEY
from channels.base import Access, Demanding, Out, Pointed, Probed, Refused
from channels.vonage.channel import CHANNELS
from tests.channels.vonage.stage import LINE, SECOND, WEBHOOK, VonageStage
from tests.fakes.vonage.provider import Vonage

VONAGE = CHANNELS["vonage_sms"]


@pytest.fixture
def access(vonage: Vonage, stage: VonageStage) -> Access:
    """A line where nothing is missing; its short code is not looked for."""
    vonage.connect(LINE, SECOND, webhook=WEBHOOK)
    return stage.access


async def missing(out: Out, access: Access) -> list[str]:
    """What is not well; each with what to do about it."""
    assert isinstance(VONAGE, Probed)
    found = await VONAGE.probe(out, access)
    assert all(one.advice for one in found if not one.is_well)
    return [one.about for one in found if not one.is_well]


async def test_a_line_where_nothing_is_missing_is_well(out: Out, access: Access) -> None:
    assert await missing(out, access) == []


async def test_webhooks_that_go_elsewhere_are_seen(vonage: Vonage, out: Out, access: Access) -> None:
    vonage.messages["webhooks"]["status_url"] = {"address": "https://elsewhere.test", "http_method": "POST"}

    assert await missing(out, access) == ["webhook"]


async def test_a_number_that_is_not_linked_is_seen(vonage: Vonage, out: Out, access: Access) -> None:
    vonage.numbers.remove(SECOND)

    assert await missing(out, access) == ["number"]


async def test_an_application_without_any_number_is_seen(vonage: Vonage, out: Out, access: Access) -> None:
    vonage.numbers.clear()

    assert await missing(out, access) == ["number"] * 2


async def test_of_an_application_with_very_many_numbers_all_are_looked_through(
    vonage: Vonage, out: Out, access: Access
) -> None:
    vonage.numbers = [*(f"+1202556{n:04}" for n in range(200)), *vonage.numbers]

    assert await missing(out, access) == []


async def test_two_lines_of_one_application_are_told_of_at_its_one_address(
    vonage: Vonage, out: Out, access: Access
) -> None:
    other = "https://parley.test/in/line-2"
    vonage.connect(webhook=other)

    assert await missing(out, replace(access, webhooks=(WEBHOOK, other))) == []


async def test_an_older_form_and_locked_files_are_seen(vonage: Vonage, out: Out, access: Access) -> None:
    vonage.messages.update(version="v0.1", authenticate_inbound_media=True)

    assert await missing(out, access) == ["version", "media"]


@pytest.mark.parametrize(("field", "code"), [("api_secret", WRONG_KEY.code), ("application", "not-found")])
async def test_what_vonage_does_not_know_it_says(out: Out, access: Access, field: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        await missing(out, replace(access, values={**access.values, field: "another"}))

    assert caught.value.failure.code == code


async def test_pointed_to_us_the_rest_of_the_application_stays(vonage: Vonage, out: Out, access: Access) -> None:
    vonage.connect(webhook="https://elsewhere.test")
    vonage.messages["authenticate_inbound_media"] = False
    before = deepcopy(vonage.application)
    assert isinstance(VONAGE, Pointed)

    await VONAGE.point(out, access)

    assert await missing(out, access) == []
    before["capabilities"]["messages"]["webhooks"] = vonage.messages["webhooks"]
    assert vonage.application == before


def test_a_pool_that_makes_no_sense_is_complained_about() -> None:
    assert isinstance(VONAGE, Demanding)

    assert "12025550142" in VONAGE.complaint({"numbers": "12025550142"})
