"""Pictures as cameras, programs and people of ill will make them."""

import io
import struct
import zlib
from collections.abc import Sequence
from typing import Any

from PIL import Image, ImageCms, ImageDraw

from hub.files.redrawing import ORIENTATION
from tests.hub.files.samples import archive, encoded

GPS, GPS_LATITUDE_REF, GPS_LATITUDE = 0x8825, 1, 2
# What a sender has put where nobody sees it.
HIDDEN = b"<script>alert('hidden')</script>"
WHITE, RED, GREEN = (255, 255, 255), (255, 0, 0), (0, 255, 0)


def scene(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    """Whichever way it is turned, one sees which."""
    image = Image.new("RGB", size, WHITE)
    draw = ImageDraw.Draw(image)
    width, height = size
    draw.rectangle((0, 0, width // 2, height // 4), fill=RED)
    draw.rectangle((0, height // 2, width // 8, height), fill=(0, 0, 255))
    return image.convert(mode)


def exif(turn: int = 1) -> bytes:
    """What a telephone writes: which way it was held, and where."""
    said = Image.Exif()
    said[ORIENTATION] = turn
    said.get_ifd(GPS).update({GPS_LATITUDE_REF: "N", GPS_LATITUDE: (52.0, 31.0, 12.0)})
    return said.tobytes()


def profile() -> bytes:
    """One by which red is green."""
    usual = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return usual.replace(b"rXYZ", b"swap").replace(b"gXYZ", b"rXYZ").replace(b"swap", b"gXYZ")


def dancing(format: str, **how: Any) -> bytes:
    """A red spot that moves over a ground that is clear."""
    frames = [Image.new("RGBA", (32, 16), (0, 0, 0, 0)) for _ in range(3)]
    for place, frame in enumerate(frames):
        frame.paste((*RED, 255), (10 * place, 4, 10 * place + 8, 12))
    first, *others = frames
    how |= {"save_all": True, "append_images": others, "duration": [100, 200, 300], "loop": 0}
    return encoded(first, format, **how)


def frames_of(content: bytes) -> list[bytes]:
    """What one sees, one after the other."""
    with Image.open(io.BytesIO(content)) as image:
        return [frame_at(image, place) for place in range(getattr(image, "n_frames", 1))]


def frame_at(image: Image.Image, place: int) -> bytes:
    """Over white, as a browser may show it."""
    image.seek(place)
    shown = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", shown.size, (*WHITE, 255)), shown).tobytes()


def pauses_of(content: bytes) -> list[int]:
    """After each frame, in milliseconds."""
    pauses = []
    with Image.open(io.BytesIO(content)) as image:
        for place in range(getattr(image, "n_frames", 1)):
            image.seek(place)
            image.load()
            pauses.append(image.info["duration"])
    return pauses


def png_of(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG of this size, by its own word: of its pixels there are none, unless a chunk has them."""
    head = (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    parts: Sequence[tuple[bytes, bytes]] = (head, *chunks, (b"IEND", b""))
    made = (struct.pack(">I", len(data)) + kind + data + crc(kind + data) for kind, data in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def crc(data: bytes) -> bytes:
    return struct.pack(">I", zlib.crc32(data))


def endless() -> bytes:
    """A million frames, each of one pixel."""
    one = encoded(Image.new("P", (1, 1)), "GIF")
    begins = one.index(b",", 13)
    return one[:begins] + one[begins:-1] * 1_000_000 + b";"


def large_in_a_row() -> bytes:
    """Each of them could be drawn."""
    first, second = (Image.new("L", (5_000, 5_001), light) for light in (0, 255))
    return encoded(first, "GIF", save_all=True, append_images=[second])


BOMBS = {
    "as large as a town": png_of(30_000, 30_000, (b"IDAT", zlib.compress(bytes(50_000_000)))),
    "somewhat too large": encoded(Image.new("1", (10_000, 5_001)), "PNG"),
    "a canvas for one dot": encoded(Image.new("P", (1, 1)), "GIF").replace(b"\1\0\1\0", b"\xff\xff\xff\xff"),
    "a long profile": png_of(8, 8, (b"iCCP", b"k\0\0" + zlib.compress(bytes(100_000_000)))),
    "endless": endless(),
    "large ones in a row": large_in_a_row(),
}
TWO_FACED = {
    "a picture and an archive": encoded(scene(), "JPEG") + archive("hidden.txt") + HIDDEN,
    "a picture and a page": encoded(scene(mode="P"), "GIF", comment=HIDDEN) + HIDDEN,
    "a remark": encoded(scene(), "JPEG", comment=HIDDEN),
    "a text": png_of(8, 8, (b"tEXt", b"Title\0" + HIDDEN), (b"IDAT", zlib.compress(bytes(25 * 8)))),
    "metadata": encoded(scene(), "WEBP", xmp=HIDDEN),
    "a profile": encoded(scene(), "JPEG", icc_profile=HIDDEN),
}
