"""To how many people a business may write first, as Meta says it."""

from dataclasses import replace

import pytest

from channels.base import Allowance, Out, Rationed, Unreachable, Unsure
from tests.channels.meta.stage import MetaStage
from tests.fakes.meta.provider import OWNER


def test_the_channel_can_be_asked(stage: MetaStage) -> None:
    assert isinstance(stage.channel, Rationed)


@pytest.mark.parametrize(
    ("tier", "people"),
    [("TIER_250", 250), ("TIER_2K", 2_000), ("TIER_10K", 10_000), ("TIER_100K", 100_000), ("TIER_UNLIMITED", None)],
)
async def test_it_is_counted_for_the_whole_business(stage: MetaStage, out: Out, tier: str, people: int | None) -> None:
    stage.number.tier = tier

    assert await stage.channel.allowance(out, stage.access) == Allowance(people=people, shared=OWNER)


@pytest.mark.parametrize("tier", ["", "TIER_1M"])
async def test_what_meta_does_not_say_or_says_in_a_new_word_is_no_limit_of_ours(
    stage: MetaStage, out: Out, tier: str
) -> None:
    stage.number.tier = tier

    assert await stage.channel.allowance(out, stage.access) is None


async def test_where_the_business_is_not_told_the_account_stands_for_it(stage: MetaStage, out: Out) -> None:
    stage.meta.tells_owner = False
    alone = replace(stage.access, values={**stage.access.values, "waba_id": ""})

    by_account = await stage.channel.allowance(out, stage.access)
    by_number = await stage.channel.allowance(out, alone)

    assert by_account == Allowance(people=250, shared=stage.number.account)
    assert by_number == Allowance(people=250, shared=stage.number.id)


async def test_who_may_not_ask_learns_nothing(stage: MetaStage, out: Out) -> None:
    stranger = replace(stage.access, values={**stage.access.values, "access_token": "old"})

    assert await stage.channel.allowance(out, stranger) is None


async def test_a_meta_that_is_away_has_said_nothing(stage: MetaStage, out: Out) -> None:
    async with stage.meta.gone():
        with pytest.raises(Unreachable):
            await stage.channel.allowance(out, stage.access)


async def test_a_meta_that_is_broken_has_said_nothing(stage: MetaStage, out: Out) -> None:
    stage.meta.is_broken = True

    with pytest.raises(Unsure):
        await stage.channel.allowance(out, stage.access)
