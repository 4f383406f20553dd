"""One webhook may tell of all of an account's lines: each is found by the name that its provider has for it."""

from pymongo.monitoring import CommandListener, CommandStartedEvent

from channels.base import State, Status
from hub.intake.elements import take_in
from hub.intake.models import IntakeState
from hub.lines.actions import access_of, find_named
from hub.lines.repository import LINES, MOST
from hub.settings import Settings
from tests.clock import MORNING, VirtualClock
from tests.hub.lines.connected import connect
from tests.hubs import running_hub

BATCH = 50


class ListsOfLines(CommandListener):
    """How often all lines of an account are read."""

    def __init__(self) -> None:
        self.count = 0

    def started(self, event: CommandStartedEvent) -> None:
        command = event.command
        self.count += (event.command_name, command.get("find"), command.get("limit")) == ("find", LINES, MOST)

    def succeeded(self, event: object) -> None:
        pass

    def failed(self, event: object) -> None:
        pass


async def test_a_batch_about_another_line_looks_the_lines_up_once(settings: Settings, clock: VirtualClock) -> None:
    lists = ListsOfLines()
    async with running_hub(settings, clock=clock, listeners=[lists]) as hub:
        line, other = [await connect(hub.deps) for _ in range(2)]
        name = (await access_of(hub.deps, other)).address
        batch = [Status(id=f"s{n}", state=State.SENT, at=MORNING, at_line=name) for n in range(BATCH)]
        lists.count = 0

        outcome = await take_in(hub.deps, line, batch)

        assert (outcome.state, lists.count) == (IntakeState.DONE, 1)


async def test_a_line_that_was_connected_a_moment_ago_elsewhere_is_found(settings: Settings) -> None:
    async with running_hub(settings) as hub, running_hub(settings) as elsewhere:
        line = await connect(hub.deps)
        await find_named(hub.deps, line, "nobody")

        new = await connect(elsewhere.deps)

        name = (await access_of(hub.deps, new)).address
        found = await find_named(hub.deps, line, name)
        assert found and found.id == new.id
