"""The data folder: who uses it now, and the note by which commands find the servers of a running hub."""

import asyncio
import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from hub.errors import Unavailable

POLL_S = 0.05
NOTE_FILE = "servers.json"

Role = Literal["run", "command"]


class BadFolder(Unavailable):
    """The data folder cannot be used."""

    code = "bad_folder"


class FolderInUse(Unavailable):
    """Another Parley works in this data folder."""

    code = "folder_in_use"


class Note(msgspec.Struct, frozen=True):
    """What a process that holds the folder tells the others."""

    pid: int
    role: Role
    mongodb_url: str = ""
    redis_url: str = ""
    web_url: str = ""

    @property
    def is_alive(self) -> bool:
        """Whether the process that wrote it still runs."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True


class DataFolder:
    """One folder on a local disk. Its lock is held by the holder and by every server it started, so that a free lock
    means that none of them is left, however they ended."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        with usable(self.path):
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            probe = self.path / f".probe-{os.getpid()}"
            probe.write_bytes(b"parley")
            probe.unlink()

    def try_lock(self) -> int | None:
        """Take the folder: a file descriptor that holds it as long as it or an heir is open; None if it is taken."""
        with usable(self.path):
            lock = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        if _locks(lock, fcntl.LOCK_EX):
            return lock
        os.close(lock)
        return None

    async def lock(self, wait_s: float) -> int:
        """Take the folder. It waits for servers whose holder was killed and for short commands, not for a hub."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait_s):
                while (lock := self.try_lock()) is None:
                    note = self.read_note()
                    if note and note.role == "run" and note.is_alive:
                        raise FolderInUse(in_use_by(self.path, note))
                    await asyncio.sleep(POLL_S)
                return lock
        raise FolderInUse(in_use_by(self.path, self.read_note()))

    async def lock_or_join(self, stack: contextlib.ExitStack, wait_s: float) -> int | Note:
        """Take the folder if it is free; else use the servers of its holder for as long as the stack is open."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait_s):
                # Again and again: a holder may be on its way up, or on its way out.
                while (lock := self.try_lock()) is None:
                    if note := self._try_join(stack):
                        return note
                    await asyncio.sleep(POLL_S)
                return lock
        raise FolderInUse(
            f"Something holds {self.path}/lock and does not say where its servers are. "
            f"End what a killed Parley left behind (`fuser {self.path}/lock` names it), then try again."
        )

    @contextlib.contextmanager
    def users(self) -> Iterator[int]:
        """For whoever uses the servers (a shared lock on it) or is about to stop them (an exclusive one)."""
        with usable(self.path):
            users = os.open(self.path / "users", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            yield users
        finally:
            os.close(users)

    async def until_unused(self, users: int, wait_s: float) -> None:
        """Return when nobody uses the servers any more, or after the wait. From then on nobody joins."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait_s):
                while not _locks(users, fcntl.LOCK_EX):
                    await asyncio.sleep(POLL_S)

    def below(self, name: str) -> Path:
        """A folder in it, made where it is missing."""
        with usable(self.path):
            (self.path / name).mkdir(exist_ok=True, mode=0o700)
        return self.path / name

    def read_note(self) -> Note | None:
        """The holder's note, if there is a readable one."""
        return note_in(self.path)

    def write_note(self, note: Note) -> None:
        """Tell the others; it holds passwords, so only we may read it."""
        self.write_secret(NOTE_FILE, msgspec.json.encode(note))

    def remove_note(self) -> None:
        """Nobody holds the folder any more."""
        (self.path / NOTE_FILE).unlink(missing_ok=True)

    def write_secret(self, name: str, content: bytes) -> None:
        """Write whole or not at all, readable by us alone."""
        draft = self.path / f".{name}.{os.getpid()}"
        with usable(self.path), open(draft, "wb", opener=_private) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            draft.rename(self.path / name)

    def read_secret(self, name: str) -> str:
        """What was written, or nothing."""
        with usable(self.path), contextlib.suppress(FileNotFoundError):
            return (self.path / name).read_text().strip()
        return ""

    def _try_join(self, stack: contextlib.ExitStack) -> Note | None:
        with contextlib.ExitStack() as joining:
            users = joining.enter_context(self.users())
            note = self.read_note() if _locks(users, fcntl.LOCK_SH) else None
            if note and note.is_alive:
                stack.push(joining.pop_all())
                return note
        return None


def note_in(path: Path) -> Note | None:
    """The note of whoever holds this folder, or has held it until it was killed."""
    try:
        return msgspec.json.decode((path / NOTE_FILE).read_bytes(), type=Note)
    except (OSError, msgspec.DecodeError):
        return None


def in_use_by(path: Path, note: Note | None) -> str:
    """Who is there, and what to do."""
    where = f" at {note.web_url}" if note and note.web_url else ""
    who = f" (process {note.pid}{where})" if note else ""
    return f"Another Parley{who} works in {path}. Stop it first, or give this one a folder: PARLEY_DATA=…"


def _locks(file: int, kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@contextlib.contextmanager
def usable(path: Path) -> Iterator[None]:
    """Say in words what is wrong with the folder."""
    try:
        yield
    except OSError as error:
        raise BadFolder(
            f"The data folder {path} cannot be used: {error.strerror}. Give it to the user that runs Parley, "
            "free some space, or name another folder: PARLEY_DATA=…"
        ) from error
