"""A Redis of a test's own, to be killed and started again."""

import asyncio
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hub.store.embedded import free_port, is_listening, redis_program


class OwnRedis:
    """One Redis server on one port, which may come and go."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it is, or will be."""
        return f"redis://127.0.0.1:{self._port}/0"

    async def start(self) -> None:
        """Return when it accepts connections."""
        options = ("--port", str(self._port), "--bind", "127.0.0.1", "--dir", str(self._folder), "--save", "")
        self._process = subprocess.Popen([redis_program(), *options], stdout=subprocess.DEVNULL)  # noqa: ASYNC220
        while not await is_listening(self._port):
            await asyncio.sleep(0.01)

    def kill(self) -> None:
        """As the kernel would, without a word."""
        if self._process:
            self._process.kill()
            self._process.wait()


@contextmanager
def own_redis(folder: Path) -> Iterator[OwnRedis]:
    """Gone at the end of the block."""
    redis = OwnRedis(folder)
    try:
        yield redis
    finally:
        redis.kill()
