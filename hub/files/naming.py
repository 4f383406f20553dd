"""What a file is called: whatever its sender says, without what could mislead a person, a folder or a header."""

import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import quote

LONGEST = 200
NAMELESS = "file"
# They join letters of Hindi, Persian and emoji; everything else of their kind is invisible or turns the text around.
JOINERS = "\u200c\u200d"
NOT_IN_NAMES = re.compile(r'[<>:"|?*]')
# What each type may be called; the first is added to what is called otherwise.
SUFFIXES: Mapping[str, tuple[str, ...]] = {
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "image/gif": ("gif",),
    "image/webp": ("webp",),
    "image/heic": ("heic", "heif"),
    "application/pdf": ("pdf",),
    "video/mp4": ("mp4", "m4v"),
    "video/quicktime": ("mov", "qt"),
    "video/3gpp": ("3gp", "3g2"),
    "video/webm": ("webm", "weba"),
    "audio/mp4": ("m4a", "m4b", "mp4"),
    "audio/mpeg": ("mp3",),
    "audio/aac": ("aac",),
    "audio/ogg": ("ogg", "oga", "opus", "ogv"),
    "audio/amr": ("amr",),
    "audio/wav": ("wav",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ("pptx",),
    "text/vcard": ("vcf",),
    "text/calendar": ("ics",),
}
# Of types that are called in many ways: what a computer would open as a page, a script or a program.
RUN = frozenset(
    {
        *("html", "htm", "xhtml", "xht", "shtml", "mht", "mhtml", "svg", "svgz", "xml", "xsl", "hta", "php"),
        *("js", "mjs", "jse", "vbs", "vbe", "wsf", "wsh", "bat", "cmd", "ps1", "psm1", "sh", "bash", "zsh", "command"),
        *("exe", "com", "scr", "pif", "msi", "msp", "cpl", "dll", "jar", "jnlp", "apk", "app", "dmg", "pkg", "deb"),
        *("rpm", "lnk", "url", "desktop", "reg", "inf", "chm", "hlp", "iso", "img", "vhd", "py", "pl", "rb"),
        *("docm", "xlsm", "pptm", "dotm", "xltm"),
    }
)
HARMLESS = {"text/plain": "txt", "text/csv": "csv", "application/zip": "zip"}


def clean(name: str, type: str) -> str:
    """The last part of a path, readable and short, with a suffix that fits what the file is."""
    last = unicodedata.normalize("NFC", re.split(r"[/\\]", name.strip())[-1])
    visible = "".join(letter for letter in last if is_visible(letter))
    plain = " ".join(NOT_IN_NAMES.sub("_", visible).split()).strip(". ")
    return fitting(plain or NAMELESS, type)


def is_visible(letter: str) -> bool:
    """Whether somebody who reads the name sees it, and sees it where it stands."""
    return letter in JOINERS or letter.isspace() or not unicodedata.category(letter).startswith("C")


def fitting(name: str, type: str) -> str:
    """With a suffix of its type, and not too long."""
    stem, dot, suffix = name.rpartition(".")
    known = SUFFIXES.get(type)
    fits = suffix.lower() in known if known else suffix.lower() not in RUN
    if dot and stem and fits:
        return f"{stem[: LONGEST - len(suffix) - 1].rstrip('. ')}.{suffix}"[:LONGEST]
    if not known and fits:
        return name[:LONGEST]
    added = known[0] if known else HARMLESS.get(type, "bin")
    return f"{name[: LONGEST - len(added) - 1].rstrip('. ')}.{added}"


def disposition(name: str, *, is_inline: bool) -> str:
    """The Content-Disposition of RFC 6266: the name in ASCII for old programs, and whole as RFC 5987 encodes it."""
    ascii_only = re.sub(r"[^\w. ()\[\]+=,@&-]", "_", name, flags=re.ASCII)
    how = "inline" if is_inline else "attachment"
    return f"{how}; filename=\"{ascii_only}\"; filename*=UTF-8''{quote(name, safe='')}"
