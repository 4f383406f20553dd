"""Files in a folder, which all processes share."""

import asyncio
import contextlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hub.files.errors import FileLost, FileStoreAway


@dataclass(frozen=True)
class FolderStore:
    """Each file stands in one of a thousand folders, told by the end of its name, which is random."""

    root: Path

    @property
    def about(self) -> str:
        """Where it is."""
        return f"the folder {self.root}"

    async def put(self, name: str, content: bytes) -> None:
        """Written beside, synced, then moved to its place."""
        await asyncio.to_thread(self._put, name, content)

    async def get(self, name: str) -> bytes:
        """All of it."""
        return await asyncio.to_thread(self._get, name)

    async def has(self, name: str) -> bool:
        """Whether it is there."""
        return await asyncio.to_thread(self._has, name)

    async def remove(self, name: str) -> None:
        """With whatever a writer that was killed has left beside it."""
        await asyncio.to_thread(self._remove, name)

    def _path(self, name: str) -> Path:
        return self.root / name[-1] / name[-2] / name

    def _put(self, name: str, content: bytes) -> None:
        path = self._path(name)
        draft = path.with_name(f".{name}.{secrets.token_hex(4)}")
        with self._usable(), opened_whole(draft, path):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with open(draft, "wb", opener=private) as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())

    def _get(self, name: str) -> bytes:
        with self._usable():
            try:
                return self._path(name).read_bytes()
            except FileNotFoundError:
                raise FileLost("The content of this file is not in the store.") from None

    def _has(self, name: str) -> bool:
        with self._usable():
            return self._path(name).is_file()

    def _remove(self, name: str) -> None:
        path = self._path(name)
        with self._usable():
            for left in (path, *path.parent.glob(f".{name}.*")):
                left.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _usable(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise FileStoreAway(
                f"The folder of the files cannot be used: {error.strerror}.", retry_after_s=5
            ) from error


@contextlib.contextmanager
def opened_whole(draft: Path, path: Path) -> Iterator[None]:
    """What is written into the draft stands at its path in the end, or nowhere."""
    try:
        yield
        draft.rename(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        # The name itself is only sure once its folder is.
        os.fsync(folder)
    finally:
        os.close(folder)


def private(path: str, flags: int) -> int:
    """Readable by us alone."""
    return os.open(path, flags, 0o600)
