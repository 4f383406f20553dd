"""P11: from the start of `python -m hub run` to ready, with a data folder that has been used before."""

import asyncio
import re
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import msgspec

from bench.processes import Process, started
from bench.rounds import Bar, Benchmark, Figures, Measures
from hub.children import Report
from hub.operations.models import Readiness, ReadyState
from hub.store.embedded import free_port

POLL_S = 0.01
PATIENCE_S = 60
# A line that Python writes for each import when PYTHONPROFILEIMPORTTIME is set.
IMPORTED = re.compile(r"^import time: .*\| +([\w.]+)$", re.M)

IsReady = Callable[[int], Awaitable[bool]]


async def start_ours(folder: Path) -> Figures:
    """Both servers, the web process and a worker."""
    took_s, _ = await start("-m", "hub", "run", is_ready=is_hub_ready, environ={"PARLEY_DATA": str(folder)})
    return {"start_s": took_s}


async def start_reference() -> Figures:
    """One process that answers."""
    took_s, _ = await start("-m", "bench.reference.http", "{port}", is_ready=answers, environ={})
    return {"start_s": took_s}


async def imports(folder: Path) -> Figures:
    """What all our processes together have imported by the time they are ready."""
    environ = {"PARLEY_DATA": str(folder), "PYTHONPROFILEIMPORTTIME": "1"}
    _, words = await start("-m", "hub", "run", is_ready=is_hub_ready, environ=environ)
    modules = set(IMPORTED.findall(words))
    assert {"starlette.applications", "arq.worker"} <= modules, "the import log is not what it was"
    return {
        "modules_imported": len(modules),
        "langchain_modules": sum(name.startswith("lang") for name in modules),
    }


async def start(*argv: str, is_ready: IsReady, environ: dict[str, str]) -> tuple[float, str]:
    """How many seconds until it is ready, and what it said."""
    port, begun_s = free_port(), time.monotonic()
    argv = tuple(word.format(port=port) for word in argv)
    async with started(*argv, environ={"PORT": str(port), "PARLEY_LOG_LEVEL": "warning", **environ}) as process:
        await until(port, is_ready, process)
        return time.monotonic() - begun_s, process.words


async def until(port: int, is_ready: IsReady, process: Process) -> None:
    """Ask until it is."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            while not await is_ready(port):
                await asyncio.sleep(POLL_S)
    except TimeoutError:
        raise SystemExit(f"Not ready after {PATIENCE_S} s. Its last words:\n{process.words[-2000:]}") from None


async def is_hub_ready(port: int) -> bool:
    """All its parts are there, the worker too."""
    body = await get(port, "/ready")
    return body is not None and msgspec.json.decode(body, type=Readiness).state is ReadyState.READY


async def answers(port: int) -> bool:
    """Anything at all."""
    return await get(port, "/") is not None


async def get(port: int, path: str) -> bytes | None:
    """The body of a 200, or None."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {path} HTTP/1.1\r\nhost: bench\r\nconnection: close\r\n\r\n".encode())
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
        writer.close()
    except OSError:
        return None
    return body if b" 200 " in head.partition(b"\r\n")[0] else None


@asynccontextmanager
async def opened(report: Report) -> AsyncIterator[Measures]:
    """A folder that has been used once."""
    with tempfile.TemporaryDirectory(prefix="parley-bench-") as name:
        report("start: the first start, which is not measured")
        await start_ours(Path(name))
        yield Measures(
            ours=partial(start_ours, Path(name)), reference=start_reference, once=partial(imports, Path(name))
        )


BENCHMARK = Benchmark(
    name="start",
    title="`python -m hub run`, from the start of the process to ready, warm",
    reference="a bare Starlette under uvicorn, to its first answer",
    bars=(Bar("P11", "start_s", 4), Bar("P11", "langchain_modules", 0)),
    opened=opened,
)
