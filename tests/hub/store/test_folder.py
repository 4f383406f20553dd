"""The data folder: who has it, who may use it, and what is wrong with it in plain words."""

import asyncio
import os
import stat
from contextlib import ExitStack
from pathlib import Path

import pytest

from hub.store.folder import BadFolder, DataFolder, FolderInUse, Note

NOBODY = 2**22 + 1  # no process of Linux has so high a number


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


def hold(folder: DataFolder, stack: ExitStack) -> int:
    """Take it until the stack closes."""
    lock = folder.try_lock()
    assert lock is not None
    stack.callback(os.close, lock)
    return lock


def note_of(pid: int) -> Note:
    return Note(pid, "command", "mongodb://there/", "redis://there/")


# What it is


def test_folder_is_made_for_its_user_alone(folder: DataFolder) -> None:
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700


def test_folder_that_is_there_is_taken_as_it_is(folder: DataFolder) -> None:
    (folder.path / "mine").write_text("kept")

    DataFolder(folder.path)

    assert [entry.name for entry in folder.path.iterdir()] == ["mine"]


@pytest.mark.parametrize("below", ["a-file/data", "a-file"])
def test_path_where_no_folder_can_be_is_told_plainly(tmp_path: Path, below: str) -> None:
    (tmp_path / "a-file").touch()

    with pytest.raises(BadFolder) as bad:
        DataFolder(tmp_path / below)

    assert str(tmp_path / below) in bad.value.message
    assert "PARLEY_DATA=" in bad.value.message


def test_folder_that_takes_no_files_is_told_plainly() -> None:
    with pytest.raises(BadFolder, match=r"The data folder /proc/self cannot be used: .+\. Give it to the user"):
        DataFolder(Path("/proc/self"))


def test_secret_is_read_as_written_and_by_us_alone(folder: DataFolder) -> None:
    folder.write_secret("master.key", b"s3cret\n")

    assert folder.read_secret("master.key") == "s3cret"
    assert stat.S_IMODE((folder.path / "master.key").stat().st_mode) == 0o600


def test_secret_is_replaced_whole_and_leaves_no_draft(folder: DataFolder) -> None:
    folder.write_secret("master.key", b"a long one at first")

    folder.write_secret("master.key", b"short")

    assert folder.read_secret("master.key") == "short"
    assert [entry.name for entry in folder.path.iterdir()] == ["master.key"]


def test_secret_that_was_never_written_is_empty(folder: DataFolder) -> None:
    assert folder.read_secret("master.key") == ""


# Who has it


def test_folder_is_taken_once(folder: DataFolder) -> None:
    with ExitStack() as stack:
        hold(folder, stack)

        assert folder.try_lock() is None

    hold(folder, stack)
    stack.close()


async def test_taken_folder_is_had_once_it_is_let_go(folder: DataFolder) -> None:
    with ExitStack() as stack:
        hold(folder, stack)
        waiting = asyncio.create_task(folder.lock(wait_s=5))
        await asyncio.sleep(0.1)
        assert not waiting.done()

    os.close(await waiting)


async def test_folder_of_a_hub_is_refused_at_once_and_says_who_has_it(folder: DataFolder) -> None:
    folder.write_note(Note(os.getpid(), "run", web_url="http://127.0.0.1:8000"))
    with ExitStack() as stack, pytest.raises(FolderInUse) as refused:
        hold(folder, stack)
        async with asyncio.timeout(20):
            await folder.lock(wait_s=60)

    assert f"(process {os.getpid()} at http://127.0.0.1:8000)" in refused.value.message
    assert "PARLEY_DATA=" in refused.value.message


@pytest.mark.parametrize("note", [Note(os.getpid(), "command"), Note(NOBODY, "run"), None])
async def test_folder_of_a_command_or_of_the_dead_is_waited_for(folder: DataFolder, note: Note | None) -> None:
    folder.write_secret("servers.json", b"")
    if note:
        folder.write_note(note)
    with ExitStack() as stack, pytest.raises(FolderInUse):
        hold(folder, stack)
        loop = asyncio.get_running_loop()
        began_s = loop.time()
        await folder.lock(wait_s=0.2)

    assert loop.time() - began_s >= 0.2


# Who uses it


def test_note_is_read_as_written_and_by_us_alone(folder: DataFolder) -> None:
    folder.write_note(note_of(7))

    assert folder.read_note() == note_of(7)
    assert stat.S_IMODE((folder.path / "servers.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"{", b'{"pid": "x"}'])
def test_damaged_note_is_none(folder: DataFolder, content: bytes) -> None:
    folder.write_secret("servers.json", content)

    assert folder.read_note() is None


def test_note_knows_whether_its_writer_lives() -> None:
    assert note_of(os.getpid()).is_alive
    assert note_of(1).is_alive
    assert not note_of(NOBODY).is_alive


async def test_free_folder_is_taken_rather_than_joined(folder: DataFolder) -> None:
    folder.write_note(note_of(os.getpid()))

    with ExitStack() as stack:
        lock = await folder.lock_or_join(stack, wait_s=1)

    assert isinstance(lock, int)
    os.close(lock)


async def test_taken_folder_is_joined_once_its_holder_says_where(folder: DataFolder) -> None:
    with ExitStack() as stack:
        hold(folder, stack)
        joining = asyncio.create_task(folder.lock_or_join(stack, wait_s=5))
        await asyncio.sleep(0.1)
        assert not joining.done()

        folder.write_note(note_of(os.getpid()))

        assert await joining == note_of(os.getpid())


async def test_who_meets_the_dead_takes_over_once_their_servers_are_gone(folder: DataFolder) -> None:
    folder.write_note(note_of(NOBODY))
    with ExitStack() as servers, ExitStack() as stack:
        hold(folder, servers)
        joining = asyncio.create_task(folder.lock_or_join(stack, wait_s=5))
        await asyncio.sleep(0.1)

        servers.close()

        lock = await joining
    assert isinstance(lock, int)
    os.close(lock)


async def test_folder_held_by_nobody_who_speaks_is_told_plainly(folder: DataFolder) -> None:
    with ExitStack() as stack, pytest.raises(FolderInUse, match="fuser"):
        hold(folder, stack)
        await folder.lock_or_join(stack, wait_s=0.2)


async def test_holder_waits_for_those_who_joined(folder: DataFolder) -> None:
    folder.write_note(note_of(os.getpid()))
    with ExitStack() as stack, folder.users() as users, ExitStack() as joined:
        hold(folder, stack)
        await folder.lock_or_join(joined, wait_s=1)
        leaving = asyncio.create_task(folder.until_unused(users, wait_s=5))
        await asyncio.sleep(0.1)
        assert not leaving.done()

        joined.close()

        await leaving


async def test_holder_does_not_wait_forever(folder: DataFolder) -> None:
    folder.write_note(note_of(os.getpid()))
    with ExitStack() as stack, folder.users() as users:
        hold(folder, stack)
        await folder.lock_or_join(stack, wait_s=1)

        async with asyncio.timeout(20):
            await folder.until_unused(users, wait_s=0.2)


async def test_nobody_joins_a_holder_that_is_leaving(folder: DataFolder) -> None:
    folder.write_note(note_of(os.getpid()))
    with ExitStack() as stack, folder.users() as users:
        hold(folder, stack)
        await folder.until_unused(users, wait_s=1)

        with pytest.raises(FolderInUse):
            await folder.lock_or_join(stack, wait_s=0.2)
