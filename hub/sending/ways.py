"""The ways out, as adapters borrow them: what matters to them is whether something may have arrived."""

from collections.abc import Mapping
from dataclasses import dataclass

from channels.base import MOST_BYTES, HttpAnswer, Out, Refused, Smtp, TooLarge, Unreachable, Unsure
from hub.deps import Deps
from hub.egress import Egress, EgressFailed, EgressRefused
from hub.lines.channels import NOT_CONTACTED, UNTRUSTED
from hub.mail.actions import own_name
from hub.sending.smtp import Posting


@dataclass(frozen=True)
class Ways:
    """Through the hub's egress. `hello` is what mail servers are told of who we are."""

    egress: Egress
    hello: str = "[127.0.0.1]"

    async def __call__(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        content: bytes = b"",
        timeout_s: float = 15,
        most_bytes: int = MOST_BYTES,
    ) -> HttpAnswer:
        try:
            return await self.egress.request(
                method, url, headers=headers, content=content, timeout_s=timeout_s, max_bytes=most_bytes
            )
        except EgressRefused as error:
            raise Refused(NOT_CONTACTED) from error
        except EgressFailed as error:
            if error.reason == "too_large":
                raise TooLarge(error.message) from error
            if error.reason == "tls" and not error.sent:
                raise Refused(UNTRUSTED) from error
            raise (Unsure if error.sent else Unreachable)(error.message) from error

    @property
    def smtp(self) -> Smtp:
        return Posting(self.egress, self.hello)


def ways_of(deps: Deps) -> Out:
    """All that an adapter may use."""
    return Ways(deps.egress, own_name(deps.settings))
