"""An owner who connects lines."""

import itertools
from dataclasses import dataclass
from typing import Any

from hub.lines.actions import get_line
from hub.lines.models import Line
from tests.fakes.sandbox.running import RunningSandbox
from tests.hub.lines.connected import SECRET
from tests.hubs import Hub
from tests.people import Person

PHONE = "+4915112345678"
ADDRESSES = itertools.count(1)


@dataclass
class Desk:
    """The owner, and the provider."""

    hub: Hub
    owner: Person
    sandbox: RunningSandbox

    async def connect(self, provider: str = "sandbox_sms", *, address: str = "", **values: str) -> Any:
        """A line, as the API shows it."""
        known = {"url": self.sandbox.url, "key": self.sandbox.key, "webhook_secret": SECRET, **values}
        address = address or f"+49304{next(ADDRESSES):07}"
        wanted = {"provider": provider, "name": "Ours", "address": address, "values": known}
        return await self.owner.does("POST", "/lines", wanted)

    async def tests(self, line: Any, to: str = PHONE) -> Any:
        """What is answered to a test message."""
        return await self.owner.does("POST", f"/lines/{line['id']}/test", {"to": to})

    async def checks(self, line: Any) -> Any:
        """The steps of a check, by what they are about."""
        checked = await self.owner.does("POST", f"/lines/{line['id']}/check")
        return {step["about"]: step for step in checked["items"]}

    async def missing(self, line: Any) -> list[str]:
        """What a check says is missing."""
        return [about for about, step in (await self.checks(line)).items() if step["is_well"] is False]

    async def points(self, line: Any) -> Any:
        """What is answered when Parley is to set the webhook."""
        return await self.owner.does("POST", f"/lines/{line['id']}/point")

    async def stored(self, line: Any) -> Line:
        """As the database has it, with all that was noted."""
        await self.hub.deps.pulses.write()
        return await get_line(self.hub.deps, self.owner.account, line["id"])
