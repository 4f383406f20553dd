"""Twilio's adapter and the server that stands in for it, as the contract asks for them."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from channels.base import Access, Address, Channel, Content, IdentityKind, Media, Medium, Outbound
from channels.twilio.channel import CHANNELS
from tests.fakes.sandbox.moods import Does
from tests.fakes.twilio import signature
from tests.fakes.twilio.running import ACCOUNT, TOKEN, RunningTwilio

PERSON = Address(kind=IdentityKind.PHONE, value="+447700900123")
LINE, SECOND = "+12025550100", "+12025550101"
SERVICE = f"MG{'3' * 32}"
WEBHOOK = "https://parley.test/in/line-1"
FORM = "application/x-www-form-urlencoded; charset=UTF-8"
FAILURES: Mapping[str, Does] = {name: name for name in ("refuse", "hang_up", "vanish", "nonsense", "down")}
VALUES = {"account_sid": ACCOUNT, "auth_token": TOKEN, "messaging_service_sid": "", "numbers": SECOND}


@dataclass
class TwilioStage:
    """One of its two channels."""

    twilio: RunningTwilio
    channel: Channel
    samples: Path = Path(__file__).parent / "samples"
    event: bytes = b"Body=Is+the+flat+free%3F&From=%2B447700900123&MessageSid=SM1&NumMedia=0&To=%2B12025550100"
    content_type: str = FORM
    is_dated: bool = False

    @classmethod
    def of(cls, twilio: RunningTwilio, provider: str) -> "TwilioStage":
        """With two numbers of the account."""
        stage = cls(twilio, CHANNELS[provider])
        for number in (LINE, SECOND):
            twilio.connect(stage.there(number), webhook=WEBHOOK)
        return stage

    def there(self, number: str) -> str:
        """How Twilio writes it."""
        return f"whatsapp:{number}" if self.channel.medium is Medium.WHATSAPP else number

    @property
    def access(self) -> Access:
        """The line."""
        values = {**VALUES, "url": f"{self.twilio.url}/"}
        return Access("line-1", LINE, values, names=(LINE, SECOND), webhook=WEBHOOK)

    @property
    def of_service(self) -> Access:
        """The line, with a messaging service that chooses among its numbers."""
        values = {**self.access.values, "messaging_service_sid": SERVICE}
        return replace(self.access, values=values, names=(LINE, SECOND, SERVICE))

    @property
    def other(self) -> Access:
        """Another line."""
        return replace(self.access, line="line-2", values={**self.access.values, "auth_token": "another token"})

    def encode(self, body: Any) -> bytes:
        """As a form."""
        return urlencode(body).encode()

    def sign(self, body: bytes, at: datetime, access: Access) -> dict[str, str]:
        """As the server does."""
        fields = parse_qsl(body.decode(), keep_blank_values=True)
        return {"x-twilio-signature": signature(access.webhook, fields, access.values["auth_token"])}

    def message(self, id: str, content: Content | None = None, *, sender: str = "") -> Outbound:
        """To whoever is there."""
        return Outbound(id=id, to=PERSON, content=content or Content(text="Yes, it is."), sender=sender)

    def fail(self, how: str) -> None:
        """Once."""
        self.twilio.mood(FAILURES[how], code="21211")

    def gone(self) -> AbstractAsyncContextManager[None]:
        """The port is closed."""
        return self.twilio.gone()

    def sent_to_us(self, content: bytes) -> Media:
        """As it tells of it by webhook."""
        url = self.twilio.keep("image/png", content)
        return Media(type="image/png", url=url, provider_id="/".join(url.split("/")[-3::2]))

    def taken(self, id: str) -> int:
        """What the server has."""
        return len(self.twilio.taken(id))
