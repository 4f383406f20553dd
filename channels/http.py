"""The ways out, as the hub lends them to adapters, and what may become of what goes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

# What an answer may have where nobody asks for a file.
MOST_BYTES = 2 * 1024 * 1024


class Unreachable(Exception):
    """The provider was not reached: surely nothing was sent."""


class Untrusted(Unreachable):
    """The server could not prove who it is: its certificate is not trusted for its name."""


class Unencrypted(Unreachable):
    """The server offers no encryption, and without it nothing is said to it."""


class Unsure(Exception):
    """The provider may have taken it: the answer did not come, or makes no sense."""


class TooLarge(Unsure):
    """The answer is larger than what was to be taken; the rest of it was not read."""


class HttpAnswer(Protocol):
    """What came back."""

    @property
    def status(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def body(self) -> bytes: ...


class Http(Protocol):
    """The way out, as the hub lends it: raises Unreachable when nothing can have arrived there, TooLarge when more than
    `most_bytes` come back, else Unsure; Refused where the hub does not contact the server, or nobody vouches for it."""

    async def __call__(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        content: bytes = b"",
        timeout_s: float = 15,
        most_bytes: int = MOST_BYTES,
    ) -> HttpAnswer: ...


@dataclass(frozen=True)
class SmtpServer:
    """Where mail is handed over. `security` is tls: encrypted from the first byte on; starttls: encrypted before
    anything is said, or not at all; none: in clear, and then no password is sent to another machine."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"] = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)


class SmtpNo(Exception):
    """The server has said no, and nothing was sent: `code` and `enhanced` (RFC 3463, may be empty) are its numbers,
    `stage` is what it was said to: connect, login, sender, recipient or content."""

    def __init__(self, code: int, enhanced: str, stage: str) -> None:
        super().__init__(f"{code} {enhanced} {stage}")
        self.code, self.enhanced, self.stage = code, enhanced, stage


class Smtp(Protocol):
    """The way out for mail, as the hub lends it: raises SmtpNo; Unreachable, Untrusted or Unencrypted when surely
    nothing was sent; Unsure when it may have been. `Refused` where the hub does not contact the server."""

    async def hand_over(
        self, server: SmtpServer, *, sender: str, recipients: Sequence[str], content: bytes, timeout_s: float = 60
    ) -> Mapping[str, SmtpNo]:
        """One mail. Whom it is for stands first: a no to one of the others alone is none to the mail, and is given
        back beside their address."""

    async def greet(self, server: SmtpServer, *, timeout_s: float = 20) -> None:
        """Go as far as one can without sending anything, signing in included."""


class Out(Http, Protocol):
    """All ways out that an adapter may need."""

    @property
    def smtp(self) -> Smtp: ...
