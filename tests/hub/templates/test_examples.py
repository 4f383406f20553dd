"""Templates with a file above their words: whoever approves them gets an example of it."""

from typing import Any

import pytest

from hub.files.forgetting import KINDS as FORGETTING
from tests.hub.files.samples import PNG
from tests.hub.templates.stage import Stage
from tests.people import code_of

FLAT: dict[str, Any] = {"body": "This flat.", "blanks": [], "header_kind": "image"}


async def asked(stage: Stage, **more: Any) -> tuple[int, str]:
    """What is answered to such a draft."""
    return code_of(await stage.owner.asks("POST", "/templates", stage.wanted(**{**FLAT, **more})))


async def fetched(stage: Stage, url: str) -> tuple[int, bytes]:
    """What is at an address of ours."""
    answer = await stage.hub.client.get(url[url.index("/files/") :])
    return answer.status_code, answer.content


async def test_the_provider_can_fetch_it_until_somebody_has_looked_at_it(stage: Stage) -> None:
    made = await stage.makes(**FLAT, header_file_id=await stage.keep("flat.png"))

    await stage.clock.advance(days=29)
    await stage.work(FORGETTING)
    status, content = await fetched(stage, made["header_media"])

    assert made["header_media"].endswith("~.png")
    assert (status, content[:4]) == (200, PNG[:4])


async def test_the_file_itself_is_still_free_for_a_message(stage: Stage) -> None:
    file = await stage.keep("flat.png")
    await stage.makes(**FLAT, header_file_id=file)

    said = await stage.says("Look", files=(file,))

    assert said.entry.files == [file]


async def test_another_file_takes_its_place(stage: Stage) -> None:
    made = await stage.makes(**FLAT, header_file_id=await stage.keep("flat.png"))

    path, file = f"/templates/{made['id']}", await stage.keep("garden.png")
    changed = await stage.owner.does("PATCH", path, {"header_file_id": file})

    assert changed["header_media"] not in ("", made["header_media"])


async def test_a_file_of_another_kind_cannot_stand_there(stage: Stage) -> None:
    file = await stage.keep("flat.png")

    answers = [await asked(stage, header_kind=kind, header_file_id=file) for kind in ("video", "document", "")]

    assert answers == [(400, "bad_template")] * 3


async def test_what_a_message_has_is_no_example(stage: Stage) -> None:
    file = await stage.keep("flat.png")
    await stage.says("Look", files=(file,))

    assert await asked(stage, header_file_id=file) == (409, "file_in_use")


async def test_a_file_that_is_not_there_is_said_to_be_missing(stage: Stage) -> None:
    assert await asked(stage, header_file_id="nothing") == (404, "no_such_file")


@pytest.mark.parametrize("cut", ["", "~", "~.exe"])
async def test_the_ending_of_a_link_gives_nothing(stage: Stage, cut: str) -> None:
    made = await stage.makes(**FLAT, header_file_id=await stage.keep("flat.png"))
    link = made["header_media"].partition("~")[0]

    right, wrong = await fetched(stage, f"{link}{cut}"), await fetched(stage, f"{link[:-1]}{cut}")

    assert (right[0], wrong[0]) == (200, 404)
