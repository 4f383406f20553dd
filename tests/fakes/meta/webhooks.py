"""Meta's webhooks: signed by the app's secret, and repeated until they are taken."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx2
import msgspec

from tests.fakes.meta.signing import signed
from tests.fakes.sandbox.moods import Moods

Change = dict[str, Any]
NOT_REACHED = 0
CHALLENGE = "1158201444"


@dataclass(frozen=True)
class Told:
    """One webhook, and what was answered each time that it was sent; 0 where nobody answered."""

    body: dict[str, Any]
    answers: list[int]


@dataclass
class Webhook:
    """Where the changes of an account go. Without a URL they are only written down."""

    account: str
    moods: Moods
    client: httpx2.AsyncClient
    secret: str
    url: str = ""
    is_subscribed: bool = True
    # The pauses after which it repeats what was not answered by 2xx.
    pauses_s: Sequence[float] = ()
    outbox: list[Change] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    async def tell(self, *changes: Change) -> list[Told]:
        """Send them, each as a webhook of its own, or as the mood is; nothing, while some are waited for."""
        self.outbox += changes
        for does in ("batch", "reorder"):
            if mood := self.moods.find(does, self.account):
                if len(self.outbox) < mood.count:
                    return []
                self.moods.take(does, self.account)
                held = self._emptied()
                return [await self.post(held)] if does == "batch" else [await self.post([one]) for one in held[::-1]]
        return [await self.post([change]) for change in self._emptied()]

    async def post(self, changes: list[Change]) -> Told:
        """One webhook, however often and late."""
        entry = {"id": self.account, "changes": changes}
        told = Told({"object": "whatsapp_business_account", "entry": [entry]}, [])
        self.told.append(told)
        if not self.url:
            return told
        if mood := self.moods.take("late", self.account):
            await asyncio.sleep(mood.wait_s)
        mood = self.moods.take("duplicate", self.account)
        body = msgspec.json.encode(told.body)
        for answers in await asyncio.gather(*(self._insist(body) for _ in range(mood.count if mood else 1))):
            told.answers.extend(answers)
        return told

    async def asks(self, url: str, token: str) -> bool:
        """Whether whoever has this URL knows the token: Meta asks before it sends anything there."""
        query = {"hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": CHALLENGE}
        try:
            answer = await self.client.get(url, params=query)
        except (httpx2.TransportError, httpx2.InvalidURL):
            return False
        return answer.status_code == 200 and answer.text.strip() == CHALLENGE

    async def _insist(self, body: bytes) -> list[int]:
        answers = [await self._post(body)]
        for pause_s in self.pauses_s:
            if 200 <= answers[-1] < 300:
                break
            await asyncio.sleep(pause_s)
            answers.append(await self._post(body))
        return answers

    async def _post(self, body: bytes) -> int:
        try:
            return (await self.client.post(self.url, content=body, headers=signed(body, self.secret))).status_code
        except httpx2.TransportError:
            return NOT_REACHED

    def _emptied(self) -> list[Change]:
        changes, self.outbox = self.outbox, []
        return changes
