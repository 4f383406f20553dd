"""The logo of an account: a picture of its own in each mail, and in how one would look."""

import pytest
from PIL import Image

from channels.base import Access, Letterhead
from hub.letterheads.dressing import letterhead_for
from hub.letterheads.logos import MOST_BYTES
from hub.threads.log import opened
from tests.hub.files.samples import JPEG, PDF, PNG, SVG, encoded
from tests.hub.sending.scene import Scene
from tests.people import code_of

WIDE = encoded(Image.new("RGB", (960, 128), "teal"), "PNG")
LARGE = encoded(Image.effect_noise((800, 400), 100), "PNG")
WEBP = encoded(Image.new("RGB", (8, 6)), "WEBP")


async def uploaded(mailing: Scene, content: bytes) -> str:
    """The id of a file that the owner has brought."""
    answer = await mailing.hub.client.post("/api/v1/files?name=logo", content=content, headers=mailing.owner.headers)
    return str(answer.json()["id"])


async def wants(mailing: Scene, content: bytes) -> object:
    """As the owner sets it."""
    return await mailing.owner.does("PUT", "/letterhead/logo", {"file_id": await uploaded(mailing, content)})


async def dressed(mailing: Scene) -> Letterhead:
    """What goes around a mail."""
    said = await mailing.says("At nine.")
    content = await opened(mailing.deps, said.entry)
    return await letterhead_for(mailing.deps, said.entry, mailing.line, Access(line="line", address=""), content)


@pytest.mark.parametrize(
    ("content", "type", "name"),
    [(PNG, "image/png", "logo.png"), (JPEG, "image/jpeg", "logo.jpg")],
    ids=["png", "jpeg"],
)
async def test_it_goes_along_with_each_mail_whatever_becomes_of_the_file(
    mailing: Scene, content: bytes, type: str, name: str
) -> None:
    await wants(mailing, content)
    await mailing.pass_time(hours=25)

    mail = await dressed(mailing)

    [picture] = mail.pictures
    assert (picture.type, picture.name) == (type, name)
    assert f'<img src="cid:{picture.id}" width="8" height="6" alt="acme"' in mail.html


async def test_it_is_seen_no_larger_than_there_is_room_for(mailing: Scene) -> None:
    await wants(mailing, WIDE)

    shown = await mailing.owner.does("GET", "/letterhead/logo")

    assert (shown["width"], shown["height"]) == (240, 32)


async def test_how_a_mail_would_look_shows_it_without_loading_anything(mailing: Scene) -> None:
    await wants(mailing, PNG)

    seen = await mailing.owner.does("POST", "/letterhead/preview", {"text": "At nine."})

    assert 'src="data:image/png;base64,' in seen["html"]


@pytest.mark.parametrize("content", [PDF, SVG, WEBP, LARGE], ids=["pdf", "svg", "webp", "large"])
async def test_what_mail_programs_do_not_show_is_none(mailing: Scene, content: bytes) -> None:
    file = await uploaded(mailing, content)

    answer = await mailing.owner.asks("PUT", "/letterhead/logo", {"file_id": file})

    assert len(LARGE) > MOST_BYTES
    assert code_of(answer) == (422, "not_a_logo")


async def test_a_picture_out_of_a_conversation_is_not_taken(mailing: Scene) -> None:
    file = await uploaded(mailing, PNG)
    await mailing.says("Look", files=(file,))

    answer = await mailing.owner.asks("PUT", "/letterhead/logo", {"file_id": file})

    assert code_of(answer) == (404, "no_such_file")


async def test_without_it_and_in_plain_text_nothing_goes_along(mailing: Scene) -> None:
    await wants(mailing, PNG)
    await mailing.owner.does("PUT", "/letterhead", {"is_html": False})
    plain = await dressed(mailing)

    await mailing.owner.does("PUT", "/letterhead", {})
    await mailing.owner.does("DELETE", "/letterhead/logo")
    removed = await dressed(mailing)

    assert (plain.pictures, removed.pictures) == ((), ())
    assert "<img" not in removed.html
