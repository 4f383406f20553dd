"""The adapter of WhatsApp and Meta's server, as the contract asks for them."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from channels.base import Access, Address, Content, IdentityKind, Media, Outbound, Parsed, Posted
from channels.meta.channel import MetaWhatsapp
from tests.fakes.meta import ASHA, Number, RunningMeta, Template, signed
from tests.fakes.meta.webhooks import Webhook
from tests.fakes.sandbox.moods import Does

SHOWN = "12025550142"
ADDRESS = f"+{SHOWN}"
PERSON = Address(kind=IdentityKind.WHATSAPP, value=ASHA.user_id)
FAILURES: Mapping[str, Does] = {name: name for name in ("refuse", "hang_up", "vanish", "nonsense", "down")}


@dataclass
class MetaStage:
    """One number."""

    meta: RunningMeta
    number: Number
    channel: MetaWhatsapp
    samples: Path = Path(__file__).parent / "samples"
    event: bytes = b'{"object":"whatsapp_business_account","entry":[]}'
    content_type: str = "application/json"
    is_dated: bool = False

    @classmethod
    async def of(cls, meta: RunningMeta) -> "MetaStage":
        """With somebody who has written just now, so that everything may be sent to them."""
        stage = cls(meta, meta.connect(SHOWN), MetaWhatsapp())
        await meta.say(ASHA, stage.number.id, "Hello")
        stage.webhook.told.clear()
        return stage

    @property
    def webhook(self) -> Webhook:
        """Where the account's webhooks go."""
        return self.meta.webhooks[self.number.account]

    def heard(self) -> list[Parsed]:
        """What comes of all webhooks that were sent since then."""
        told = [self.encode(one.body) for one in self.webhook.told]
        return [one for body in told for one in self.channel.parse(self.access, Posted(body))]

    @property
    def access(self) -> Access:
        """The line."""
        values = {
            "url": f"{self.meta.url}/v26.0",
            "phone_number_id": self.number.id,
            "waba_id": self.number.account,
            "app_secret": self.meta.secret,
            "access_token": self.meta.token,
            "verify_token": self.meta.verify_token,
        }
        names = (ADDRESS, self.number.id, self.number.account)
        return Access("line-1", ADDRESS, values, names=names, webhook="https://parley.test/in/line-1")

    @property
    def other(self) -> Access:
        """A line of another app."""
        return replace(self.access, line="line-2", values={**self.access.values, "app_secret": "another secret"})

    def encode(self, body: Any) -> bytes:
        """As JSON."""
        return msgspec.json.encode(body)

    def sign(self, body: bytes, at: datetime, access: Access) -> dict[str, str]:
        """As the server does; it says nothing of the time."""
        return signed(body, access.values["app_secret"])

    def message(self, id: str, content: Content | None = None, to: Address = PERSON) -> Outbound:
        """To whoever is there."""
        return Outbound(id=id, to=to, content=content or Content(text="Yes, it is."))

    def add_template(self, name: str, body: str, **more: Any) -> Template:
        """In English."""
        return self.meta.add_template(name, "en", body, **more)

    def fail(self, how: str) -> None:
        """Once."""
        self.meta.mood(FAILURES[how], code="131026")

    def gone(self) -> AbstractAsyncContextManager[None]:
        """The port is closed."""
        return self.meta.gone()

    def sent_to_us(self, content: bytes) -> Media:
        """As it tells of it by webhook."""
        return Media(type="image/jpeg", provider_id=self.meta.keep("image/jpeg", content))

    def taken(self, id: str) -> int:
        """What the server has."""
        return len(self.meta.taken(id))
