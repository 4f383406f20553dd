"""The way out, as the hub lends it to adapters, and what may become of a request."""

from collections.abc import Mapping
from typing import Protocol

# What an answer may have where nobody asks for a file.
MOST_BYTES = 2 * 1024 * 1024


class Unreachable(Exception):
    """The provider was not reached: surely nothing was sent."""


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
    `most_bytes` come back, else Unsure."""

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
