"""What may go wrong between an adapter and its provider."""

from datetime import timedelta
from typing import Literal

from channels.values import Value


class Failure(Value, frozen=True):
    """Why a message is not sent, from the adapter's catalogue. `about` says whom it concerns: this message alone, the
    person, the line and all that goes over it, or the provider and all of its lines. `is_passing`: the same may work
    later. `suppresses`: nothing should be sent to this address again. `means` is what it says of the person."""

    code: str
    words: str
    advice: str
    about: Literal["message", "person", "line", "provider"] = "message"
    is_passing: bool = False
    suppresses: bool = False
    means: Literal["", "opted_out", "no_marketing", "blocked", "complaint", "window_closed"] = ""


class Refused(Exception):
    """The provider has said no: nothing was sent."""

    def __init__(self, failure: Failure, *, retry_after: timedelta | None = None) -> None:
        super().__init__(failure.code)
        self.failure = failure
        self.retry_after = retry_after


class Gone(Refused):
    """The provider has not what was asked for, and will not have it again."""


class BadSignature(Exception):
    """This does not come from the provider, is too old, or was tampered with. Its text is one word for why."""
