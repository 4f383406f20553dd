"""Telnyx's adapter and its fake, as the contract asks for them."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from channels.base import Access, Address, Channel, Content, IdentityKind, Media, Outbound
from channels.telnyx.channel import CHANNELS
from tests.fakes.sandbox.moods import Does
from tests.fakes.telnyx.provider import KEY, PROFILE, Telnyx
from tests.fakes.telnyx.signing import public_key, signed

LINE, SECOND, SHORT = "+12025550142", "+12025550143", "64400"
ASHA = Address(kind=IdentityKind.PHONE, value="+12025550171")
WEBHOOK = "https://parley.test/in/line-1"
FAILURES: Mapping[str, Does] = {name: name for name in ("refuse", "hang_up", "vanish", "nonsense", "down")}
ANOTHER = "another-signer"


@dataclass
class TelnyxStage:
    """Its one channel."""

    telnyx: Telnyx
    channel: Channel = CHANNELS["telnyx_sms"]
    samples: Path = Path(__file__).parent / "samples"
    event: bytes = b'{"data":{"id":"e-1","event_type":"message.received","payload":{"text":"Hello"}}}'
    content_type: str = "application/json"
    is_dated: bool = True

    @property
    def access(self) -> Access:
        """The line."""
        values = {
            "api_key": KEY,
            "public_key": public_key(self.telnyx.signer),
            "profile": PROFILE,
            "numbers": f"{SECOND} {SHORT}",
            "media_hosts": "telnyx.com telnyxcloudstorage.com",
            "url": f"{self.telnyx.url}/",
        }
        return Access("line-1", LINE, values, names=(LINE, SECOND, SHORT), webhook=WEBHOOK)

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
        return signed(body, at, ANOTHER if is_another else self.telnyx.signer)

    def message(self, id: str, content: Content | None = None) -> Outbound:
        """To Asha."""
        return Outbound(id=id, to=ASHA, content=content or Content(text="Yes, it is."))

    def fail(self, how: str) -> None:
        """Once."""
        self.telnyx.mood(FAILURES[how], code="40310")

    def gone(self) -> AbstractAsyncContextManager[None]:
        """The port is closed."""
        return self.telnyx.gone()

    def sent_to_us(self, content: bytes) -> Media:
        """As it tells of it by webhook."""
        file = self.telnyx.file("image/png", content)
        return Media(type=file["content_type"], url=file["url"], size=file["size"])

    def taken(self, id: str) -> int:
        """What the server has."""
        return len(self.telnyx.taken(id))
