"""A line, and another one behind it at another provider."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from hub.lines.actions import get_line
from hub.lines.models import Line
from tests.fakes.sandbox.running import RunningSandbox, running_sandbox
from tests.hub.sending.scene import Scene, connect_to


@dataclass
class Two:
    """The person's line, and the one behind it at another provider."""

    scene: Scene
    second: Line
    other: RunningSandbox

    @property
    def came(self) -> list[str]:
        """What has come to the person, over either."""
        return [*self.scene.texts, *(sent.text for sent in self.other.sent)]

    async def first(self) -> Line:
        """The line as it stands now."""
        return await get_line(self.scene.deps, self.scene.account, self.scene.line.id)


@asynccontextmanager
async def two_lines(scene: Scene) -> AsyncIterator[Two]:
    """For the length of the block."""
    async with running_sandbox(now=scene.clock.now) as other:
        second = await connect_to(scene.deps, scene.account, other, "sandbox_sms")
        await scene.owner.does("PUT", f"/lines/{scene.line.id}/second", {"line_id": second.id})
        yield Two(scene, second, other)
