"""The adapter of mail servers, a line of it and a mail server, as the contract asks for them."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any

from channels.base import Access, Address, Channel, Content, IdentityKind, Letterhead, Outbound
from channels.mail.channel import MailChannel
from channels.mail.reading import MAIL_TYPE
from tests.clock import MORNING
from tests.fakes.smtp import FakeSmtp

LINE, ASHA, RAVI = "sales@acme.test", "asha@example.com", "ravi@example.com"
ADDRESS = Address(kind=IdentityKind.EMAIL, value=ASHA)


def access(*, port: int = 587, **values: str) -> Access:
    """A line at a mail server on this machine."""
    known = {one.name: one.default or "" for one in MailChannel.fields}
    known |= {"host": "127.0.0.1", "port": str(port), "security": "none", **values}
    return Access("line-1", LINE, known, names=(LINE,), webhook="https://parley.test/in/line-1")


def outbound(id: str = "c-1", text: str = "Yes, it is.", *, content: Content | None = None, **head: Any) -> Outbound:
    """A mail to Asha. What is not of the message is of its letterhead."""
    said = content or Content(text=text, subject="The flat")
    return Outbound(id=id, to=ADDRESS, content=said, letterhead=Letterhead(text=said.text, **head), at=MORNING)


@dataclass
class MailStage:
    """The one channel of it."""

    server: FakeSmtp
    channel: Channel = field(default_factory=MailChannel)
    content_type: str = MAIL_TYPE

    @property
    def access(self) -> Access:
        """The line."""
        return access(port=self.server.port)

    def message(self, id: str) -> Outbound:
        """To Asha."""
        return outbound(id)

    def fail(self, how: str) -> None:
        """Once."""
        self.server.mood = how

    def gone(self) -> AbstractAsyncContextManager[None]:
        """The port is closed."""
        return self.server.gone()

    def taken(self, id: str) -> int:
        """What the server has."""
        return [taken.message["Message-ID"] for taken in self.server.taken].count(f"<{id}@acme.test>")
