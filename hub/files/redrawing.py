"""Draws one picture anew, as a program that is run apart: whatever a stranger's bytes do to the libraries that decode
them, they do it where there is no key, no connection, and only so much memory and time.

    python -m hub.files.redrawing FORMAT < picture > answer

Whatever is raised in here ends it: then there is no picture.
"""

import contextlib
import io
import signal
import struct
import sys
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any

from PIL import Image, ImageCms

from hub.apart.serving import serve
from hub.files.redrawn import Redrawn, packed

# Of all frames together: each pixel is four bytes, and there are three copies at most.
MOST_PIXELS, MOST_FRAMES = 50_000_000, 1000
# The largest take half of it.
MOST_CPU_S = 10
PREVIEW_PIXELS = 480
# How much worse a picture becomes that nobody would see, and no smaller than it needs much time for.
ENCODED: Mapping[str, Mapping[str, Any]] = {
    "JPEG": {"quality": 88},
    "PNG": {"compress_level": 3},
    "GIF": {},
    "WEBP": {"quality": 85, "method": 2},
}
# Of these a browser shows the first picture, whatever follows.
STILL = "JPEG"
# The kinds of pixels that the formats have; all others, those for printing among them, become red, green and blue.
KEPT_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "I;16"})
PROFILED_MODES = frozenset({"RGB", "RGBA", "CMYK"})
ORIENTATION = 0x0112
TURNS: Mapping[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
RESTORED = 2


@dataclass
class Film:
    """What there is to see: one frame, or several with a pause after each."""

    frames: list[Image.Image] = field(default_factory=list)
    pauses_ms: list[float] = field(default_factory=list)
    loop: int | None = None


def redraw(format: str, content: bytes) -> bytes:
    """One picture in; the same one and a preview out."""
    film = drawn(content, format)
    first = film.frames[0]
    return packed(Redrawn(*first.size, content=encoded(film, format), preview=preview_of(first)))


def drawn(content: bytes, format: str) -> Film:
    """All frames as plain pixels, the right way up."""
    film, left = Film(), MOST_PIXELS
    with Image.open(io.BytesIO(content), formats=[format]) as image:
        film.loop = image.info.get("loop")
        for place in count():
            try:
                image.seek(place)
            except EOFError:
                break
            left -= image.width * image.height
            if left < 0 or place == MOST_FRAMES:
                raise ValueError("There is more to draw than we draw.")
            film.frames.append(upright(image))
            film.pauses_ms.append(image.info.get("duration", 0))
            if format == STILL:
                break
    return film


def upright(image: Image.Image) -> Image.Image:
    """The frame that is being looked at, turned as its camera says."""
    image.load()
    turn = TURNS.get(orientation_of(image))
    frame = plain(image)
    return frame if turn is None else frame.transpose(turn)


def orientation_of(image: Image.Image) -> int:
    """What the camera says. What makes no sense turns nothing."""
    try:
        said = image.getexif().get(ORIENTATION, 1)
    except (SyntaxError, ValueError, struct.error):
        return 1
    return said if isinstance(said, int) else 1


def plain(image: Image.Image) -> Image.Image:
    """The pixels, in the colours that every screen takes them for, without anything else that came with them."""
    if image.mode == "RGB" and "transparency" in image.info:
        image = image.convert("RGBA")
    frame = in_srgb(image, image.info.get("icc_profile"))
    clear = image.info.get("transparency") if frame.mode == image.mode else None
    frame.info = {} if clear is None else {"transparency": clear}
    return frame


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Without the profile that says how its colours are meant: they are brought to what is meant without one."""
    if profile and image.mode in PROFILED_MODES:
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        # A profile that cannot be read is none.
        with contextlib.suppress(ImageCms.PyCMSError, OSError):
            meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if made := ImageCms.profileToProfile(image, meant, ImageCms.createProfile("sRGB"), outputMode=mode):
                return made
    return image.copy() if image.mode in KEPT_MODES else image.convert("RGB")


def encoded(film: Film, format: str) -> bytes:
    """As a file of the same format."""
    first, *others = film.frames
    how = dict(ENCODED[format])
    if others:
        how |= {"save_all": True, "append_images": others, "duration": film.pauses_ms}
        how |= {} if film.loop is None else {"loop": film.loop}
        # Each frame is whole: what one leaves clear must not show the one before.
        is_clear = format == "GIF" and any(frame.has_transparency_data for frame in film.frames)
        how |= {"disposal": RESTORED} if is_clear else {}
    made = io.BytesIO()
    first.save(made, format, **how)
    return made.getvalue()


def preview_of(frame: Image.Image) -> bytes:
    """Small enough for a list of messages. What is small already is no larger."""
    scale = min(PREVIEW_PIXELS / max(frame.size), 1)
    size = (max(round(frame.width * scale), 1), max(round(frame.height * scale), 1))
    mode = "RGBA" if frame.has_transparency_data else "RGB"
    small = eight_bits(frame, mode).resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    made = io.BytesIO()
    small.save(made, "WEBP", quality=80, method=2)
    return made.getvalue()


def eight_bits(frame: Image.Image, mode: str) -> Image.Image:
    """In that mode, without a copy where it is."""
    if frame.mode == "I;16":
        frame = frame.point(lambda value: value / 256).convert("L")
    return frame if frame.mode == mode else frame.convert(mode)


if __name__ == "__main__":
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    # When everything is told to stop, the picture is none the worse for it: whoever has asked for it ends us.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    serve(partial(redraw, sys.argv[1]), cpu_s=MOST_CPU_S)
