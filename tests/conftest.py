"""Real servers, one pair for each process of the test run, and a hub on a database of its own for each test."""

import logging
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog
from pymongo import MongoClient

from hub import deps
from hub.settings import Secret, Settings
from hub.store.embedded import Servers, open_servers
from hub.store.ids import new_id
from tests.clock import VirtualClock
from tests.databases import Databases, Document, Standing
from tests.hubs import Hub, running_hub

# Colours take a tenth of a second for each failure that a test wants to see.
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
    ]
)

OPERATOR_TOKEN = "operator-token-of-the-tests"
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder in memory: the servers sync every commit, and here that costs nothing


# Hubs of other processes look for themselves.
deps.indexes = Standing()  # type: ignore[assignment, attr-defined]


@pytest.fixture(scope="session")
def fast_folder() -> Iterator[Path]:
    """A folder that goes with this run, in memory where the machine has one."""
    folder = Path(tempfile.mkdtemp(prefix="parley-test-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
async def servers(fast_folder: Path) -> AsyncIterator[Servers]:
    """The embedded database and Redis, the very ones that `make run` starts."""
    async with open_servers(Settings(data=fast_folder), role="command", report=logging.warning) as servers:
        yield servers


@pytest.fixture(scope="session")
def databases(servers: Servers) -> Iterator[Databases]:
    """Those of the shared servers."""
    with MongoClient[Document](servers.mongodb_url) as client:
        yield Databases(client)


@pytest.fixture
def database(databases: Databases) -> Iterator[str]:
    """One that nobody else uses during the test, with nothing in it."""
    with databases.lend(f"t{new_id(VirtualClock().now())}") as name:
        yield name


@pytest.fixture
def settings(servers: Servers, fast_folder: Path, database: str) -> Settings:
    """Settings of a hub with a database of its own on the shared servers."""
    return Settings(
        data=fast_folder,
        mongodb_url=Secret(servers.mongodb_url),
        mongodb_database=database,
        redis_url=Secret(servers.redis_url),
        master_key=servers.master_key,
        operator_token=Secret(OPERATOR_TOKEN),
        password_memory_mb=1,
        start_timeout_s=5,
        stop_timeout_s=2,
    )


@pytest.fixture
def clock() -> VirtualClock:
    """Time that passes when the test says so."""
    return VirtualClock()


@pytest.fixture
async def hub(settings: Settings) -> AsyncIterator[Hub]:
    """The hub as it ships."""
    async with running_hub(settings) as hub:
        yield hub


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Skipped browser tests are said where nobody overlooks them."""
    skipped = [report for report in terminalreporter.getreports("skipped") if "browser" in report.nodeid]
    if skipped:
        terminalreporter.section("NO BROWSER", sep="!", red=True)
        terminalreporter.write_line(
            f"{len(skipped)} browser tests were skipped: install Chromium (apt install chromium)."
        )
