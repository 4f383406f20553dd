"""How a line stands at Telnyx, and telling it where its webhooks go."""

from dataclasses import replace

import pytest

from channels.answers import WRONG_KEY
from channels.base import Access, Demanding, Out, Pointed, Probed, Refused
from channels.telnyx.channel import CHANNELS
from tests.channels.telnyx.stage import LINE, SECOND, WEBHOOK, TelnyxStage
from tests.fakes.telnyx.provider import Telnyx

TELNYX = CHANNELS["telnyx_sms"]


@pytest.fixture
def access(telnyx: Telnyx, stage: TelnyxStage) -> Access:
    """A line where nothing is missing; its short code is not looked for."""
    telnyx.connect(LINE, SECOND, webhook=WEBHOOK)
    return stage.access


async def missing(out: Out, access: Access) -> list[str]:
    """What is not well; each with what to do about it."""
    assert isinstance(TELNYX, Probed)
    found = await TELNYX.probe(out, access)
    assert all(one.advice for one in found if not one.is_well)
    return [one.about for one in found if not one.is_well]


async def test_a_line_where_nothing_is_missing_is_well(out: Out, access: Access) -> None:
    assert await missing(out, access) == []


@pytest.mark.parametrize(
    ("change", "about"),
    [
        ({"webhook_url": "https://elsewhere.test"}, "webhook"),
        ({"webhook_api_version": "1"}, "version"),
        ({"enabled": False}, "profile"),
    ],
)
async def test_what_is_wrong_about_the_profile_is_seen(
    telnyx: Telnyx, out: Out, access: Access, change: dict[str, object], about: str
) -> None:
    telnyx.profile |= change

    assert await missing(out, access) == [about]


async def test_a_number_that_is_not_the_profiles_is_seen(telnyx: Telnyx, out: Out, access: Access) -> None:
    telnyx.numbers.remove(SECOND)

    assert await missing(out, access) == ["number"]


async def test_two_lines_of_one_profile_are_told_of_at_its_one_address(
    telnyx: Telnyx, out: Out, access: Access
) -> None:
    other = "https://parley.test/in/line-2"
    telnyx.profile |= {"webhook_url": other}

    assert await missing(out, replace(access, webhooks=(WEBHOOK, other))) == []


async def test_of_a_profile_with_very_many_numbers_all_are_looked_through(
    telnyx: Telnyx, out: Out, access: Access
) -> None:
    telnyx.numbers = [*(f"+1202556{n:04}" for n in range(500)), *telnyx.numbers]

    assert await missing(out, access) == []


@pytest.mark.parametrize(("field", "code"), [("api_key", WRONG_KEY.code), ("profile", "10005")])
async def test_what_telnyx_does_not_know_it_says(out: Out, access: Access, field: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        await missing(out, replace(access, values={**access.values, field: "another"}))

    assert caught.value.failure.code == code


async def test_pointed_to_us_the_profile_tells_us(telnyx: Telnyx, out: Out, access: Access) -> None:
    telnyx.profile |= {"webhook_url": "https://elsewhere.test", "webhook_api_version": "1"}
    assert isinstance(TELNYX, Pointed)

    await TELNYX.point(out, access)

    assert await missing(out, access) == []
    assert telnyx.profile["name"] == "Parley"


def test_fields_that_make_no_sense_are_complained_about(stage: TelnyxStage) -> None:
    assert isinstance(TELNYX, Demanding)
    values = stage.access.values

    assert TELNYX.complaint(values) == ""
    assert "public key" in TELNYX.complaint({**values, "public_key": "KEY0123"})
    assert "12025550142" in TELNYX.complaint({**values, "numbers": "12025550142"})
