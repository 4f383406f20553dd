"""Files that nobody uses go, with all that was kept of them; those that a message has stay."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from hub.accounts.closing import KINDS as ACCOUNTS_KINDS
from hub.files import actions
from hub.files.errors import NoSuchFile
from hub.files.folder import FolderStore
from hub.files.forgetting import KINDS
from hub.files.models import FILES, File, FileState
from hub.files.store import store_of
from hub.settings import Settings
from hub.store.mongo import Document
from hub.work.desk import Desk
from hub.work.kinds import Lease
from tests.clock import VirtualClock
from tests.hub.files.samples import PNG
from tests.hub.files.uploads import conversation, note, uploaded
from tests.hubs import Hub, running_hub
from tests.people import found

ACCOUNT = "acme"
(KIND,), (CLOSING,) = KINDS, ACCOUNTS_KINDS


@pytest.fixture
async def hub(settings: Settings, clock: VirtualClock, tmp_path: Path) -> AsyncIterator[Hub]:
    """With a folder of its own, and time that the test moves."""
    async with running_hub(replace(settings, files=f"file://{tmp_path}/files"), clock=clock) as hub:
        yield hub


async def kept(hub: Hub) -> File:
    """One that nobody has used yet."""
    return await actions.keep(hub.deps, ACCOUNT, "a.png", PNG, by="member:me")


async def sweep(hub: Hub) -> None:
    """A worker looks for what is due."""
    desk = Desk(hub.deps, KIND)
    await desk.sweep()
    await desk.close(timeout_s=5)


async def is_there(hub: Hub, file: File) -> tuple[bool, bool]:
    """Whether the database and the store know of it, and of its preview."""
    is_known = await hub.deps.mongo[FILES].count({"_id": file.id}, limit=1) == 1
    store = store_of(hub.deps)
    return is_known, await store.has(file.kept_as) or await store.has(file.preview_kept_as)


async def test_what_no_message_has_taken_within_a_day_is_forgotten(hub: Hub, clock: VirtualClock) -> None:
    file = await kept(hub)

    await clock.advance(hours=23)
    await sweep(hub)
    early = await is_there(hub, file)
    await clock.advance(hours=1)
    await sweep(hub)

    assert (early, await is_there(hub, file)) == ((True, True), (False, False))


async def test_what_a_message_has_stays(hub: Hub, clock: VirtualClock) -> None:
    file = await kept(hub)
    await note(hub.deps, await conversation(hub.deps, ACCOUNT), file.id)

    await clock.advance(days=30)
    await sweep(hub)

    assert await is_there(hub, file) == (True, True)


async def test_what_is_going_can_be_taken_by_no_message(hub: Hub) -> None:
    file = await kept(hub)
    await hub.deps.mongo[FILES].update({"_id": file.id}, {"$set": {"state": FileState.GOING}})

    with pytest.raises(NoSuchFile):
        await actions.attach(hub.deps, ACCOUNT, [file.id], "t1", "e1")


async def test_a_message_that_takes_a_claimed_file_wins(hub: Hub, clock: VirtualClock) -> None:
    file = await kept(hub)
    document = await hub.deps.mongo[FILES].find_one({"_id": file.id}) or {}
    await clock.advance(hours=24)
    lease = lease_on(document)

    await actions.attach(hub.deps, ACCOUNT, [file.id], "t1", "e1")
    await KIND.handler(hub.deps, document, lease)

    assert await is_there(hub, file) == (True, True)


def lease_on(document: Document) -> Lease:
    """A claim that somebody holds."""
    return Lease(
        kind=KIND, id=str(document["_id"]), account=ACCOUNT, token="t", moments=[document["due_at"]], attempt=1
    )


async def test_what_was_written_down_and_never_kept_is_forgotten(hub: Hub, clock: VirtualClock) -> None:
    await actions.begin(hub.deps, ACCOUNT, "a.png", id="f1", type="image/png", size=1, by="")

    await clock.advance(hours=24)
    await sweep(hub)

    assert await hub.deps.mongo[FILES].count({}, limit=1) == 0


async def test_while_the_store_is_away_a_file_waits(hub: Hub, clock: VirtualClock, tmp_path: Path) -> None:
    file = await kept(hub)
    path = FolderStore(tmp_path / "files")._path(file.kept_as)
    hide(path)
    await clock.advance(hours=24)
    await sweep(hub)
    away = await hub.deps.mongo[FILES].count({"_id": file.id}, limit=1)

    unhide(path)
    await clock.advance(hours=1)
    await sweep(hub)

    assert (away, await is_there(hub, file)) == (1, (False, False))


def hide(path: Path) -> None:
    """A folder stands where the file was: it cannot be removed as one."""
    path.rename(path.with_suffix(".hidden"))
    path.mkdir()


def unhide(path: Path) -> None:
    """The file is there again."""
    path.rmdir()
    path.with_suffix(".hidden").rename(path)


async def test_a_draft_that_a_killed_writer_left_goes_too(hub: Hub, clock: VirtualClock, tmp_path: Path) -> None:
    file = await kept(hub)
    path = FolderStore(tmp_path / "files")._path(file.kept_as)
    path.with_name(f".{file.kept_as}.0123abcd").touch()

    await clock.advance(hours=24)
    await sweep(hub)

    assert [*path.parent.iterdir()] == []


async def test_of_a_closed_account_the_store_has_nothing(hub: Hub, clock: VirtualClock) -> None:
    owner, other = await found(hub, "acme"), await kept(hub)
    file = await actions.get_file(hub.deps, owner.account, (await uploaded(owner, "a.png", PNG))["id"])
    await note(hub.deps, await conversation(hub.deps, owner.account), file.id)

    await owner.does("POST", "/account/close", {"name": "acme"})
    await clock.advance(hours=1)
    desk = Desk(hub.deps, CLOSING)
    await desk.offer(owner.account)
    await desk.close(timeout_s=5)

    assert await is_there(hub, file) == (False, False)
    assert await is_there(hub, other) == (True, True)
