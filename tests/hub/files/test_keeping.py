"""Files are kept whole, sealed, once, and are what they are."""

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from hub.files import actions
from hub.files.errors import FileInUse, FileLost, FileStoreAway, NoSuchFile
from hub.files.models import FILES
from hub.files.store import store_of
from hub.keys.resealing import reseal_collection, rotate
from hub.store.sealed import Unreadable
from tests.hub.files.samples import EXE, HTML, PNG
from tests.hub.files.uploads import conversation, note, upload, uploaded
from tests.hubs import Hub
from tests.people import code_of, found


@pytest.fixture
def on_disk(hub: Hub) -> Path:
    """The folder of the test run."""
    return hub.deps.settings.data / "files"


async def test_a_file_is_what_it_was_and_is_told_by_its_content(hub: Hub) -> None:
    asha = await found(hub, "acme")

    kept = await uploaded(asha, "../page.html", PNG)

    file = await actions.get_file(hub.deps, asha.account, kept["id"])
    assert (kept["name"], kept["type"], kept["size"]) == ("page.html.png", "image/png", len(PNG))
    assert await actions.read(hub.deps, file) == PNG


async def test_what_is_declared_is_not_believed(hub: Hub) -> None:
    asha = await found(hub, "acme")

    kept = (await upload(asha, "photo.png", HTML, **{"content-type": "image/png"})).json()

    assert (kept["type"], kept["name"]) == ("application/octet-stream", "photo.png")


def seen_on_disk(folder: Path, name: str) -> tuple[bytes, int]:
    """What somebody reads there, and who may."""
    path = next(folder.rglob(name))
    return path.read_bytes(), path.stat().st_mode


async def test_neither_database_nor_store_can_be_read(hub: Hub, on_disk: Path) -> None:
    asha = await found(hub, "acme")

    kept = await uploaded(asha, "salary of Asha.txt", b"what nobody else may know")

    stored = await hub.deps.mongo[FILES].find_one({"_id": kept["id"]}) or {}
    content, mode = seen_on_disk(on_disk, stored["kept_as"])
    assert "salary" not in str(stored)
    assert b"nobody" not in content
    assert mode & 0o077 == 0


@pytest.mark.parametrize(("content", "reason"), [(b"", "empty"), (EXE, "program"), (b"#!/bin/sh\n", "program")])
async def test_some_files_are_refused_and_leave_nothing(hub: Hub, content: bytes, reason: str) -> None:
    asha = await found(hub, "acme")

    answer = await upload(asha, "a.png", content)

    assert code_of(answer) == (422, "file_refused")
    assert answer.json()["error"]["data"]["reason"] == reason
    assert await hub.deps.mongo[FILES].count({}, limit=1) == 0


async def test_a_file_that_is_too_large_is_refused(hub: Hub) -> None:
    asha = await found(hub, "acme")

    answer = await upload(asha, "a.bin", b"\0" * (actions.MOST_BYTES + 1))

    assert code_of(answer) == (413, "too_large")


async def test_a_repeated_upload_is_the_same_file(hub: Hub) -> None:
    asha = await found(hub, "acme")

    first, second = [await upload(asha, "a.png", PNG, **{"idempotency-key": "one"}) for _ in range(2)]

    assert first.json() == second.json()
    assert await hub.deps.mongo[FILES].count({}, limit=9) == 1


async def test_an_upload_that_was_cut_off_is_finished_by_its_repeat(hub: Hub) -> None:
    asha = await found(hub, "acme")
    # Written down, and died before the content was in the store.
    await actions.begin(hub.deps, asha.account, "a.png", id="f1", type="image/png", size=len(PNG), by="")

    with pytest.raises(NoSuchFile):
        await actions.get_file(hub.deps, asha.account, "f1")
    kept = await actions.keep(hub.deps, asha.account, "a.png", PNG, id="f1")

    assert await actions.read(hub.deps, kept) == PNG


async def test_a_file_opens_under_a_new_data_key(hub: Hub) -> None:
    asha = await found(hub, "acme")
    kept = await uploaded(asha, "a.png", PNG)

    version = await rotate(hub.deps, asha.account)
    moved = await reseal_collection(hub.deps, FILES, asha.account, version)
    await hub.deps.sealer.forget_before(asha.account, version)
    hub.deps.sealer._cached.clear()

    file = await actions.get_file(hub.deps, asha.account, kept["id"])
    assert moved == 2
    assert (await actions.read(hub.deps, file), await actions.name_of(hub.deps, file)) == (PNG, "a.png")


async def test_contents_that_were_exchanged_do_not_open(hub: Hub) -> None:
    asha = await found(hub, "acme")
    one, other = [
        await actions.get_file(hub.deps, asha.account, (await uploaded(asha, "a.txt", text))["id"])
        for text in (b"one", b"other")
    ]

    exchanged = msgspec.structs.replace(one, kept_as=other.kept_as)

    with pytest.raises(Unreadable):
        await actions.read(hub.deps, exchanged)


async def test_a_content_that_is_lost_is_told(hub: Hub) -> None:
    asha = await found(hub, "acme")
    file = await actions.get_file(hub.deps, asha.account, (await uploaded(asha, "a.txt", b"one"))["id"])
    await store_of(hub.deps).remove(file.kept_as)

    with pytest.raises(FileLost):
        await actions.read(hub.deps, file)


async def test_a_folder_that_cannot_be_used_is_told(hub: Hub, tmp_path: Path) -> None:
    asha = await found(hub, "acme")
    (tmp_path / "taken").touch()
    deps = replace(hub.deps, settings=replace(hub.deps.settings, files=f"file://{tmp_path}/taken"))

    with pytest.raises(FileStoreAway, match="Not a directory"):
        await actions.keep(deps, asha.account, "a.txt", b"one")


async def test_only_ones_own_files_can_be_used_and_only_in_one_conversation(hub: Hub) -> None:
    deps, asha = hub.deps, await found(hub, "acme")
    mine, theirs = [
        (await actions.keep(deps, asha.account, "a.txt", b"one", by=by)).id for by in ("member:me", "member:other")
    ]
    one, other = [await conversation(deps, asha.account) for _ in range(2)]

    usable = await actions.list_usable(deps, asha.account, [mine], by="member:me", thread=one.id)
    await note(deps, one, mine)

    assert [file.id for file in usable] == [mine]
    with pytest.raises(NoSuchFile):
        await actions.list_usable(deps, asha.account, [theirs], by="member:me", thread=one.id)
    with pytest.raises(FileInUse):
        await actions.list_usable(deps, asha.account, [mine], by="member:me", thread=other.id)
    assert await actions.list_usable(deps, asha.account, [mine], by="member:other", thread=one.id)


async def test_attaching_twice_changes_nothing_and_elsewhere_is_refused(hub: Hub) -> None:
    deps, asha = hub.deps, await found(hub, "acme")
    id = (await uploaded(asha, "a.txt", b"one"))["id"]

    for entry in ("e1", "e2"):
        await actions.attach(deps, asha.account, [id], "t1", entry)

    file = await actions.get_file(deps, asha.account, id)
    assert (file.thread, file.entry, file.due_at) == ("t1", "e1", None)
    with pytest.raises(FileInUse):
        await actions.attach(deps, asha.account, [id], "t2", "e3")
