"""What a file is, told by its first bytes: neither its name nor what its sender calls it is believed."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from hub.files.archives import type_of_archive
from hub.files.texts import type_of_text

UNKNOWN = "application/octet-stream"
Look = Callable[[bytes], str | None]


class Magic(NamedTuple):
    """What all files of a type begin with; `also` stands at the eighth byte."""

    start: bytes
    type: str
    also: bytes = b""


MAGIC: Sequence[Magic] = (
    Magic(b"\x89PNG\r\n\x1a\n", "image/png"),
    Magic(b"\xff\xd8\xff", "image/jpeg"),
    Magic(b"GIF87a", "image/gif"),
    Magic(b"GIF89a", "image/gif"),
    Magic(b"RIFF", "image/webp", b"WEBP"),
    Magic(b"RIFF", "audio/wav", b"WAVE"),
    Magic(b"%PDF-", "application/pdf"),
    Magic(b"OggS", "audio/ogg"),
    Magic(b"#!AMR\n", "audio/amr"),
    Magic(b"#!AMR-WB\n", "audio/amr"),
    Magic(b"ID3", "audio/mpeg"),
)
# Files of Apple's and MPEG's containers: what stands behind `ftyp` says which.
BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), "image/heic"),
    **dict.fromkeys((b"M4A ", b"M4B "), "audio/mp4"),
    **dict.fromkeys((b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V "), "video/mp4"),
    **dict.fromkeys((b"MSNV", b"dash", b"mmp4"), "video/mp4"),
    b"qt  ": "video/quicktime",
    **dict.fromkeys((b"3gp4", b"3gp5", b"3gp6", b"3g2a"), "video/3gpp"),
}
# What a machine would run: ELF, Mach-O and Java, WebAssembly, Android, Windows' shortcuts.
PROGRAMS = (
    b"\x7fELF",
    *(b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"),
    *(b"\0asm", b"dex\n", b"L\0\0\0\x01\x14\x02\0"),
)
PE_AT = 0x3C
# How a sound without a header begins: layer III of MPEG 1, 2 and 2.5, and the two of AAC.
MP3_FRAMES = (b"\xff\xfa", b"\xff\xfb", b"\xff\xf2", b"\xff\xf3", b"\xff\xe2", b"\xff\xe3")
AAC_FRAMES = (b"\xff\xf0", b"\xff\xf1", b"\xff\xf8", b"\xff\xf9")
PROGRAM = "a program"


def type_of(content: bytes) -> str:
    """Its media type, PROGRAM for what a machine would run, or UNKNOWN."""
    for look in LOOKS:
        if found := look(content):
            return found
    return UNKNOWN


def by_magic(content: bytes) -> str | None:
    """By the table."""
    fitting = (one.type for one in MAGIC if content.startswith(one.start) and content[8:].startswith(one.also))
    return next(fitting, None)


def as_program(content: bytes) -> str | None:
    """What runs, scripts that name their interpreter included."""
    at = int.from_bytes(content[PE_AT : PE_AT + 4], "little")
    is_windows = content.startswith(b"MZ") and (content[at : at + 2] in (b"PE", b"NE", b"LE") or b"\0" in content[:64])
    return PROGRAM if is_windows or content.startswith((*PROGRAMS, b"#!")) else None


def as_container(content: bytes) -> str | None:
    """A film, a sound or a picture in the container that MPEG and Apple share."""
    return BRANDS.get(content[8:12], UNKNOWN) if content[4:8] == b"ftyp" else None


def as_webm(content: bytes) -> str | None:
    """What browsers record."""
    return "video/webm" if content.startswith(b"\x1aE\xdf\xa3") and b"webm" in content[:64] else None


def as_bare_sound(content: bytes) -> str | None:
    """A sound that begins at once."""
    if content.startswith(AAC_FRAMES):
        return "audio/aac"
    rates = content[2] if len(content) > 2 else 0
    # Four bits and two that say how fast it goes, of which not every value has a meaning.
    is_mp3 = content.startswith(MP3_FRAMES) and 0 < rates >> 4 < 15 and rates >> 2 & 3 != 3
    return "audio/mpeg" if is_mp3 else None


def as_archive(content: bytes) -> str | None:
    """A zip, or one of the many things that are one inside."""
    found = type_of_archive(content) if content.startswith((b"PK\x03\x04", b"PK\x05\x06")) else None
    return PROGRAM if found == "program" else found


LOOKS: Sequence[Look] = (
    *(by_magic, as_program, as_container, as_webm, as_archive, as_bare_sound),
    type_of_text,
)
