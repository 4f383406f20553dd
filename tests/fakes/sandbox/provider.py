"""What the sandbox is: lines, the people who write to them, and all that was sent to those people."""

import itertools
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx2

from tests.fakes.sandbox.lines import Line, Told
from tests.fakes.sandbox.moods import Does, Mood, Moods
from tests.fakes.sandbox.templates import Template
from tests.fakes.serving import Busy

WINDOW = timedelta(hours=24)
SECOND = timedelta(seconds=1)


@dataclass
class Sent:
    """A message that it has taken. `repeats` counts how often it came again under its client id."""

    id: str
    client_id: str
    body: dict[str, Any]
    at: datetime
    states: list[str] = field(default_factory=list)
    repeats: int = 0
    # What it has fetched of the files, where it does.
    files: list[bytes] = field(default_factory=list)

    @property
    def to(self) -> str:
        """To whom."""
        return str(self.body.get("to", ""))

    @property
    def text(self) -> str:
        """The words of it."""
        return str(self.body.get("text", ""))


@dataclass(frozen=True)
class Seen:
    """That somebody was let see that their message was read, or that somebody writes."""

    line: str
    message: str
    is_typing: bool


@dataclass(frozen=True)
class Kept:
    """A file that somebody has sent."""

    type: str
    name: str
    content: bytes


class Sandbox(Busy):
    """The provider. What it tells and takes is here; its HTTP API is in api.py, and how it is told off in moods.py."""

    def __init__(self, now: Callable[[], datetime], client: httpx2.AsyncClient, *, key: str) -> None:
        super().__init__()
        self.now = now
        self.key = key
        self.url = ""
        self.lines: dict[str, Line] = {}
        self.sent: list[Sent] = []
        self.by_client_id: dict[str, list[Sent]] = {}
        self.refused: list[str] = []
        self.reads: list[Seen] = []
        self.files: dict[str, Kept] = {}
        self.templates: dict[tuple[str, str], Template] = {}
        self.moods = Moods()
        # What it tells by itself of every message that it takes: sent, delivered, read.
        self.follows: Sequence[str] = ()
        self.fetches_media = False
        self.client = client
        # Whoever knows the ids of an earlier run must not take ours for repeats.
        self._run = secrets.token_hex(3)
        self._count = itertools.count(1)

    def connect(
        self,
        address: str,
        *,
        webhook: str = "",
        secret: str = "",
        client: httpx2.AsyncClient | None = None,
        pauses_s: Sequence[float] = (),
    ) -> Line:
        """A line, and where its webhooks go: over `client`, such as that of a hub in the same process."""
        line = Line(address, self.moods, self.now, self.new_id, client or self.client, webhook, pauses_s=pauses_s)
        line.secrets += [secret] if secret else []
        self.lines[address] = line
        return line

    def line(self, address: str) -> Line:
        """One of its lines; one that nobody has connected tells nobody anything."""
        return self.lines.get(address) or self.connect(address)

    def mood(self, does: Does, **more: Any) -> Mood:
        """From now on it does this, `times` over, once if nothing is said, or always if that is None."""
        mood = Mood(does=does, **more)
        self.moods.all.append(mood)
        return mood

    @contextmanager
    def always(self, does: Does, **more: Any) -> Iterator[None]:
        """It does this for the length of the block."""
        mood = self.mood(does, times=None, **more)
        try:
            yield
        finally:
            self.moods.all.remove(mood)

    async def say(self, sender: str, line: str, text: str = "", **more: Any) -> list[Told]:
        """Somebody writes to a line. `more` are fields of the event: media, location, choice, phone, id, at…"""
        now = self.now()
        until = now + WINDOW
        event = {"type": "message", "id": self.new_id("in"), "from": sender, "to": line, "text": text}
        event = {**event, "at": now.isoformat(), "window_until": until.isoformat(), **more}
        for name in {sender, more.get("phone", sender)}:
            self.line(line).windows[name] = until
        return await self.line(line).tell(event)

    async def tell(self, line: str, **event: Any) -> list[Told]:
        """Anything at all, as an event of a line."""
        return await self.line(line).tell(event)

    async def report(self, sent: Sent, *states: str, code: str = "") -> list[Told]:
        """Tell what has become of a message."""
        told = []
        for state in states:
            sent.states.append(state)
            event = {"type": "status", "id": sent.id, "client_id": sent.client_id, "state": state, "code": code}
            told += await self.line(sent.body["from"]).tell({**event, "at": self.now().isoformat()})
        return told

    def keep(self, type: str, name: str, content: bytes) -> dict[str, Any]:
        """A file that somebody sends: what stands of it in the event."""
        id = self.new_id("media")
        self.files[id] = Kept(type, name, content)
        url = f"{self.url}/v1/media/{id}"
        return {"id": id, "type": type, "name": name, "size": len(content), "url": url}

    def expire_windows(self, line: str) -> None:
        """As if a day had passed since anybody wrote."""
        self.line(line).windows.clear()

    def add_template(self, name: str, language: str, body: str, state: str = "approved") -> Template:
        """A template of everybody's."""
        return self.keep_template(Template(name=name, language=language, body=body, state=state))

    def keep_template(self, template: Template) -> Template:
        """With an id of its own, or with that of the one that it replaces."""
        former = next((one for one in self.templates.values() if one.id == template.replaces), None)
        template.id, template.replaces = former.id if former else self.new_id("tpl"), ""
        self.templates[template.name, template.language] = template
        return template

    async def decide_template(self, line: str, name: str, language: str, **fields: str) -> list[Told]:
        """It has looked at a template: `state`, `reason`, `quality`, `category`; the line's owner is told."""
        template = self.templates[name, language]
        for part, value in fields.items():
            setattr(template, part, value)
        event = {"type": "template_status", "name": name, "language": language, "at": self.now().isoformat()}
        return await self.line(line).tell({**event, **fields})

    def taken(self, client_id: str) -> list[Sent]:
        """What went out under one client id: more than one is what must never happen."""
        return self.by_client_id.get(client_id, [])

    def take(self, body: dict[str, Any]) -> Sent:
        """One message more that it has to bring to somebody."""
        sent = Sent(self.new_id("out"), body["client_id"], body, self.now())
        self.sent.append(sent)
        self.by_client_id.setdefault(sent.client_id, []).append(sent)
        return sent

    def is_over(self, line: str, per_second: int) -> bool:
        """Whether a line has sent so many within the last second."""
        lately = itertools.takewhile(lambda sent: sent.at > self.now() - SECOND, reversed(self.sent))
        return len([sent for sent in lately if sent.body["from"] == line]) >= per_second

    def new_id(self, kind: str) -> str:
        """An id of its own."""
        return f"{kind}-{self._run}-{next(self._count)}"
