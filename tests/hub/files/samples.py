"""Small files of every type, and of what is none."""

import io
import zipfile

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(64))
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\0"
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
