"""People who write to us, for the benchmarks of what screens show of it."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx2
import msgspec

from bench.intake_stage import SECRET, TEXT, TOO_MANY, Founded
from tests.fakes.sandbox.signing import signed

PATIENCE_S = 60
# Each message says which one it is.
NUMBERED = re.compile(rb"\(no\. (\d+)\)")


@dataclass(frozen=True)
class Provider:
    """Signs and sends what people write on one line; and asks what has become of it."""

    client: httpx2.AsyncClient
    founded: Founded

    async def tell(self, number: int, person: int) -> None:
        """One message, until it is acknowledged: whatever happens to the server meanwhile."""
        now = datetime.now(UTC)
        message = {
            "type": "message",
            "id": f"message-{number}",
            "from": f"+4930{person:07}",
            "at": now.isoformat(),
            "text": f"{TEXT} (no. {number})",
        }
        body = msgspec.json.encode({"events": [message]})
        headers = signed(body, now, SECRET, event_id=f"event-{number}")
        while not await self._is_taken(body, headers):
            await asyncio.sleep(0.1)

    async def _is_taken(self, body: bytes, headers: dict[str, str]) -> bool:
        try:
            answer = await self.client.post(f"/in/{self.founded.line}", content=body, headers=headers)
        except httpx2.TransportError:
            return False
        if answer.status_code == TOO_MANY or answer.is_server_error:
            return False
        answer.raise_for_status()
        return True

    async def threads(self, wanted: int, messages: int) -> list[dict[str, Any]]:
        """All conversations, once there are so many, and so much stands in the log of each."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                found = await self._list()
                if sum(row["seq"] >= messages for row in found) >= wanted:
                    return found
                await asyncio.sleep(0.1)

    async def _list(self) -> list[dict[str, Any]]:
        headers = {"authorization": f"Bearer {self.founded.key}"}
        answer = await self.client.get("/api/v1/threads", params={"view": "all", "limit": 100}, headers=headers)
        found: list[dict[str, Any]] = answer.raise_for_status().json()["items"]
        return found


@asynccontextmanager
async def open_provider(port: int, founded: Founded) -> AsyncIterator[Provider]:
    """For the length of the block."""
    limits = httpx2.Limits(max_connections=100, max_keepalive_connections=100)
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", limits=limits, timeout=PATIENCE_S) as client:
        yield Provider(client, founded)
