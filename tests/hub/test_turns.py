"""Turns: one after the other, and nobody waits for ever."""

import asyncio

import pytest

from hub.turns import NotYet, Turns

IN_VAIN_S = 0.05


async def test_turns_come_in_the_order_of_asking() -> None:
    turns, order = Turns(), list[int]()

    async def take(number: int) -> None:
        async with turns.of("a"):
            await asyncio.sleep(0)
            order.append(number)

    await asyncio.gather(*map(take, range(5)))

    assert order == [0, 1, 2, 3, 4]


async def test_whoever_waits_in_vain_gives_up_and_leaves_the_turn_where_it_is() -> None:
    turns = Turns(waited_s=IN_VAIN_S)

    async with turns.of("a"):
        for _ in range(2):
            with pytest.raises(NotYet):
                await turns.of("a").__aenter__()

    async with turns.of("a"):
        pass


async def test_turn_goes_on_after_a_failure() -> None:
    turns = Turns(waited_s=IN_VAIN_S)

    with pytest.raises(ZeroDivisionError):
        async with turns.of("a"):
            raise ZeroDivisionError

    async with turns.of("a"):
        pass


async def test_turns_at_one_thing_are_none_at_another() -> None:
    turns = Turns()

    async with turns.of("a"), asyncio.timeout(20), turns.of("b"):
        pass
