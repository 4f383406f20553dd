"""SendGrid's adapter and its fake, as the contract asks for them."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from channels.base import Access, Address, Channel, Content, IdentityKind, Letterhead, Outbound
from channels.sendgrid.channel import CHANNELS
from tests.fakes.sandbox.moods import Does
from tests.fakes.sendgrid.provider import KEY, SendGrid
from tests.fakes.sendgrid.signing import public_key, signed

LINE, DOMAIN = "sales@acme.test", "acme.test"
ASHA = Address(kind=IdentityKind.EMAIL, value="asha@example.com")
WEBHOOK = "https://parley.test/in/line-1"
INBOUND_KEY = "Xq7Lw2Bd5Ns9Kt3Rm8Vh1"
FAILURES: Mapping[str, Does] = {name: name for name in ("refuse", "hang_up", "vanish", "nonsense", "down")}
ANOTHER = "another-signer"


@dataclass
class SendGridStage:
    """Its one channel."""

    sendgrid: SendGrid
    channel: Channel = CHANNELS["sendgrid_email"]
    samples: Path = Path(__file__).parent / "samples"
    event: bytes = b'[{"event":"delivered","email":"asha@example.com","sg_event_id":"e-1"}]\r\n'
    content_type: str = "application/json"
    is_dated: bool = True

    @property
    def access(self) -> Access:
        """The line."""
        values = {
            "api_key": KEY,
            "public_key": public_key(self.sendgrid.signer),
            "inbound_key": INBOUND_KEY,
            "reply_address": "reply@in.acme.test",
            "trusted_hop": "",
            "url": f"{self.sendgrid.url}/",
        }
        return Access("line-1", LINE, values, names=(LINE,), webhook=WEBHOOK)

    @property
    def other(self) -> Access:
        """Another account's line."""
        return replace(self.access, line="line-2", values={**self.access.values, "public_key": public_key(ANOTHER)})

    def encode(self, body: Any) -> bytes:
        """As JSON."""
        return msgspec.json.encode(body)

    def sign(self, body: bytes, at: datetime, access: Access) -> dict[str, str]:
        """As the server does."""
        is_another = access.values["public_key"] == public_key(ANOTHER)
        return signed(body, at, ANOTHER if is_another else self.sendgrid.signer)

    def message(self, id: str, content: Content | None = None, **around: Any) -> Outbound:
        """To Asha."""
        said = content or Content(text="Yes, it is.", subject="Is it free?")
        return Outbound(id=id, to=ASHA, content=said, letterhead=Letterhead(text=said.text, **around))

    def fail(self, how: str) -> None:
        """Once."""
        self.sendgrid.mood(FAILURES[how], code="bad_recipient")

    def gone(self) -> AbstractAsyncContextManager[None]:
        """The port is closed."""
        return self.sendgrid.gone()

    def taken(self, id: str) -> int:
        """What the server has."""
        return len(self.sendgrid.taken(id))
