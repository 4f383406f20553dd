"""A process is killed after it has acknowledged a message, before or after the message stands in the log: nothing is
lost, and nothing is there twice."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx2
import pytest

from hub.intake.jobs import KINDS
from hub.intake.models import IntakeState
from hub.settings import Settings
from hub.store.embedded import free_port
from hub.work.desk import Desk
from tests.clock import VirtualClock
from tests.fakes.sandbox import signed
from tests.hub.intake.webhooks import entries, event_of, ledger_of, message, only_thread, tell, texts
from tests.hub.lines.connected import SECRET, connect
from tests.hubs import running_hub
from tests.processes import ROOT

pytestmark = pytest.mark.slow

# Between the answer and the log, and between the log and the end of it.
PLACES = [
    ("hub.intake.ledger", "process"),
    ("hub.people.finding", "make"),
    ("hub.intake.hearing", "receive"),
    ("hub.threads.repository", "move"),
    ("hub.intake.repository", "settle"),
]


@asynccontextmanager
async def dying(settings: Settings, *place: str) -> AsyncIterator[tuple[str, asyncio.subprocess.Process]]:
    """Its URL, for the length of the block."""
    port = free_port()
    environ = {
        "PATH": os.environ["PATH"],
        "PARLEY_MONGODB_URL": settings.mongodb_url.reveal(),
        "PARLEY_MONGODB_DATABASE": settings.mongodb_database,
        "PARLEY_REDIS_URL": settings.redis_url.reveal(),
        "PARLEY_MASTER_KEY": settings.master_key.reveal(),
        "PORT": str(port),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.hub.intake.dying", *place, cwd=ROOT, env=environ, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        yield f"http://127.0.0.1:{port}", process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def post_until_taken(url: str, body: bytes) -> int:
    """Once somebody listens there."""
    async with httpx2.AsyncClient() as client, asyncio.timeout(30):
        while True:
            try:
                headers = signed(body, datetime.now(UTC), SECRET)
                return (await client.post(url, content=body, headers=headers)).status_code
            except httpx2.ConnectError:
                await asyncio.sleep(0.05)


@pytest.mark.parametrize("place", PLACES, ids=[".".join(place) for place in PLACES])
async def test_what_was_acknowledged_survives_a_kill(
    settings: Settings, clock: VirtualClock, place: tuple[str, str]
) -> None:
    async with running_hub(settings, clock=clock) as hub:
        line = await connect(hub.deps)
        body = event_of(message("Hello", at=datetime.now(UTC)))

        async with dying(settings, *place) as (url, process):
            status = await post_until_taken(f"{url}/in/{line.id}", body)
            async with asyncio.timeout(30):
                killed_by = -await process.wait()
        desk = Desk(hub.deps, KINDS[0])
        await desk.sweep()
        await desk.close(timeout_s=60)
        await tell(hub, line, message("Are you there?", at=clock.now()))

        assert (status, killed_by) == (200, 9)
        assert await texts(hub.deps) == ["Hello", "Are you there?"]
        assert [entry.seq for entry in await entries(hub.deps)] == [1, 2]
        assert (await only_thread(hub.deps)).seq == 2
        assert {event.state for event in await ledger_of(hub.deps)} == {IntakeState.DONE}
