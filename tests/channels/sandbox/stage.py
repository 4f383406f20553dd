"""The sandbox's adapter and server, as the contract asks for them."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from channels.base import Access, Address, Channel, Content, IdentityKind, Media, Medium, Outbound
from channels.sandbox.channel import CHANNELS
from tests.fakes.sandbox import signed
from tests.fakes.sandbox.moods import Does
from tests.fakes.sandbox.running import RunningSandbox

PERSONS: Mapping[Medium, Address] = {
    Medium.SMS: Address(kind=IdentityKind.PHONE, value="+4917012345678"),
    Medium.WHATSAPP: Address(kind=IdentityKind.WHATSAPP, value="wa-771"),
    Medium.EMAIL: Address(kind=IdentityKind.EMAIL, value="asha@example.test"),
    Medium.CHAT: Address(kind=IdentityKind.VISITOR, value="visitor-5"),
}
LINE = "+4930123456"
FAILURES: Mapping[str, Does] = {name: name for name in ("refuse", "hang_up", "vanish", "nonsense", "down")}


@dataclass
class SandboxStage:
    """One of its four channels."""

    sandbox: RunningSandbox
    channel: Channel
    samples: Path = Path(__file__).parent / "samples"
    event: bytes = b'{"events":[]}'
    content_type: str = "application/json"
    is_dated: bool = True

    @classmethod
    async def of(cls, sandbox: RunningSandbox, provider: str) -> "SandboxStage":
        """With somebody who has written just now, so that everything may be sent to them."""
        stage = cls(sandbox, CHANNELS[provider])
        await sandbox.say(stage.person.value, LINE, "Hello")
        return stage

    @property
    def person(self) -> Address:
        """Who is there."""
        return PERSONS[self.channel.medium]

    @property
    def access(self) -> Access:
        """The line."""
        values = {"url": f"{self.sandbox.url}/", "key": self.sandbox.key, "webhook_secret": "secret-of-the-line"}
        return Access("line-1", LINE, values, names=(LINE,), webhook="https://parley.test/in/line-1")

    @property
    def other(self) -> Access:
        """Another line."""
        return replace(self.access, line="line-2", values={**self.access.values, "webhook_secret": "another secret"})

    def encode(self, body: Any) -> bytes:
        """As JSON."""
        return msgspec.json.encode(body)

    def sign(self, body: bytes, at: datetime, access: Access) -> dict[str, str]:
        """As the server does."""
        return signed(body, at, access.values["webhook_secret"], event_id="evt-1")

    def message(self, id: str, content: Content | None = None) -> Outbound:
        """To whoever is there."""
        return Outbound(id=id, to=self.person, content=content or Content(text="Yes, it is."))

    def fail(self, how: str) -> None:
        """Once."""
        self.sandbox.mood(FAILURES[how], code="unreachable_number")

    def gone(self) -> AbstractAsyncContextManager[None]:
        """The port is closed."""
        return self.sandbox.gone()

    def sent_to_us(self, content: bytes) -> Media:
        """As it tells of it by webhook."""
        return Media(type="image/png", provider_id=self.sandbox.keep("image/png", "a.png", content)["id"])

    def taken(self, id: str) -> int:
        """What the server has."""
        return len(self.sandbox.taken(id))
