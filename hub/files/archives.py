"""What a zip is: office documents are zips, and so are some programs. Nothing of it is ever unpacked to a disk."""

import io
import re
import zipfile

ZIP = "application/zip"
UNREADABLE = "application/octet-stream"
OFFICE = "application/vnd.openxmlformats-officedocument"
DOCUMENTS = {
    "wordprocessingml.document.main+xml": f"{OFFICE}.wordprocessingml.document",
    "spreadsheetml.sheet.main+xml": f"{OFFICE}.spreadsheetml.sheet",
    "presentationml.presentation.main+xml": f"{OFFICE}.presentationml.presentation",
}
TYPES = "[Content_Types].xml"
# Of Java and of Android.
OF_PROGRAMS = {"META-INF/MANIFEST.MF", "AndroidManifest.xml", "classes.dex"}
END, END_BYTES = b"PK\x05\x06", 22
# Of archives that are too large for the usual form: in front of the end.
LOCATOR, LOCATOR_BYTES = b"PK\x06\x07", 20
# As far from the end of a file as its own end can be told: a comment may follow.
TAIL_BYTES = 2**16 + END_BYTES + LOCATOR_BYTES
# A list of contents longer than this is made to keep us busy.
MOST_LIST_BYTES, MOST_TYPES_BYTES = 1024 * 1024, 256 * 1024


def type_of_archive(content: bytes) -> str:
    """A document, a zip, `program`, or what nobody can read."""
    if is_overlong(content):
        return ZIP
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if names & OF_PROGRAMS:
                return "program"
            return type_of_document(archive) if TYPES in names else ZIP
    # Whatever the library stumbles over: it was made for files that mean well.
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return UNREADABLE


def is_overlong(content: bytes) -> bool:
    """Whether its list of contents would take long to read."""
    tail = content[-TAIL_BYTES:]
    # The library may take any of these for the end. Behind a locator the length stands elsewhere, and may be any.
    ends = [found.start() for found in re.finditer(re.escape(END), tail)]
    listed = [int.from_bytes(tail[end + 12 : end + 16], "little") for end in ends]
    return max(listed, default=0) > MOST_LIST_BYTES or (bool(ends) and LOCATOR in tail)


def type_of_document(archive: zipfile.ZipFile) -> str:
    """Which program writes it. One with macros is only a zip: it runs when it is opened."""
    with archive.open(TYPES) as types:
        said = types.read(MOST_TYPES_BYTES).decode(errors="replace")
    if "macroEnabled" in said or "vbaProject" in said:
        return ZIP
    return next((type for mark, type in DOCUMENTS.items() if mark in said), ZIP)
