"""The door: what it costs to know who asks, and whether they may. The same small answer, behind everything that stands
around every request of the API, against a bare echo."""

import re
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from statistics import median
from typing import Any

import httpx2
import psutil

from bench.processes import started
from bench.rounds import Benchmark, Figures, Measures
from bench.start import answers, is_hub_ready, until
from hub.children import Report
from hub.store.embedded import free_port

REQUESTS = 400
# Each counts against its own limit, so that none is refused.
CALLERS = 40
OPERATOR = "operator-of-the-bench"
CPU = re.compile(r"^process_cpu_seconds_total ([0-9.e+-]+)$", re.M)
PASSWORD = "a password of the bench"  # noqa: S105 - of an account that lasts as long as the bench
SIGN_INS = 8


class Hub:
    """A running Parley with an account."""

    def __init__(self, client: httpx2.AsyncClient, keys: list[str]) -> None:
        self._client = client
        self._keys = keys

    async def ask(self) -> Figures:
        """Behind the door: a credential, a permission, limits, a log line, protecting headers."""
        before = await self._cpu_s()
        took = [await timed(self._client, "/api/v1/permissions", self._keys[n % CALLERS]) for n in range(REQUESTS)]
        used = await self._cpu_s() - before
        return {"request_ms": median(took) * 1000, "cpu_ms": used / REQUESTS * 1000}

    async def sign_in(self) -> Figures:
        """By password: nearly all of it is the hash, and meant to be."""
        body = {"email": "owner@bench.test", "password": PASSWORD}
        took = []
        for _ in range(SIGN_INS):
            begun_s = time.perf_counter()
            (await self._client.post("/api/v1/session", json=body)).raise_for_status()
            took.append(time.perf_counter() - begun_s)
        return {"sign_in_ms": median(took) * 1000}

    async def _cpu_s(self) -> float:
        answer = await self._client.get("/metrics", headers={"authorization": f"Bearer {OPERATOR}"})
        found = CPU.search(answer.text)
        assert found, "the hub does not tell its CPU time"
        return float(found[1])


async def timed(client: httpx2.AsyncClient, path: str, key: str) -> float:
    """Seconds until it is answered."""
    begun_s = time.perf_counter()
    answer = await client.get(path, headers={"authorization": f"Bearer {key}"})
    answer.raise_for_status()
    return time.perf_counter() - begun_s


async def echo(client: httpx2.AsyncClient, process: psutil.Process) -> Figures:
    """The reference: nothing in front of the answer."""
    before = cpu_s_of(process)
    took = [await timed(client, "/", "nobody") for _ in range(REQUESTS)]
    return {"request_ms": median(took) * 1000, "cpu_ms": (cpu_s_of(process) - before) / REQUESTS * 1000}


def cpu_s_of(process: psutil.Process) -> float:
    """What it has used so far."""
    times = process.cpu_times()
    return float(times.user + times.system)


@asynccontextmanager
async def opened(report: Report) -> AsyncIterator[Measures]:
    """Both, side by side."""
    port, echo_port = free_port(), free_port()
    with tempfile.TemporaryDirectory(prefix="parley-bench-") as folder:
        environ = {"PARLEY_DATA": folder, "PORT": str(port), "PARLEY_OPERATOR_TOKEN": OPERATOR}
        environ["PARLEY_LOG_LEVEL"] = "warning"
        async with (
            started("-m", "hub", "run", environ=environ) as hub,
            started("-m", "bench.reference.http", str(echo_port), environ={}) as reference,
            httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client,
            httpx2.AsyncClient(base_url=f"http://127.0.0.1:{echo_port}") as echo_client,
        ):
            await until(port, is_hub_ready, hub)
            await until(echo_port, answers, reference)
            ours = Hub(client, await keys_of_an_account(client))
            yield Measures(ours=ours.ask, reference=partial(echo, echo_client, listener(echo_port)), once=ours.sign_in)


async def keys_of_an_account(client: httpx2.AsyncClient) -> list[str]:
    """A new account, and so many keys."""
    wanted = {"name": "Bench", "owner": "owner@bench.test", "password": PASSWORD}
    first = (await made(client, "/api/v1/accounts", wanted, OPERATOR))["key"]
    grants = [{"permission": "members.view"}]
    return [
        (await made(client, "/api/v1/keys", {"name": f"{n}", "grants": grants}, first))["secret"]
        for n in range(CALLERS)
    ]


async def made(client: httpx2.AsyncClient, path: str, wanted: Any, credential: str) -> Any:
    """What was made."""
    answer = await client.post(path, json=wanted, headers={"authorization": f"Bearer {credential}"})
    return answer.raise_for_status().json()


def listener(port: int) -> psutil.Process:
    """The process that listens there."""
    for connection in psutil.net_connections("tcp"):
        if connection.status == psutil.CONN_LISTEN and getattr(connection.laddr, "port", 0) == port and connection.pid:
            return psutil.Process(connection.pid)
    raise SystemExit(f"Nobody listens on {port}.")


BENCHMARK = Benchmark(
    name="door",
    title="a small answer behind the door of the API: credential, permission, limits",
    reference="a bare Starlette echo under uvicorn",
    bars=(),
    opened=opened,
)
