"""A provider of SMS: an account with numbers, the people who write to them, and all that was sent to those people."""

import asyncio
import secrets
import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx2
from starlette.responses import Response
from starlette.routing import Route

from tests.fakes.sandbox.moods import Does, Mood, Moods
from tests.fakes.serving import Served

NOT_REACHED = 0
SECOND = timedelta(seconds=1)
Body = dict[str, Any]


@dataclass
class Sent:
    """A message that it has taken. `ours` is what its sender calls it."""

    id: str
    ours: str
    line: str
    to: str
    body: Body
    at: datetime
    states: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Told:
    """One webhook, and what was answered each time that it was sent; 0 where nobody answered."""

    url: str
    event: Body
    answers: list[int]


class Carrier(Served, ABC):
    """What it tells and takes. How that is written is each provider's own."""

    def __init__(self, now: Callable[[], datetime], client: httpx2.AsyncClient, *, key: str) -> None:
        super().__init__()
        self.now = now
        self.client = client
        self.key = key
        self.url = ""
        self.numbers: list[str] = []
        self.sent: list[Sent] = []
        self.told: list[Told] = []
        self.refused: list[str] = []
        self.files: dict[str, tuple[str, bytes]] = {}
        self.moods = Moods()
        # What becomes of every message by itself, such as delivered.
        self.follows: Sequence[str] = ()
        # The pauses after which it repeats what was not answered by 2xx.
        self.pauses_s: Sequence[float] = ()

    @abstractmethod
    def routes(self) -> list[Route]:
        """Its HTTP API."""

    @abstractmethod
    def connect(self, *numbers: str, webhook: str = "") -> None:
        """These numbers are the account's, and what comes in on them is told there."""

    @abstractmethod
    def hears(self, sent: Sent | None) -> str:
        """Where it tells what comes in, or what has become of a message."""

    @abstractmethod
    def incoming(self, sender: str, line: str, text: str, files: Sequence[Body], **more: Any) -> Body:
        """What somebody has written, as an event."""

    @abstractmethod
    def outcome(self, sent: Sent, state: str, code: str) -> Body:
        """What has become of a message, as an event."""

    @abstractmethod
    def encoded(self, event: Body, url: str, attempt: int) -> bytes:
        """An event as the body of a webhook."""

    @abstractmethod
    def signed(self, body: bytes) -> dict[str, str]:
        """The headers by which it vouches for a body."""

    @abstractmethod
    def read(self, body: Body) -> Sent:
        """What is wanted of it."""

    @abstractmethod
    def why_not(self, sent: Sent) -> str:
        """The code of what is wrong about that; empty when nothing is."""

    @abstractmethod
    def yes(self, sent: Sent) -> Response:
        """It has taken the message."""

    @abstractmethod
    def no(self, code: str, wait_s: float = 0) -> Response:
        """It has not."""

    def mood(self, does: Does, **more: Any) -> Mood:
        """From now on it does this, `times` over, once if nothing is said, or always if that is None."""
        mood = Mood(does=does, **more)
        self.moods.all.append(mood)
        return mood

    def keep(self, type: str, content: bytes) -> str:
        """A file that somebody sends: its id."""
        id = new_id()
        self.files[id] = (type, content)
        return id

    async def say(self, sender: str, line: str, text: str = "", files: Sequence[Body] = (), **more: Any) -> Told:
        """Somebody writes to a number. `more` are fields of the event."""
        return await self.tell(self.hears(None), self.incoming(sender, line, text, files, **more), line)

    async def report(self, sent: Sent, *states: str, code: str = "") -> list[Told]:
        """Tell what has become of a message."""
        told = []
        for state in states:
            sent.states.append(state)
            told.append(await self.tell(self.hears(sent), self.outcome(sent, state, code), sent.line))
        return told

    async def tell(self, url: str, event: Body, line: str = "") -> Told:
        """One webhook, late or often, as the mood is. Without an address nobody is told."""
        told = Told(url, event, [])
        self.told.append(told)
        if mood := self.moods.take("late", line):
            await asyncio.sleep(mood.wait_s)
        repeated = self.moods.take("duplicate", line)
        for answers in await asyncio.gather(
            *(self._insist(url, event) for _ in range(repeated.count if repeated else 1))
        ):
            told.answers.extend(answers)
        return told

    async def _insist(self, url: str, event: Body) -> list[int]:
        answers = [await self._post(url, event, 1)] if url else []
        for attempt, pause_s in enumerate(self.pauses_s, 2):
            if not answers or 200 <= answers[-1] < 300:
                break
            await asyncio.sleep(pause_s)
            answers.append(await self._post(url, event, attempt))
        return answers

    async def _post(self, url: str, event: Body, attempt: int) -> int:
        body = self.encoded(event, url, attempt)
        headers = {"content-type": "application/json", **self.signed(body)}
        try:
            return (await self.client.post(url, content=body, headers=headers)).status_code
        except (httpx2.TransportError, httpx2.InvalidURL):
            return NOT_REACHED

    def taken(self, ours: str) -> list[Sent]:
        """What went out under an id of its sender: more than one is what must never happen."""
        return [sent for sent in self.sent if sent.ours == ours]

    def is_over(self, line: str, per_second: int) -> bool:
        """Whether a number has sent so many within the last second."""
        lately = [sent for sent in self.sent if sent.line == line and sent.at > self.now() - SECOND]
        return len(lately) >= per_second


def new_id() -> str:
    """As both write theirs."""
    return str(uuid.UUID(bytes=secrets.token_bytes(16), version=4))
