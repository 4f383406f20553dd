"""Vonage's adapter and its fake, as the contract asks for them."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from channels.base import Access, Address, Channel, Content, IdentityKind, Media, Outbound
from channels.vonage.channel import CHANNELS
from tests.fakes.sandbox.moods import Does
from tests.fakes.vonage.provider import APPLICATION, KEY, SECRET, Vonage
from tests.fakes.vonage.signing import signed

LINE, SECOND, SHORT = "+12025550142", "+12025550143", "64400"
ASHA = Address(kind=IdentityKind.PHONE, value="+12025550171")
NO_SECRET = "-" * 32
WEBHOOK = "https://parley.test/in/line-1"
FAILURES: Mapping[str, Does] = {name: name for name in ("refuse", "hang_up", "vanish", "nonsense", "down")}


@dataclass
class VonageStage:
    """Its one channel."""

    vonage: Vonage
    channel: Channel = CHANNELS["vonage_sms"]
    samples: Path = Path(__file__).parent / "samples"
    event: bytes = b'{"message_uuid":"m-1","from":"12025550171","text":"Hello"}'
    content_type: str = "application/json"
    is_dated: bool = True

    @property
    def access(self) -> Access:
        """The line."""
        values = {
            "api_key": KEY,
            "api_secret": SECRET,
            "signature_secret": self.vonage.signature_secret,
            "application": APPLICATION,
            "numbers": f"{SECOND} {SHORT}",
            "url": f"{self.vonage.url}/",
        }
        return Access("line-1", LINE, values, names=(LINE, SECOND, SHORT), webhook=WEBHOOK)

    @property
    def other(self) -> Access:
        """Another account's line."""
        secret = "signature-secret-of-another-account"
        return replace(self.access, line="line-2", values={**self.access.values, "signature_secret": secret})

    def encode(self, body: Any) -> bytes:
        """As JSON."""
        return msgspec.json.encode(body)

    def sign(self, body: bytes, at: datetime, access: Access) -> dict[str, str]:
        """As the server does; the library makes no token by an empty secret."""
        return signed(body, at, access.values["signature_secret"] or NO_SECRET)

    def message(self, id: str, content: Content | None = None) -> Outbound:
        """To Asha."""
        return Outbound(id=id, to=ASHA, content=content or Content(text="Yes, it is."))

    def fail(self, how: str) -> None:
        """Once."""
        self.vonage.mood(FAILURES[how], code="1430")

    def gone(self) -> AbstractAsyncContextManager[None]:
        """The port is closed."""
        return self.vonage.gone()

    def sent_to_us(self, content: bytes) -> Media:
        """As it tells of it by webhook."""
        return Media(type="image/png", url=self.vonage.file("image", "image/png", content)["url"])

    def taken(self, id: str) -> int:
        """What the server has."""
        return len(self.vonage.taken(id))
