"""A business with a line at the sandbox, and somebody who sends it more than words."""

from dataclasses import dataclass
from typing import Any

from hub.deps import Deps
from hub.fetching.fetching import KINDS
from hub.lines.models import Line
from tests.clock import VirtualClock
from tests.fakes.sandbox.running import RunningSandbox
from tests.hub.intake.webhooks import message, only_thread, tell
from tests.hub.sending.scene import work_off
from tests.hubs import Hub
from tests.people import Person, sign_in

MB = 1024 * 1024


@dataclass
class Scene:
    """What there is."""

    hub: Hub
    owner: Person
    sandbox: RunningSandbox
    clock: VirtualClock
    line: Line

    @property
    def deps(self) -> Deps:
        """What the hub has opened."""
        return self.hub.deps

    async def gets(self, *media: Any, **more: Any) -> None:
        """They send files."""
        await tell(self.hub, self.line, message("See here", at=self.clock.now(), media=[*media], **more))

    async def work(self) -> None:
        """Fetch what is due."""
        for _ in range(3):
            await work_off(self.deps, KINDS)

    async def pass_time(self, **by: float) -> None:
        """Time passes; then what is due is fetched."""
        await self.clock.advance(**by)
        await self.work()

    async def rev(self) -> int:
        """What screens tell a change by."""
        return (await only_thread(self.deps, self.owner.account)).rev

    async def shown(self) -> list[Any]:
        """All files of the conversation, as a rep sees them."""
        self.owner = await sign_in(self.hub, self.owner.email)
        thread = await only_thread(self.deps, self.owner.account)
        entries = (await self.owner.does("GET", f"/threads/{thread.id}/messages"))["items"]
        return [media for entry in entries if entry["content"] for media in entry["content"]["media"]]

    @property
    def stored(self) -> set[str]:
        """By which names the store has contents."""
        return {path.name for path in (self.deps.settings.data / "files").rglob("*") if path.is_file()}

    async def count(self, collection: str) -> int:
        """How many of these there are."""
        return await self.deps.mongo[collection].count({"account": self.owner.account}, limit=100)
