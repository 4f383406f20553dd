"""Who decides what a mail server is told, mail by mail: nothing in here knows the wire."""

import re

import structlog

from hub.deps import Deps
from hub.errors import HubError
from hub.http.address import neighbourhood
from hub.limits import Bucket
from hub.lines.models import Line
from hub.postbox import replies
from hub.postbox.limits import MAIL_RATE, WRONG_RATE, Limits
from hub.postbox.receiving import receive
from hub.postbox.recipients import could_be_ours, find_recipient

log = structlog.get_logger()

HEADER_ENDS = re.compile(rb"\r?\n\r?\n")
A_HOP = re.compile(rb"^received:", re.IGNORECASE | re.MULTILINE)
# Whoever sends a mail that must not come back names nobody.
NOBODY = "<>"


class Clerk:
    """For one connection: who the mail is from that is handed in now, and whom it goes to."""

    def __init__(self, deps: Deps, limits: Limits, address: str) -> None:
        self._deps = deps
        self._limits = limits
        self._near = neighbourhood(address)
        self._sender = ""
        self._recipients: dict[str, Line] = {}

    async def begin(self, sender: str) -> str:
        """Another mail, which is from somebody."""
        self._sender, self._recipients = sender, {}
        is_allowed = await self._is_allowed(Bucket(f"postbox:{self._near}", MAIL_RATE))
        return replies.OK if is_allowed else replies.TOO_MANY_MAILS

    async def add(self, address: str) -> str:
        """One whom it goes to."""
        if len(self._recipients) >= self._limits.recipients:
            return replies.TOO_MANY_RECIPIENTS
        if not could_be_ours(address):
            return replies.NO_RELAY
        line = await find_recipient(self._deps, address)
        if line:
            self._recipients[address] = line
            return replies.RECIPIENT_OK
        is_allowed = await self._is_allowed(Bucket(f"postbox.wrong:{self._near}", WRONG_RATE))
        return replies.NOBODY if is_allowed else replies.TOO_MANY_WRONG

    async def take(self, raw: bytes) -> dict[str, str]:
        """The whole of it; what is told about each recipient."""
        if refusal := self._refusal(raw):
            return dict.fromkeys(self._recipients, refusal)
        return await receive(self._deps, self._recipients, self._sender, raw)

    def failed(self, error: Exception) -> str:
        """Something went wrong on our side: they come again."""
        if not isinstance(error, HubError):
            log.error("postbox_failed", exc_info=error)
        return replies.AWAY

    def _refusal(self, raw: bytes) -> str:
        most = self._limits.header_bytes
        end = HEADER_ENDS.search(raw, 0, most + 1)
        if end is None and len(raw) > most:
            return replies.HEADER_TOO_LARGE
        header = raw[: end.start()] if end else raw
        return replies.GOES_ROUND if len(A_HOP.findall(header)) > self._limits.hops else ""

    async def _is_allowed(self, bucket: Bucket) -> bool:
        return not (await self._deps.limiter.take(bucket)).wait_us
