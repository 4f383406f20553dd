"""`python -m hub serve`: the web process alone, against servers of its own choosing."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import pytest

from hub.settings import Settings
from hub.store.embedded import free_port
from tests.processes import command, program

pytestmark = pytest.mark.slow


def environ_of(settings: Settings, **more: str) -> dict[str, str]:
    """The same settings, as a process gets them."""
    return {
        "PARLEY_MONGODB_URL": settings.mongodb_url.reveal(),
        "PARLEY_MONGODB_DATABASE": settings.mongodb_database,
        "PARLEY_REDIS_URL": settings.redis_url.reveal(),
        "PARLEY_MASTER_KEY": settings.master_key.reveal(),
        "PARLEY_MONGODB_TIMEOUT_S": "1",
        "PORT": str(free_port()),
        **more,
    }


async def until_live(url: str) -> None:
    """Wait until the process answers."""
    async with httpx2.AsyncClient() as client, asyncio.timeout(30):
        while True:
            try:
                await client.get(f"{url}/live")
                return
            except httpx2.TransportError:
                await asyncio.sleep(0.05)


async def test_sigterm_under_load_fails_no_request_of_whoever_heeds_ready(settings: Settings) -> None:
    environ = environ_of(settings, PARLEY_DRAIN_S="2")
    url = f"http://127.0.0.1:{environ['PORT']}"
    async with program("serve", **environ) as web, httpx2.AsyncClient(base_url=url) as client:
        await until_live(url)
        statuses: list[int] = []
        load = asyncio.create_task(ask_until_not_ready(client, statuses))
        await asyncio.sleep(0.5)

        code = await web.end(signal.SIGTERM)
        await load

        assert code == 0
        assert len(statuses) > 100
        assert set(statuses) == {200}


async def ask_until_not_ready(client: httpx2.AsyncClient, statuses: list[int]) -> None:
    """Many requests at once, until the process says that it is leaving: what a load balancer does."""
    leaving = asyncio.Event()

    async def ask() -> None:
        while not leaving.is_set():
            statuses.append((await client.get("/live")).status_code)

    async def look() -> None:
        while (await client.get("/ready")).status_code == 200:
            await asyncio.sleep(0.05)
        leaving.set()

    await asyncio.gather(look(), *(ask() for _ in range(8)))


async def test_while_it_drains_it_is_not_ready_and_still_answers(settings: Settings) -> None:
    environ = environ_of(settings, PARLEY_DRAIN_S="3")
    url = f"http://127.0.0.1:{environ['PORT']}"
    async with program("serve", **environ) as web, httpx2.AsyncClient(base_url=url) as client:
        await until_live(url)

        web.process.send_signal(signal.SIGTERM)
        await asyncio.sleep(0.5)
        ready, live = await client.get("/ready"), await client.get("/live")

        assert (ready.status_code, live.status_code) == (503, 200)
        assert await web.end(signal.SIGTERM) == 0


async def test_a_database_that_never_answers_is_said_with_what_to_check(settings: Settings) -> None:
    nowhere = f"mongodb://127.0.0.1:{free_port()}/"

    ended = await command("serve", **environ_of(settings, PARLEY_MONGODB_URL=nowhere, PARLEY_START_TIMEOUT_S="2"))

    assert ended.code == 1
    assert ended.err.startswith("MongoDB did not answer within 2 s: check that it runs and that PARLEY_MONGODB_URL")


async def test_a_database_of_ones_own_wants_a_master_key(settings: Settings) -> None:
    ended = await command("serve", **environ_of(settings, PARLEY_MASTER_KEY=""))

    assert ended.code == 2
    assert ended.err.startswith("PARLEY_MASTER_KEY is not set")


async def test_it_starts_and_serves_without_redis(settings: Settings) -> None:
    environ = environ_of(settings, PARLEY_REDIS_URL=f"redis://127.0.0.1:{free_port()}/0")
    url = f"http://127.0.0.1:{environ['PORT']}"
    async with program("serve", **environ), httpx2.AsyncClient(base_url=url) as client:
        await until_live(url)

        answer = await client.get("/ready")

        assert (answer.status_code, answer.json()["state"]) == (200, "degraded")


@asynccontextmanager
async def collector() -> AsyncIterator[tuple[str, list[str]]]:
    """An OpenTelemetry collector that notes the paths it is sent to."""
    paths: list[str] = []

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(writer):
            paths.append((await reader.readline()).decode().split()[1])
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
            await writer.drain()

    server = await asyncio.start_server(hear, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", paths


async def test_traces_reach_a_collector_when_one_is_set(settings: Settings) -> None:
    async with collector() as (collector_url, paths):
        environ = environ_of(settings, PARLEY_OTEL_URL=collector_url)
        async with program("serve", **environ) as web:
            await until_live(f"http://127.0.0.1:{environ['PORT']}")
            await web.end(signal.SIGTERM)

        assert set(paths) == {"/v1/traces"}


async def test_a_worker_whose_port_is_taken_names_the_setting_that_is_its_own(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        ended = await command("work", **environ_of(settings, PARLEY_WORK_PORT=str(port)))

    assert ended.code == 1
    assert f"or take another port: PARLEY_WORK_PORT={port + 1}" in ended.err


async def test_a_worker_shows_its_health_on_a_port_of_its_own(settings: Settings) -> None:
    port = free_port()
    async with program("work", **environ_of(settings, PARLEY_WORK_PORT=str(port))) as worker:
        await until_live(f"http://127.0.0.1:{port}")
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            await asyncio.sleep(1)
            answer = await client.get("/ready")

        assert answer.json()["state"] == "ready"
        assert await worker.end(signal.SIGTERM) == 0
