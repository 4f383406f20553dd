"""A number, mailbox or site at the sandbox, and the webhooks that tell its owner what happens there."""

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx2
import msgspec

from tests.fakes.sandbox.moods import Moods
from tests.fakes.sandbox.signing import signed

Event = dict[str, Any]
NOT_REACHED = 0


@dataclass(frozen=True)
class Told:
    """One webhook, and what was answered each time that it was sent; 0 where nobody answered."""

    id: str
    events: list[Event]
    answers: list[int]


@dataclass
class Line:
    """What the sandbox knows of a line. Without a webhook nobody is told anything."""

    address: str
    moods: Moods
    now: Callable[[], datetime]
    new_id: Callable[[str], str]
    client: httpx2.AsyncClient
    webhook: str = ""
    # The newest last: it signs by all of them.
    secrets: list[str] = field(default_factory=list)
    # The pauses after which it repeats what was not answered by 2xx.
    pauses_s: Sequence[float] = ()
    is_held: bool = False
    outbox: list[Event] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    # Until when its owner may write freely to somebody.
    windows: dict[str, datetime] = field(default_factory=dict)

    async def tell(self, *events: Event) -> list[Told]:
        """Send them, each as a webhook of its own, or as the mood is; nothing, while some are waited for."""
        self.outbox += events
        if not self.webhook or self.is_held:
            return []
        if mood := self.moods.find("batch", self.address):
            if len(self.outbox) < mood.count:
                return []
            self.moods.take("batch", self.address)
            return [await self.post(self._emptied())]
        if mood := self.moods.find("reorder", self.address):
            if len(self.outbox) < mood.count:
                return []
            self.moods.take("reorder", self.address)
            return [await self.post([event]) for event in reversed(self._emptied())]
        return [await self.post([event]) for event in self._emptied()]

    async def release(self, *, batch: int = 1, times: int = 1, shuffled: random.Random | None = None) -> list[Told]:
        """Send all that was held, at once: in batches, each so many times, in an order that the dice say."""
        self.is_held = False
        events = self._emptied()
        batches = [events[start : start + batch] for start in range(0, len(events), batch)]
        if shuffled:
            shuffled.shuffle(batches)
        return list(await asyncio.gather(*(self.post(events, times=times) for events in batches)))

    async def post(self, events: list[Event], *, times: int = 1) -> Told:
        """One webhook, however often and late."""
        told = Told(self.new_id("evt"), events, [])
        self.told.append(told)
        if mood := self.moods.take("late", self.address):
            await asyncio.sleep(mood.wait_s)
        if mood := self.moods.take("duplicate", self.address):
            times *= mood.count
        body = msgspec.json.encode({"events": events})
        for answers in await asyncio.gather(*(self._insist(told.id, body) for _ in range(times))):
            told.answers.extend(answers)
        return told

    async def _insist(self, id: str, body: bytes) -> list[int]:
        answers = [await self._post(id, body)]
        for pause_s in self.pauses_s:
            if 200 <= answers[-1] < 300:
                break
            await asyncio.sleep(pause_s)
            answers.append(await self._post(id, body))
        return answers

    async def _post(self, id: str, body: bytes) -> int:
        headers = signed(body, self.now(), *self.secrets, event_id=id)
        try:
            return (await self.client.post(self.webhook, content=body, headers=headers)).status_code
        except httpx2.TransportError:
            return NOT_REACHED

    def _emptied(self) -> list[Event]:
        events, self.outbox = self.outbox, []
        return events
