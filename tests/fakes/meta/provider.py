"""What Meta is: numbers of WhatsApp, the people who write to them, and all that was sent to those people."""

import base64
import itertools
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx2

from tests.fakes.meta.people import Person
from tests.fakes.meta.templates import Template
from tests.fakes.meta.webhooks import Told, Webhook
from tests.fakes.sandbox.moods import Does, Mood, Moods
from tests.fakes.serving import Busy

WINDOW = timedelta(hours=24)
SECOND = timedelta(seconds=1)
ACCOUNT = "102290129340398"
# The business that all accounts belong to.
OWNER = "506914307656634"
BOTH = ("whatsapp_business_messaging", "whatsapp_business_management")


@dataclass
class Number:
    """A number of a business, on an account of WhatsApp."""

    id: str
    account: str
    shown: str
    status: str = "CONNECTED"
    quality: str = "GREEN"
    # To how many people its owner may write first within a day; empty where Meta does not say.
    tier: str = "TIER_250"
    # Until when its owner may write freely to somebody.
    windows: dict[str, datetime] = field(default_factory=dict)


@dataclass
class Sent:
    """A message that it has taken."""

    id: str
    number: str
    body: dict[str, Any]
    at: datetime
    states: list[str] = field(default_factory=list)

    @property
    def ours(self) -> str:
        """What the sender calls it."""
        return str(self.body.get("biz_opaque_callback_data", ""))

    @property
    def to(self) -> str:
        """To whom."""
        return str(self.body.get("to") or self.body.get("recipient") or "")


@dataclass(frozen=True)
class Kept:
    """A file that somebody has sent."""

    type: str
    content: bytes


class Meta(Busy):
    """The provider. Its HTTP API is in api.py, what it takes in checking.py, its orders by hand in control.py."""

    def __init__(
        self, now: Callable[[], datetime], client: httpx2.AsyncClient, *, token: str, secret: str, verify_token: str
    ) -> None:
        super().__init__()
        self.now = now
        self.client = client
        self.token, self.secret, self.verify_token = token, secret, verify_token
        self.url = ""
        self.scopes: Sequence[str] = BOTH
        # When the token expires, in seconds since 1970; 0 is never.
        self.expires_at = 0
        self.numbers: dict[str, Number] = {}
        self.webhooks: dict[str, Webhook] = {}
        self.sent: list[Sent] = []
        self.read: list[dict[str, Any]] = []
        self.files: dict[str, Kept] = {}
        # Files that are told of and cannot be had.
        self.lost: set[str] = set()
        self.templates: list[Template] = []
        # Account, name and language of those that were deleted: they are not free again for weeks.
        self.deleted: set[tuple[str, str, str]] = set()
        self.moods = Moods()
        # Files that are being uploaded, and those that were, by their handles.
        self.uploads: dict[str, tuple[str, int]] = {}
        self.examples: dict[str, Kept] = {}
        # The token may see which business an account belongs to.
        self.tells_owner = True
        # It answers 503 to everything.
        self.is_broken = False
        # What it tells by itself of every message that it takes: sent, delivered, read.
        self.follows: Sequence[str] = ()
        self._run = secrets.token_hex(4)
        self._count = itertools.count(1)

    def connect(
        self,
        shown: str,
        *,
        account: str = ACCOUNT,
        webhook: str = "",
        client: httpx2.AsyncClient | None = None,
        pauses_s: Sequence[float] = (),
    ) -> Number:
        """A number, and where the webhooks of its account go: over `client`, such as that of a hub in this process."""
        number = Number(f"1065403522{next(self._count):05}", account, shown)
        self.numbers[number.id] = number
        self.webhooks[account] = Webhook(
            account, self.moods, client or self.client, self.secret, webhook, pauses_s=pauses_s
        )
        return number

    def mood(self, does: Does, **more: Any) -> Mood:
        """From now on it does this, `times` over, once if nothing is said, or always if that is None. Messages are of
        the number's id and whom they go to, webhooks of the account."""
        mood = Mood(does=does, **more)
        self.moods.all.append(mood)
        return mood

    async def say(self, person: Person, number: str, text: str = "", **message: Any) -> list[Told]:
        """Somebody writes to a number. `message` are fields of it, such as type and image."""
        for name in person.names:
            self.numbers[number].windows[name] = self.now() + WINDOW
        said = {"type": "text", "text": {"body": text}} if text else {}
        told = {**person.sender, "id": self.new_id(), "timestamp": self.timestamp(), **said, **message}
        return await self.tell(number, contacts=[person.contact], messages=[told])

    async def tell(self, number: str, **value: Any) -> list[Told]:
        """Anything at all of a number, as a change of the field "messages"."""
        of = self.numbers[number]
        metadata = {"display_phone_number": of.shown, "phone_number_id": number}
        whole = {"messaging_product": "whatsapp", "metadata": metadata, **value}
        return await self.change(of.account, "messages", whole)

    async def change(self, account: str, field: str, value: Any) -> list[Told]:
        """Any change of an account."""
        return await self.webhooks[account].tell({"field": field, "value": value})

    async def report(self, sent: Sent, *states: str, code: str = "") -> list[Told]:
        """Tell what has become of a message."""
        told = []
        for state in states:
            sent.states.append(state)
            status = {
                "id": sent.id,
                "status": state,
                "timestamp": self.timestamp(),
                "recipient_id": sent.to.lstrip("+"),
            }
            if sent.ours:
                status["biz_opaque_callback_data"] = sent.ours
            errors = {"errors": [{"code": int(code), "title": "It failed", "message": "It failed"}]} if code else {}
            told += await self.tell(sent.number, statuses=[{**status, **errors}])
        return told

    async def decide(self, template: Template, event: str, reason: str = "NONE") -> list[Told]:
        """Whoever looks at templates has looked at this one."""
        template.status = event
        value = {
            "event": event,
            "message_template_id": int(template.id),
            "message_template_name": template.name,
            "message_template_language": template.language,
            "message_template_category": template.category,
            "reason": reason,
        }
        return await self.change(template.account, "message_template_status_update", value)

    def add_template(self, name: str, language: str, body: str, **more: Any) -> Template:
        """One that somebody has made elsewhere; approved, if nothing is said."""
        parts = [{"type": "BODY", "text": body}]
        known = {"account": ACCOUNT, "category": "UTILITY", "components": parts, "status": "APPROVED", **more}
        template = Template(id=self.new_template_id(), name=name, language=language, **known)
        self.templates.append(template)
        return template

    def keep(self, type: str, content: bytes) -> str:
        """A file that somebody sends: what it is called."""
        id = f"{next(self._count):016}"
        self.files[id] = Kept(type, content)
        return id

    def expire_windows(self, number: str) -> None:
        """As if a day had passed since anybody wrote."""
        self.numbers[number].windows.clear()

    def taken(self, ours: str) -> list[Sent]:
        """What went out under one id of ours: more than one is what must never happen."""
        return [sent for sent in self.sent if sent.ours == ours]

    def take(self, number: str, body: dict[str, Any]) -> Sent:
        """One message more that it has to bring to somebody."""
        sent = Sent(self.new_id(), number, body, self.now())
        self.sent.append(sent)
        return sent

    def is_over(self, number: str, per_second: int) -> bool:
        """Whether a number has sent so many within the last second."""
        lately = itertools.takewhile(lambda sent: sent.at > self.now() - SECOND, reversed(self.sent))
        return len([sent for sent in lately if sent.number == number]) >= per_second

    def new_id(self) -> str:
        """As WhatsApp calls its messages."""
        return "wamid." + base64.b64encode(f"{self._run}{next(self._count):08}".encode()).decode()

    def new_template_id(self) -> str:
        """As Meta calls templates."""
        return f"15942{next(self._count):010}"

    def timestamp(self) -> str:
        """Now, as it stands in webhooks."""
        return str(int(self.now().timestamp()))
