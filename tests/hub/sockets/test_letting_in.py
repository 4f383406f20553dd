"""Who is let in, how long nobody may be there, and what is left of whoever has gone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import msgspec
import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidStatus

from hub.sockets.engine import MOST_UNKNOWN
from hub.sockets.places import MOST_SOCKETS
from hub.threads.models import Thread
from tests.hub.inbox.talking import Talk
from tests.hubs import Hub
from tests.people import Person
from tests.screens import PATIENCE_S, Refused, at_screen, line_to, screen
from tests.serving import serving


def greeting_of(person: Person) -> str:
    """What a client says first."""
    return "40/inbox," + msgspec.json.encode({"token": person.token}).decode()


@asynccontextmanager
async def let_in(url: str, person: Person) -> AsyncIterator[ClientConnection]:
    """A line over which somebody has said who they are, and nothing else."""
    async with line_to(url) as line:
        await line.recv()
        await line.send(greeting_of(person))
        assert str(await line.recv()).startswith("40/inbox,")
        yield line


async def end_of(line: ClientConnection) -> tuple[int, str]:
    """How the server has ended it."""
    async with asyncio.timeout(PATIENCE_S):
        try:
            while True:
                await line.recv()
        except ConnectionClosed:
            return line.close_code or 0, line.close_reason or ""


async def answers_on(line: ClientConnection, count: int) -> list[str]:
    """The beginnings of the next answers; events may come in between."""
    found: list[str] = []
    async with asyncio.timeout(PATIENCE_S):
        while len(found) < count:
            frame = str(await line.recv())
            found += [] if frame.startswith("42") else [frame[:11]]
    return found


async def test_whoever_says_nothing_is_not_waited_for(url: str) -> None:
    began_s = asyncio.get_running_loop().time()
    async with line_to(url) as line:
        ended = await end_of(line)

    assert ended == (4008, "no_token")
    assert 4.5 < asyncio.get_running_loop().time() - began_s < 7


async def test_whoever_has_gone_out_of_the_inbox_is_not_kept_either(url: str, owner: Person) -> None:
    async with let_in(url, owner) as line:
        await line.send("41/inbox,")

        ended = await end_of(line)

    assert ended == (4008, "no_token")


async def test_whoever_has_gone_out_of_the_inbox_hears_nothing(live: Hub, url: str, owner: Person, talk: Talk) -> None:
    async with let_in(url, owner) as line:
        await line.send("41/inbox,")
        await line.send('42/inbox,1["sync"]')
        await line.send("2")
        pong = await line.recv()

        await talk.begin(says="Hello")
        await live.deps.bus.settle()
        await line.send("2")

        assert (pong, await line.recv()) == ("3", "3")


@pytest.mark.parametrize("origin", ["https://evil.test", "null", "http://parley.test.evil.test"])
async def test_pages_of_others_are_refused(url: str, owner: Person, origin: str) -> None:
    with pytest.raises(Refused) as refused:
        async with screen(url, owner.token, origin=origin):
            pass

    assert refused.value.error["data"]["code"] == "forbidden"


async def test_our_own_pages_are_let_in(live: Hub, url: str, owner: Person) -> None:
    async with screen(url, owner.token, origin=live.deps.settings.base_url) as opened:
        assert await opened.does("sync")


@pytest.mark.parametrize("token", ["", "x", None, 1, ["x"], {"$ne": ""}, "x" * 5_000, "ü", "parley_", "a.b.c"])
async def test_what_is_no_token_lets_nobody_in(url: str, token: object) -> None:
    with pytest.raises(Refused) as refused:
        async with screen(url, token):
            pass

    assert refused.value.error["data"]["code"] == "unauthenticated"


async def test_the_operator_has_no_inbox(live: Hub, url: str) -> None:
    with pytest.raises(Refused):
        async with screen(url, live.deps.settings.operator_token.reveal()):
            pass


async def test_nobody_has_more_connections_than_screens(live: Hub, url: str, owner: Person) -> None:
    async with AsyncExitStack() as stack:
        for _ in range(MOST_SOCKETS):
            await stack.enter_async_context(at_screen(url, owner))

        with pytest.raises(Refused) as refused:
            await stack.enter_async_context(at_screen(url, owner))

    assert refused.value.error["data"]["code"] == "too_many_sockets"


async def test_one_address_cannot_take_all_places_of_those_who_are_coming(url: str, owner: Person) -> None:
    async with at_screen(url, owner) as theirs, AsyncExitStack() as stack:
        await asyncio.gather(*(stack.enter_async_context(line_to(url)) for _ in range(MOST_UNKNOWN)))

        with pytest.raises(InvalidStatus) as refused:
            await stack.enter_async_context(line_to(url))

        assert refused.value.response.status_code == 403
        assert await theirs.does("sync")


async def test_a_socket_is_let_in_once(url: str, owner: Person) -> None:
    async with let_in(url, owner) as line:
        await line.send(greeting_of(owner))
        await line.send('42/inbox,1["sync"]')

        assert await answers_on(line, 2) == ['44/inbox,"U', "43/inbox,1["]


async def test_what_is_asked_while_being_let_in_is_answered_after_that_and_in_order(url: str, owner: Person) -> None:
    async with line_to(url) as line:
        await line.recv()
        await line.send(greeting_of(owner))
        for number in range(1, 6):
            await line.send(f'42/inbox,{number}["{"unheard_of" if number % 2 else "sync"}"]')

        assert await answers_on(line, 6) == ['40/inbox,{"', *(f"43/inbox,{number}[" for number in range(1, 6))]


async def test_whoever_is_there_when_the_process_ends_is_told_to_come_back(live: Hub, owner: Person) -> None:
    async with AsyncExitStack() as server, AsyncExitStack() as stack:
        url = await server.enter_async_context(serving(live))
        theirs = await stack.enter_async_context(at_screen(url, owner))

        await server.aclose()

        assert await theirs.until_ended() == (4000, "server_stops")


def left_of(hub: Hub) -> dict[str, Any]:
    """Everything that is kept of sockets."""
    gateway, door = hub.app.state.sockets.gateway, hub.app.state.sockets.doors[0]
    server, speaker = gateway._server, gateway._speaker
    return {
        "sockets": server.eio.sockets,
        "unknown": server.eio.unknown,
        "scopes": server.environ,
        "connections": door.connections,
        "places": door.places.taken,
        "rooms": speaker.rooms,
        "held": speaker._held,
        "coming": [*speaker.pending_connect.values()],
        "going": [one for one in speaker.pending_disconnect.values() if one],
        "binary": server._binary_packet,
        "callbacks": speaker.callbacks,
    }


async def until_gone(hub: Hub) -> None:
    """What a client has closed, the server notices a little later."""
    async with asyncio.timeout(PATIENCE_S):
        while hub.app.state.sockets.gateway.count:
            await asyncio.sleep(0.02)


async def test_a_client_may_go_in_the_middle_of_a_question(live: Hub, url: str, owner: Person) -> None:
    for _ in range(20):
        async with let_in(url, owner) as line:
            await line.send('42/inbox,1["sync"]')
            line.transport.abort()

    await until_gone(live)

    assert {name: kept for name, kept in left_of(live).items() if kept} == {}


async def come_and_go(url: str, person: Person, thread: Thread) -> None:
    """As a screen does."""
    async with at_screen(url, person) as theirs:
        await theirs.does("watch", {"thread_id": thread.id})


@pytest.mark.slow
async def test_nothing_is_left_of_a_thousand_who_came_and_went(live: Hub, url: str, owner: Person, talk: Talk) -> None:
    thread = await talk.begin()
    for _ in range(40):
        await asyncio.gather(*(come_and_go(url, owner, thread) for _ in range(25)))
        redis = live.deps.redis
        await redis.client.delete(*await redis.client.keys(redis.key("rate", "*")))
        live.app.state.sockets.doors[0].callers.forget()

    await until_gone(live)

    assert {name: kept for name, kept in left_of(live).items() if kept} == {}
