"""What the doctor says of the place where files are kept."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from hub.deps import Deps
from hub.doctor import servers
from hub.doctor.checks import guarded
from hub.doctor.models import Finding, State
from tests.hubs import Hub


async def examined(deps: Deps, **settings: Any) -> Finding:
    return await guarded(servers.files, replace(deps, settings=replace(deps.settings, **settings)))


def left_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_a_folder_that_takes_files_is_well_and_left_as_it_was(hub: Hub, tmp_path: Path) -> None:
    found = await examined(hub.deps, files=f"file://{tmp_path}")

    assert (found.name, found.state, found.detail) == ("files", State.OK, f"the folder {tmp_path} takes them")
    assert left_in(tmp_path) == []


async def test_a_folder_of_this_machine_is_worth_a_note_beside_a_database_of_ones_own(hub: Hub) -> None:
    found = await examined(hub.deps)

    assert found.state is State.NOTE
    assert "PARLEY_FILES" in found.mend


async def test_beside_the_embedded_database_it_is_well(hub: Hub) -> None:
    found = await examined(replace(hub.deps, servers=replace(hub.deps.servers, is_embedded=True)))

    assert found.state is State.OK


async def test_a_folder_that_cannot_be_used_fails(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "taken").touch()

    found = await examined(hub.deps, files=f"file://{tmp_path}/taken")

    assert (found.name, found.state) == ("files", State.FAIL)
    assert "Not a directory" in found.detail
