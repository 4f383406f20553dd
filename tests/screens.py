"""Screens of a test: real sockets to a real server, speaking Engine.IO and Socket.IO as they stand on the wire."""

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.people import Person

# The longest that anything may take on a busy machine.
PATIENCE_S = 30.0


class Refused(Exception):
    """The hub has not let somebody in."""

    def __init__(self, error: Any) -> None:
        super().__init__(error)
        self.error = error


@dataclass(frozen=True)
class Heard:
    """An event."""

    name: str
    payload: Any


@dataclass
class Screen:
    """One socket in one namespace. What it hears stands in `heard`, in order."""

    line: ClientConnection
    namespace: str
    heard: list[Heard] = field(default_factory=list)
    waiting: dict[int, asyncio.Future[Any]] = field(default_factory=dict)
    numbers: Any = field(default_factory=itertools.count)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    reading: asyncio.Task[None] | None = None
    ended: tuple[int, str] | None = None

    async def ask(self, name: str, body: Any = None) -> Any:
        """One question, and its answer as it came."""
        number = next(self.numbers)
        answer = self.waiting[number] = asyncio.get_running_loop().create_future()
        question = msgspec.json.encode([name] if body is None else [name, body]).decode()
        await self.line.send(f"42{self.namespace},{number}{question}")
        async with asyncio.timeout(PATIENCE_S):
            return await answer

    async def does(self, name: str, body: Any = None) -> Any:
        """One question that is answered well."""
        answer = await self.ask(name, body)
        assert "ok" in answer, answer
        return answer["ok"]

    async def is_refused(self, name: str, body: Any = None) -> str:
        """The code of the refusal."""
        return str((await self.ask(name, body))["error"]["code"])

    async def hears(self, name: str, which: Callable[[Any], bool] = lambda _: True) -> Any:
        """The payload of the first such event, waited for."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                for one in self.heard:
                    if one.name == name and which(one.payload):
                        return one.payload
                assert self.ended is None, self.ended
                self.news.clear()
                await self.news.wait()

    def names(self) -> list[str]:
        """Of all events so far."""
        return [one.name for one in self.heard]

    async def until_ended(self) -> tuple[int, str]:
        """How the server has ended it."""
        assert self.reading
        async with asyncio.timeout(PATIENCE_S):
            await self.reading
        assert self.ended
        return self.ended

    async def read(self) -> None:
        """Everything that comes, until the end."""
        try:
            async for frame in self.line:
                await self.take(str(frame))
        except ConnectionClosed:
            pass
        self.ended = (self.line.close_code or 0, self.line.close_reason or "")
        for answer in self.waiting.values():
            # Somebody may wait for it no more.
            if not answer.done():
                answer.set_exception(ConnectionError("the socket has ended"))
                answer.exception()
        self.news.set()

    async def take(self, frame: str) -> None:
        """One frame."""
        if frame == "2":
            with contextlib.suppress(ConnectionClosed):
                await self.line.send("3")
            return
        kind, text = frame[:2], frame[2:].removeprefix(f"{self.namespace},")
        if kind == "42":
            name, *rest = msgspec.json.decode(text)
            self.heard.append(Heard(name, rest[0] if rest else None))
            self.news.set()
        elif kind == "43":
            number, _, _ = text.partition("[")
            answer = self.waiting.pop(int(number))
            if not answer.done():
                answer.set_result(msgspec.json.decode(text[len(number) :])[0])


@asynccontextmanager
async def line_to(address: str, *, origin: str | None = None) -> AsyncIterator[ClientConnection]:
    """A WebSocket to the hub at this URL, on which nobody has said anything."""
    url = address.replace("http://", "ws://") + "/socket.io/?EIO=4&transport=websocket"
    async with connect(url, origin=origin, compression=None, max_size=None) as line:  # type: ignore[arg-type]
        yield line


@asynccontextmanager
async def screen(
    address: str, token: object, *, namespace: str = "/inbox", origin: str | None = None
) -> AsyncIterator[Screen]:
    """A socket of whoever has this token, or Refused."""
    async with line_to(address, origin=origin) as line:
        async with asyncio.timeout(PATIENCE_S):
            assert str(await line.recv()).startswith("0")
            await line.send(f"40{namespace},{msgspec.json.encode({'token': token}).decode()}")
            answer = str(await line.recv())
        text = answer[2:].removeprefix(f"{namespace},")
        if answer.startswith("44"):
            raise Refused(msgspec.json.decode(text))
        assert answer.startswith("40"), answer
        opened = Screen(line, namespace)
        opened.reading = asyncio.create_task(opened.read())
        try:
            yield opened
        finally:
            opened.reading.cancel()
            await asyncio.gather(opened.reading, return_exceptions=True)


@asynccontextmanager
async def at_screen(address: str, person: Person) -> AsyncIterator[Screen]:
    """A member in the inbox."""
    async with screen(address, person.token) as opened:
        yield opened
