"""Small files of every type, and of what is none."""

import io
import zipfile
from typing import Any

from PIL import Image


def encoded(image: Image.Image, format: str, **how: Any) -> bytes:
    """As a file."""
    made = io.BytesIO()
    image.save(made, format, **how)
    return made.getvalue()


# Written as we write it: drawn anew, it is the same.
PNG = encoded(Image.linear_gradient("L").resize((8, 6)), "PNG", compress_level=3)
JPEG = encoded(Image.new("RGB", (8, 6), "teal"), "JPEG")
MP4 = b"\0\0\0\x18ftypisom\0\0\2\0" + bytes(range(200))
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
OGG = b"OggS\0\2" + bytes(20)
HTML = b"<!DOCTYPE html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
EXE = b"MZ\x90\0\3\0\0\0" + bytes(60)


def archive(*names: str, types: str = "") -> bytes:
    """A zip of these."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as made:
        for name in names:
            made.writestr(name, "x")
        if types:
            made.writestr("[Content_Types].xml", types)
    return kept.getvalue()


def document(kind: str) -> bytes:
    """An office document of this kind."""
    return archive("_rels/.rels", types=f'<Override ContentType="application/vnd.x.{kind}.main+xml"/>')
