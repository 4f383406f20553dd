"""A provider of e-mail: an account with domains, the people who write to them, and all that was sent to people."""

import asyncio
import secrets
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

import httpx2
from starlette.responses import Response
from starlette.routing import Route

from tests.fakes.sandbox.moods import Does, Mood, Moods
from tests.fakes.serving import Served

NOT_REACHED = 0
Body = dict[str, Any]


@dataclass
class Sent:
    """A mail that it has taken. `ours` is what its sender calls it, `given` what it gives back with what it tells."""

    id: str
    ours: str
    sender: str
    to: list[str]
    subject: str
    text: str
    headers: dict[str, str]
    given: dict[str, str]
    at: datetime
    html: str = ""
    cc: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    # Pictures that its HTML can show, by their ids.
    pictures: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)

    @property
    def message_id(self) -> str:
        """Without its brackets."""
        return self.headers.get("message-id", "").strip("<>")


@dataclass(frozen=True)
class Webhook:
    """One request, as it is sent."""

    url: str
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Told:
    """One webhook, and what was answered each time that it was sent; 0 where nobody answered."""

    url: str
    answers: list[int]


class Mailer(Served, ABC):
    """What it tells and takes. How that is written is each provider's own."""

    def __init__(self, now: Callable[[], datetime], client: httpx2.AsyncClient, *, key: str) -> None:
        super().__init__()
        self.now = now
        self.client = client
        self.key = key
        self.url = ""
        self.domains: list[str] = []
        self.sent: list[Sent] = []
        self.told: list[Told] = []
        self.refused: list[str] = []
        self.moods = Moods()
        # What becomes of every mail by itself, such as delivered.
        self.follows: Sequence[str] = ()
        # The pauses after which it repeats what was not answered by 2xx.
        self.pauses_s: Sequence[float] = ()

    @abstractmethod
    def routes(self) -> list[Route]:
        """Its HTTP API."""

    @abstractmethod
    def connect(self, address: str, webhook: str = "", *, inbound: str = "") -> None:
        """The address's domain is the account's; what becomes of mails is told there, and those that come in here."""

    @abstractmethod
    def outcomes(self, sent: Sent, state: str, **more: Any) -> Iterator[Webhook]:
        """What has become of a mail, for whoever wants to hear of it."""

    @abstractmethod
    def incoming(self, raw: bytes, sender: str, recipient: str) -> Iterator[Webhook]:
        """A mail that has come in, whole, for whoever wants to hear of it."""

    @abstractmethod
    def read(self, body: bytes, content_type: str) -> Sent:
        """What is wanted of it; ValueError of what makes no sense to it."""

    @abstractmethod
    def yes(self, sent: Sent) -> Response:
        """It has taken the mail."""

    @abstractmethod
    def no(self, code: str, wait_s: float = 0) -> Response:
        """It has not."""

    def mood(self, does: Does, **more: Any) -> Mood:
        """From now on it does this, `times` over, once if nothing is said, or always if that is None."""
        mood = Mood(does=does, **more)
        self.moods.all.append(mood)
        return mood

    async def say(self, sender: str, to: str, text: str = "", **headers: str) -> list[Told]:
        """Somebody writes a mail. `headers` are such as In_Reply_To."""
        mail = EmailMessage()
        mail["From"], mail["To"] = sender, to
        mail["Subject"] = headers.pop("Subject", "A question")
        mail["Date"] = format_datetime(self.now())
        mail["Message-ID"] = headers.pop("Message_ID", f"<{secrets.token_hex(8)}@mail.example.net>")
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(text)
        return await self.deliver(mail.as_bytes(), sender, to)

    async def deliver(self, raw: bytes, sender: str, to: str) -> list[Told]:
        """A mail comes in, as it is."""
        return [await self.tell(hook) for hook in self.incoming(raw, sender, to)]

    async def report(self, sent: Sent, *states: str, **more: Any) -> list[Told]:
        """Tell what has become of a mail."""
        told = []
        for state in states:
            sent.states.append(state)
            told += [await self.tell(hook) for hook in self.outcomes(sent, state, **more)]
        return told

    async def tell(self, hook: Webhook) -> Told:
        """One webhook, late or often, as the mood is."""
        told = Told(hook.url, [])
        self.told.append(told)
        if mood := self.moods.take("late", ""):
            await asyncio.sleep(mood.wait_s)
        repeated = self.moods.take("duplicate", "")
        for answers in await asyncio.gather(*(self._insist(hook) for _ in range(repeated.count if repeated else 1))):
            told.answers.extend(answers)
        return told

    async def _insist(self, hook: Webhook) -> list[int]:
        answers = [await self._post(hook)]
        for pause_s in self.pauses_s:
            if 200 <= answers[-1] < 300:
                break
            await asyncio.sleep(pause_s)
            answers.append(await self._post(hook))
        return answers

    async def _post(self, hook: Webhook) -> int:
        try:
            return (await self.client.post(hook.url, content=hook.body, headers=dict(hook.headers))).status_code
        except (httpx2.TransportError, httpx2.InvalidURL):
            return NOT_REACHED

    def taken(self, ours: str) -> list[Sent]:
        """What went out under an id of its sender: more than one is what must never happen."""
        return [sent for sent in self.sent if sent.ours == ours]


def domain_of(address: str) -> str:
    """Behind the @."""
    return address.rpartition("@")[2].strip("> ").lower()
