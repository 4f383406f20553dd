"""Pictures as browsers get them: drawn by us, with a small one beside them; or not at all."""

import io
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest
from PIL import Image

from hub.files import actions
from hub.files.models import FILES
from hub.files.store import store_of
from hub.store.sealed import Unreadable
from tests.hub.files import shots
from tests.hub.files.samples import JPEG, MP4, PNG, SVG, encoded
from tests.hub.files.shots import BOMBS, HIDDEN, TWO_FACED, scene
from tests.hub.files.uploads import fetch, uploaded
from tests.hubs import Hub
from tests.people import Person, code_of, found

DOWNLOAD = ("application/octet-stream", None, None, None)


@pytest.fixture
async def asha(hub: Hub) -> Person:
    """Somebody who has pictures."""
    return await found(hub, "acme")


def shown(kept: Any) -> tuple[Any, ...]:
    """What screens know of it."""
    return kept["type"], kept["preview_url"], kept["width"], kept["height"]


async def test_a_photo_is_shown_upright_and_nobody_learns_where_it_was_taken(asha: Person) -> None:
    kept = await uploaded(asha, "balcony.jpg", encoded(scene((64, 48)), "JPEG", exif=shots.exif(6)))

    answer = await fetch(asha.hub, kept["url"])

    picture = Image.open(io.BytesIO(answer.content))
    assert (kept["width"], kept["height"]) == picture.size == (48, 64)
    assert (kept["size"], kept["name"]) == (len(answer.content), "balcony.jpg")
    assert [*picture.getexif()] == []


async def test_a_preview_stands_beside_a_picture(asha: Person) -> None:
    kept = await uploaded(asha, "a.png", encoded(scene((960, 720)), "PNG"))

    answer = await fetch(asha.hub, kept["preview_url"])

    assert (answer.headers["content-type"], Image.open(io.BytesIO(answer.content)).size) == ("image/webp", (480, 360))
    assert answer.headers["content-disposition"].startswith("inline")
    assert answer.headers["content-security-policy"].startswith("sandbox")
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_link_to_a_preview_leads_to_nothing_else(asha: Person) -> None:
    kept = await uploaded(asha, "a.png", PNG)
    path, _, mark = urlsplit(kept["preview_url"]).path.rpartition(".")

    answer = await fetch(asha.hub, f"{path.replace('.preview', '')}.{mark}")

    assert code_of(answer) == (404, "no_such_file")
    assert (await fetch(asha.hub, kept["url"])).content == PNG


@pytest.mark.parametrize("content", TWO_FACED.values(), ids=[*TWO_FACED])
async def test_nothing_that_is_hidden_in_a_picture_reaches_a_browser(asha: Person, content: bytes) -> None:
    kept = await uploaded(asha, "a.png", content)

    answers = [await fetch(asha.hub, kept[url]) for url in ("url", "preview_url")]

    assert all(answer.headers["content-type"].startswith("image/") for answer in answers)
    assert not any(HIDDEN in answer.content for answer in answers)


@pytest.mark.parametrize("content", BOMBS.values(), ids=[*BOMBS])
async def test_a_bomb_is_a_download(asha: Person, content: bytes) -> None:
    kept = await uploaded(asha, "a.png", content)

    assert shown(kept) == DOWNLOAD


@pytest.mark.parametrize("content", [JPEG[: len(JPEG) // 2], PNG[:40], b"GIF89a", SVG])
async def test_what_cannot_be_drawn_is_downloaded_as_it_came(asha: Person, content: bytes) -> None:
    kept = await uploaded(asha, "a.png", content)

    answer = await fetch(asha.hub, kept["url"])

    assert shown(kept) == DOWNLOAD
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.content == content


async def test_what_is_no_picture_is_kept_as_it_came(asha: Person) -> None:
    kept = await uploaded(asha, "a.mp4", MP4)

    assert shown(kept) == ("video/mp4", None, None, None)
    assert (await fetch(asha.hub, kept["url"])).content == MP4


async def test_a_picture_that_was_kept_before_there_were_previews_is_shown_without(asha: Person) -> None:
    id = (await uploaded(asha, "a.png", PNG))["id"]
    await asha.hub.deps.mongo[FILES].update({"_id": id}, {"$unset": {"picture": ""}})

    kept = await asha.does("GET", f"/files/{id}")

    assert shown(kept) == ("image/png", None, None, None)
    assert (await fetch(asha.hub, kept["url"])).headers["content-disposition"].startswith("inline")


async def test_an_upload_that_died_before_its_picture_was_drawn_is_finished_by_its_repeat(asha: Person) -> None:
    deps, content = asha.hub.deps, encoded(scene(), "JPEG", exif=shots.exif(6))
    await actions.begin(deps, asha.account, "a.jpg", id="f1", type="image/jpeg", size=len(content), by="")

    file = await actions.keep(deps, asha.account, "a.jpg", content, id="f1")
    again = await actions.keep(deps, asha.account, "a.jpg", content, id="f1")

    assert (file.picture and file.picture.width, file.size) == (48, len(await actions.read(deps, file)))
    assert again == file


async def test_a_preview_is_sealed_by_the_key_of_its_file_and_opens_in_its_place_only(asha: Person) -> None:
    deps = asha.hub.deps
    file = await actions.keep(deps, asha.account, "a.png", PNG)
    swapped = msgspec.structs.replace(file, kept_as=file.preview_kept_as)

    stored = await store_of(deps).get(file.preview_kept_as)

    assert b"WEBP" in await actions.read_preview(deps, file)
    assert b"WEBP" not in stored
    with pytest.raises(Unreadable):
        await actions.read(deps, swapped)
