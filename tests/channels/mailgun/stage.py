"""Mailgun's adapter and its fake, as the contract asks for them."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from channels.base import Access, Address, Channel, Content, IdentityKind, Letterhead, Outbound
from channels.mailgun.channel import CHANNELS
from tests.fakes.mailgun.provider import KEY, Mailgun
from tests.fakes.sandbox.moods import Does

LINE, DOMAIN = "sales@acme.test", "acme.test"
ASHA = Address(kind=IdentityKind.EMAIL, value="asha@example.com")
WEBHOOK = "https://parley.test/in/line-1"
FAILURES: Mapping[str, Does] = {name: name for name in ("refuse", "hang_up", "vanish", "nonsense", "down")}


@dataclass
class MailgunStage:
    """Its one channel."""

    mailgun: Mailgun
    channel: Channel = CHANNELS["mailgun_email"]
    samples: Path = Path(__file__).parent / "samples"
    content_type: str = "application/json"

    @property
    def access(self) -> Access:
        """The line."""
        values = {
            "api_key": KEY,
            "signing_key": self.mailgun.signer,
            "domain": "",
            "reply_address": "reply@in.acme.test",
            "trusted_hop": "",
            "url": f"{self.mailgun.url}/",
        }
        return Access("line-1", LINE, values, names=(LINE,), webhook=WEBHOOK)

    def encode(self, body: Any) -> bytes:
        """As JSON."""
        return msgspec.json.encode(body)

    def message(self, id: str, content: Content | None = None, **around: Any) -> Outbound:
        """To Asha."""
        said = content or Content(text="Yes, it is.", subject="Is it free?")
        return Outbound(id=id, to=ASHA, content=said, letterhead=Letterhead(text=said.text, **around))

    def fail(self, how: str) -> None:
        """Once."""
        self.mailgun.mood(FAILURES[how], code="bad_recipient")

    def gone(self) -> AbstractAsyncContextManager[None]:
        """The port is closed."""
        return self.mailgun.gone()

    def taken(self, id: str) -> int:
        """What the server has."""
        return len(self.mailgun.taken(id))
