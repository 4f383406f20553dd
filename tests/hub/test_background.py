"""Tasks beside everything else, and their end."""

import asyncio

from hub.background import stop


async def test_what_takes_its_cancelling_for_something_else_is_told_so_again() -> None:
    swallowed = 0

    async def go_on() -> None:
        nonlocal swallowed
        while True:
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                swallowed += 1
                if swallowed == 2:
                    raise

    task = asyncio.create_task(go_on())
    await asyncio.sleep(0)
    await stop(task)

    assert task.cancelled()
    assert swallowed == 2


async def test_what_fails_while_it_ends_has_ended() -> None:
    async def fail() -> None:
        try:
            await asyncio.sleep(3600)
        finally:
            raise ValueError

    task = asyncio.create_task(fail())
    await asyncio.sleep(0)
    await stop(task)

    assert task.done()
