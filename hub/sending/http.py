"""The way out, as adapters borrow it: what matters to them is whether something may have arrived."""

from collections.abc import Mapping

from channels.base import MOST_BYTES, Failure, Http, HttpAnswer, Refused, TooLarge, Unreachable, Unsure
from hub.deps import Deps
from hub.egress import EgressFailed, EgressRefused

NOT_CONTACTED = Failure(
    code="address_not_allowed",
    words="Parley does not contact the address that the line names for its provider.",
    advice="Enter the provider's public https address in the line's settings.",
)


def http_of(deps: Deps) -> Http:
    """Through the hub's egress."""

    async def request(
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        content: bytes = b"",
        timeout_s: float = 15,
        most_bytes: int = MOST_BYTES,
    ) -> HttpAnswer:
        try:
            return await deps.egress.request(
                method, url, headers=headers, content=content, timeout_s=timeout_s, max_bytes=most_bytes
            )
        except EgressRefused as error:
            raise Refused(NOT_CONTACTED) from error
        except EgressFailed as error:
            if error.reason == "too_large":
                raise TooLarge(error.message) from error
            raise (Unsure if error.sent else Unreachable)(error.message) from error

    return request
