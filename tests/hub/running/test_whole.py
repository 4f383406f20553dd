"""`python -m hub run`: everything on one machine, as `make run` starts it."""

import asyncio
import json
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from hub.store.embedded import free_port
from hub.store.sealed import new_master_key
from tests.processes import Program, command, get_ready, program, until_gone

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Running:
    """A whole Parley in a folder of its own."""

    program: Program
    url: str
    environ: dict[str, str]


@asynccontextmanager
async def whole(folder: Path, port: int | None = None) -> AsyncIterator[Running]:
    """Ready at the beginning of the block."""
    port = port or free_port()
    environ = {"PARLEY_DATA": str(folder / "data"), "PORT": str(port)}
    async with program("run", **environ) as started:
        await started.hear("Parley is ready at")
        yield Running(started, f"http://127.0.0.1:{port}", environ)


async def test_it_serves_in_one_command_and_stops_without_a_trace(tmp_path: Path) -> None:
    async with whole(tmp_path) as parley:
        ready = await get_ready(parley.url)
        doctor = await command("doctor", "--json", **parley.environ)
        family = parley.program.family()

        code = await parley.program.end(signal.SIGINT)

        assert [part["state"] for part in ready.json()["parts"]] == ["ok"] * 4
        assert (doctor.code, {finding["state"] for finding in json.loads(doctor.out)}) == (0, {"ok", "note"})
        assert len(family) == 8
        assert (code, await until_gone(family, within_s=5)) == (0, [])


@pytest.mark.parametrize(
    ("host", "said"),
    [("localhost", "127.0.0.1"), ("::1", "[::1]"), ("0.0.0.0", "127.0.0.1"), ("127.0.0.2", "127.0.0.2")],  # noqa: S104
)
async def test_it_is_ready_where_it_says_whatever_it_listens_at(tmp_path: Path, host: str, said: str) -> None:
    port = free_port()
    environ = {"PARLEY_DATA": str(tmp_path / "data"), "PORT": str(port), "PARLEY_HOST": host}
    async with program("run", **environ) as started:
        await started.hear(f"Parley is ready at http://{said}:{port} ")

        assert (await get_ready(f"http://{said}:{port}")).status_code == 200


async def test_killing_it_leaves_no_child_behind(tmp_path: Path) -> None:
    async with whole(tmp_path) as parley:
        family = parley.program.family()

        parley.program.process.kill()

        assert await until_gone(family) == []


async def test_after_a_kill_it_starts_again_at_once_with_everything(tmp_path: Path) -> None:
    port = free_port()
    async with whole(tmp_path, port) as parley:
        before = await installation(parley.url)
        parley.program.process.kill()

    async with whole(tmp_path, port) as parley:
        assert await installation(parley.url) == before


async def test_a_killed_web_process_and_worker_come_back(tmp_path: Path) -> None:
    async with whole(tmp_path) as parley:
        parley.program.member("hub", "serve").kill()
        parley.program.member("hub", "work").kill()
        await asyncio.sleep(0.5)

        answer = await get_ready(parley.url, within_s=60)

        assert answer.status_code == 200


async def test_killed_servers_come_back_under_a_running_hub(tmp_path: Path) -> None:
    async with whole(tmp_path) as parley:
        parley.program.member("secantus").kill()
        redis = next(p for p in parley.program.family() if p.name() == "redis-server")
        redis.kill()
        await asyncio.sleep(0.5)

        answer = await get_ready(parley.url, within_s=60)

        assert answer.status_code == 200


async def test_a_command_beside_it_makes_links_that_lead_to_it(tmp_path: Path) -> None:
    async with whole(tmp_path) as parley:
        folder = parley.environ["PARLEY_DATA"]

        made = await command("account", "create", "Acme", "--owner", "you@acme.test", "--json", PARLEY_DATA=folder)

    assert json.loads(made.out)["password_link"].startswith(f"{parley.url}/reset#")
    assert f"The account is kept in {folder}" in made.err


@pytest.mark.parametrize("is_same_port", [True, False])
async def test_a_second_run_says_who_is_there(tmp_path: Path, is_same_port: bool) -> None:
    async with whole(tmp_path) as parley:
        port = parley.environ["PORT"] if is_same_port else str(free_port())

        second = await command("run", **{**parley.environ, "PORT": port})

        assert second.code == 1
        assert f"Another Parley (process {parley.program.process.pid} at {parley.url}) works in" in second.err


async def test_a_start_that_cannot_succeed_ends_with_the_reason(tmp_path: Path) -> None:
    nowhere = {
        "PARLEY_MONGODB_URL": f"mongodb://127.0.0.1:{free_port()}/",
        "PARLEY_MASTER_KEY": new_master_key(),
        "PARLEY_START_TIMEOUT_S": "2",
    }

    ended = await command("run", PARLEY_DATA=str(tmp_path / "data"), PORT=str(free_port()), **nowhere)

    assert ended.code == 1
    assert "MongoDB did not answer within 2 s: check that it runs" in ended.err
    # On a slow machine its patience ends before it has tried as often as it would.
    assert ended.err.splitlines()[-1] in (
        "Parley does not start; the lines above say why.",
        "Parley was not ready after 2 s.",
    )


async def test_a_taken_port_is_said_plainly_and_at_once(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        ended = await command("run", PORT=str(port), PARLEY_DATA=str(tmp_path / "data"))

    assert ended.code == 1
    assert ended.err == (
        f"Cannot listen on 127.0.0.1:{port}: Address already in use. Stop what uses it, or take another port: "
        f"PARLEY_PORT={port + 1}\n"
    )
    assert not (tmp_path / "data").exists()


async def test_stopping_while_it_starts_leaves_nothing(tmp_path: Path) -> None:
    async with program("run", PARLEY_DATA=str(tmp_path / "data"), PORT=str(free_port())) as started:
        await started.hear("starting the hub")
        family = started.family()

        code = await started.end(signal.SIGTERM)

        assert (code, await until_gone(family, within_s=5)) == (0, [])


async def test_a_bad_setting_stops_the_start(tmp_path: Path) -> None:
    ended = await command("run", PARLEY_PORT="eighty")

    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "PARLEY_PORT: 'eighty' is not a whole number. Example: PARLEY_PORT=8000\n"


async def installation(url: str) -> str:
    """The name by which an installation knows itself."""
    async with httpx2.AsyncClient() as client:
        return str((await client.get(f"{url}/live")).json()["installation"])
