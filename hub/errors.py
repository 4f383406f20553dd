"""One tree of errors, and the one place that turns an error into what the other side reads.

    HubError                 500  internal
    ├── Invalid              400  invalid
    ├── Unauthenticated      401  unauthenticated
    ├── Forbidden            403  forbidden
    ├── NotFound             404  not_found
    ├── MethodNotAllowed     405  method_not_allowed
    ├── TooSlow              408  too_slow
    ├── Conflict             409  conflict
    ├── TooLarge             413  too_large
    ├── UnsupportedType      415  unsupported_type
    ├── Unprocessable        422  unprocessable
    ├── TooMany              429  too_many
    └── Unavailable          503  unavailable

Rooms derive their own from these (`class WindowClosed(Conflict)`), each with its own code. Every code stands in
docs/errors.md with what to do about it.
"""

import math
from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple


class HubError(Exception):
    """Something went wrong on our side."""

    # Every failure has a code for programs, a plain sentence for people, and data that belongs to it.
    code: ClassVar[str] = "internal"
    status: ClassVar[int] = 500

    def __init__(self, message: str, **data: object) -> None:
        super().__init__(message)
        self.message = message
        self.data = data


class Invalid(HubError):
    """The request is not of the shape that the endpoint takes."""

    code, status = "invalid", 400


class Unauthenticated(HubError):
    """Nobody has proved who is asking."""

    code, status = "unauthenticated", 401


class Forbidden(HubError):
    """Whoever asks is known, and may not do this."""

    code, status = "forbidden", 403


class NotFound(HubError):
    """It does not exist, or not for the one who asks."""

    code, status = "not_found", 404


class MethodNotAllowed(HubError):
    """The path exists, with other methods."""

    code, status = "method_not_allowed", 405


class TooSlow(HubError):
    """The request did not arrive whole in time."""

    code, status = "too_slow", 408


class Conflict(HubError):
    """Somebody else has changed it meanwhile, or it is there already."""

    code, status = "conflict", 409


class TooLarge(HubError):
    """The request is larger than the endpoint takes."""

    code, status = "too_large", 413


class UnsupportedType(HubError):
    """The body is of a content type that the endpoint does not take."""

    code, status = "unsupported_type", 415


class Unprocessable(HubError):
    """The request is well formed and cannot be carried out."""

    code, status = "unprocessable", 422


class TooMany(HubError):
    """More requests than the limit allows; `retry_after_s` says when to go on."""

    code, status = "too_many", 429
    # Which limit it was, for clients that pace themselves.
    limit: Mapping[str, str] = {}


class Unavailable(HubError):
    """Something that Parley stands on is away; the same request succeeds once it is back."""

    code, status = "unavailable", 503


class Rendered(NamedTuple):
    """An error as the other side reads it, over HTTP or a socket."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str]


def render(error: Exception) -> Rendered:
    """Shape any error; what is not ours stays unsaid, because its words may hold personal data."""
    if not isinstance(error, HubError):
        error = HubError("Something went wrong on our side. The request id finds it in the log.")
    body = {"error": {"code": error.code, "message": error.message, "data": error.data}}
    return Rendered(error.status, body, headers_of(error))


def headers_of(error: HubError) -> dict[str, str]:
    """What HTTP clients act on without reading the body."""
    headers = {}
    if isinstance(wait_s := error.data.get("retry_after_s"), int | float):
        headers["retry-after"] = str(max(1, math.ceil(wait_s)))
    if isinstance(error, TooMany):
        headers.update(error.limit)
    if isinstance(error, Unauthenticated):
        headers["www-authenticate"] = 'Bearer realm="parley"'
    if isinstance(error, TooSlow):
        # Half a request is still on the line, and whoever dribbles must not hold it for good.
        headers["connection"] = "close"
    return headers
