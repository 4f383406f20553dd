"""The database goes away under a running hub, and comes back: what a caller sees."""

import asyncio
import dataclasses
from contextlib import AsyncExitStack
from pathlib import Path

import httpx2
import pytest

from hub.settings import Secret, Settings
from hub.store.embedded import free_port
from tests.conftest import OPERATOR_TOKEN
from tests.hub.store.servers import database_alone
from tests.hubs import Hub, running_hub

OPERATOR = {"authorization": f"Bearer {OPERATOR_TOKEN}"}


async def answer_with(hub: Hub, status: int) -> httpx2.Response:
    """Ask until the answer has this status."""
    async with asyncio.timeout(60):
        while (answer := await hub.client.get("/api/v1/work", headers=OPERATOR)).status_code != status:
            await asyncio.sleep(0.1)
    return answer


@pytest.mark.slow
async def test_requests_get_503_with_retry_after_and_then_succeed_again(settings: Settings, tmp_path: Path) -> None:
    port = free_port()
    settings = dataclasses.replace(
        settings, mongodb_url=Secret(f"mongodb://127.0.0.1:{port}/"), mongodb_timeout_s=0.5, start_timeout_s=20
    )
    async with AsyncExitStack() as database, AsyncExitStack() as stack:
        await database.enter_async_context(database_alone(tmp_path, port))
        hub = await stack.enter_async_context(running_hub(settings))
        await answer_with(hub, 200)

        await database.aclose()
        refused, ready, live = (
            await answer_with(hub, 503),
            await hub.client.get("/ready"),
            await hub.client.get("/live"),
        )
        await database.enter_async_context(database_alone(tmp_path, port))
        again = await answer_with(hub, 200)

        assert (refused.json()["error"]["code"], refused.headers["retry-after"]) == ("database_away", "2")
        assert (ready.status_code, ready.json()["state"], live.status_code) == (503, "down", 200)
        assert {kind["overdue"] for kind in again.json()["kinds"]} == {0}
