"""A picture that is drawn anew looks as before, and nothing else of it is left."""

import io
import statistics

import pytest
from PIL import Image, ImageOps

from hub.files.redrawing import TURNS, redraw
from hub.files.redrawn import Redrawn, packed, unpacked
from tests.hub.files import shots
from tests.hub.files.samples import encoded
from tests.hub.files.shots import GREEN, HIDDEN, RED, TWO_FACED, scene

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")


def drawn(format: str, content: bytes) -> Redrawn:
    """As it is kept."""
    return unpacked(redraw(format, content))


def seen(content: bytes) -> Image.Image:
    """As it is shown."""
    return Image.open(io.BytesIO(content))


def format_of(content: bytes) -> str:
    return seen(content).format or ""


@pytest.mark.parametrize("format", FORMATS)
def test_it_keeps_its_format(format: str) -> None:
    picture = drawn(format, encoded(scene(), format))

    assert format_of(picture.content) == format
    assert (picture.width, picture.height) == seen(picture.content).size == (64, 48)


@pytest.mark.parametrize("turn", [1, *TURNS])
@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP"])
def test_it_is_turned_as_its_camera_says(format: str, turn: int) -> None:
    taken = encoded(scene(), format, exif=shots.exif(turn))

    picture = drawn(format, taken)

    meant = ImageOps.exif_transpose(seen(taken)).convert("RGB")
    assert difference(seen(picture.content).convert("RGB"), meant) < 4
    assert (picture.width, picture.height) == ((48, 64) if turn > 4 else (64, 48))


def difference(one: Image.Image, other: Image.Image) -> float:
    """How far the two are apart, of 255."""
    return statistics.mean(abs(a - b) for a, b in zip(one.tobytes(), other.tobytes(), strict=True))


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP"])
def test_where_it_was_taken_is_not_in_it(format: str) -> None:
    picture = drawn(format, encoded(scene(), format, exif=shots.exif(6)))

    assert [*seen(picture.content).getexif()] == [*seen(picture.preview).getexif()] == []
    assert b"Exif" not in picture.content


@pytest.mark.parametrize("content", TWO_FACED.values(), ids=[*TWO_FACED])
def test_what_is_hidden_in_it_is_not_kept(content: bytes) -> None:
    assert HIDDEN in content

    picture = drawn(format_of(content), content)

    assert HIDDEN not in picture.content + picture.preview
    assert b"hidden.txt" not in picture.content


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize("format", ["PNG", "JPEG"])
@pytest.mark.parametrize("said", [b"MM\0*" + b"\xff" * 40, b"neither MM nor II", b"MM\0*\0"])
def test_a_camera_that_talks_nonsense_turns_nothing(format: str, said: bytes) -> None:
    picture = drawn(format, encoded(scene(), format, exif=b"Exif\0\0" + said))

    assert (picture.width, picture.height) == (64, 48)


def test_a_picture_for_printing_becomes_one_for_screens() -> None:
    picture = drawn("JPEG", encoded(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "JPEG"))

    assert seen(picture.content).mode == "RGB"
    assert difference(seen(picture.content), Image.new("RGB", (8, 8), RED)) < 4


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_colours_are_those_that_its_profile_means(mode: str) -> None:
    content = encoded(Image.new(mode, (8, 8), RED), "PNG", icc_profile=shots.profile())

    picture = seen(drawn("PNG", content).content)

    assert "icc_profile" not in picture.info
    assert difference(picture.convert("RGB"), Image.new("RGB", (8, 8), GREEN)) < 4


@pytest.mark.parametrize("clear", [{"transparency": 0}, {"transparency": bytes([0, 128, 255])}])
def test_what_is_clear_in_a_palette_stays_clear(clear: dict[str, object]) -> None:
    image = Image.new("P", (9, 3))
    image.putpalette((*RED, *GREEN, *RED))
    image.putdata([0, 1, 2] * 9)

    picture = drawn("PNG", content := encoded(image, "PNG", **clear))

    assert seen(picture.content).convert("RGBA").tobytes() == seen(content).convert("RGBA").tobytes()
    assert seen(picture.preview).mode == "RGBA"


def test_one_colour_that_is_clear_stays_clear() -> None:
    content = encoded(scene(), "PNG", transparency=RED, icc_profile=shots.profile())

    picture = drawn("PNG", content)

    clear = [seen(one).convert("RGBA").getchannel("A").tobytes() for one in (picture.content, content)]
    assert clear[0] == clear[1]
    assert set(clear[0]) == {0, 255}


def test_a_grey_picture_of_sixteen_bits_has_a_preview_that_is_as_bright() -> None:
    picture = drawn("PNG", encoded(Image.new("I;16", (8, 8), 0x8080), "PNG"))

    assert difference(seen(picture.preview).convert("L"), Image.new("L", (8, 8), 0x80)) < 4


@pytest.mark.parametrize(("format", "how"), [("GIF", {"disposal": 2}), ("WEBP", {"lossless": True}), ("PNG", {})])
def test_what_moves_goes_on_moving(format: str, how: dict[str, object]) -> None:
    content = shots.dancing(format, **how)

    picture = drawn(format, content)

    assert shots.pauses_of(picture.content) == [100, 200, 300]
    assert seen(picture.content).info["loop"] == 0
    for after, before in zip(shots.frames_of(picture.content), shots.frames_of(content), strict=True):
        assert sum(abs(a - b) > 60 for a, b in zip(after, before, strict=True)) < len(before) / 20


@pytest.mark.parametrize(
    ("size", "small"),
    [((960, 480), (480, 240)), ((300, 1200), (120, 480)), ((40, 30), (40, 30)), ((5000, 1), (480, 1))],
)
def test_a_preview_is_small_and_of_the_same_shape(size: tuple[int, int], small: tuple[int, int]) -> None:
    picture = drawn("PNG", encoded(scene(size), "PNG"))

    assert (format_of(picture.preview), seen(picture.preview).size) == ("WEBP", small)


def test_drawing_it_again_changes_nothing() -> None:
    once = drawn("PNG", encoded(scene(), "PNG", exif=shots.exif(6)))

    assert drawn("PNG", once.content) == once


@pytest.mark.parametrize("answer", [b"", b"short", packed(Redrawn(1, 1, b"picture", b"preview"))[:-1]])
def test_what_is_no_answer_of_who_draws_is_no_picture(answer: bytes) -> None:
    with pytest.raises(ValueError, match="not a picture"):
        unpacked(answer)
