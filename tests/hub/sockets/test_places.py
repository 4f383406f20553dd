"""Places that somebody takes who has gone in the middle of a question."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace

from hub.access import Permission
from hub.house import Room
from hub.rooms import ROOMS
from hub.settings import Settings
from hub.sockets.ask import Ask, Nothing, Question
from hub.sockets.places import MOST_SOCKETS
from tests.hubs import running_hub
from tests.people import found
from tests.screens import at_screen
from tests.serving import serving


async def test_whoever_has_gone_while_they_were_answered_takes_nobodys_place(settings: Settings) -> None:
    answering = asyncio.Event()

    async def wait(_: Question[Nothing]) -> None:
        await answering.wait()

    slow = Ask(namespace="/inbox", name="wait", handler=wait, permission=Permission.ME, summary="Wait")
    rooms = (*ROOMS, Room(name="tests", asks=(slow,)))
    async with running_hub(replace(settings, open_sign_up=True), rooms=rooms) as hub, serving(hub) as url:
        owner = await found(hub, "acme")
        async with AsyncExitStack() as stack:
            screens = [await stack.enter_async_context(at_screen(url, owner)) for _ in range(MOST_SOCKETS)]
            for number, opened in enumerate(screens):
                await opened.line.send(f'42/inbox,{number}["wait"]')

        async with at_screen(url, owner) as opened:
            assert await opened.does("sync")
        answering.set()
