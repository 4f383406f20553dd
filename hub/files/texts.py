"""What a text is. Whatever a browser would run or draw is no text here: it is kept, and only ever downloaded."""

import csv
import itertools
import re

PLAIN, UNKNOWN = "text/plain", "application/octet-stream"
MARKUP = re.compile(
    r"<\s*(?:!doctype|!--|\?xml|\?php|html|head|body|script|svg|math|iframe|object|embed|img|style|link|meta|base|form|a\s)",
    re.IGNORECASE,
)
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
CARDS = {"BEGIN:VCARD": "text/vcard", "BEGIN:VCALENDAR": "text/calendar"}
ROWS_LOOKED_AT, MOST_LETTERS_LOOKED_AT = 20, 64 * 1024


def type_of_text(content: bytes) -> str | None:
    """Text in UTF-8 without control characters, by what it says; None is no text."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if CONTROL.search(text):
        return None
    if MARKUP.search(text):
        return UNKNOWN
    first = text.lstrip()[:20].upper()
    return next((type for start, type in CARDS.items() if first.startswith(start)), table_or_plain(text))


def table_or_plain(text: str) -> str:
    """A table has at least two rows, all of the same width."""
    lines = text[:MOST_LETTERS_LOOKED_AT].splitlines()
    # The last one may be cut off.
    whole = lines if len(text) <= MOST_LETTERS_LOOKED_AT else lines[:-1]
    return "text/csv" if any(is_table(whole, delimiter) for delimiter in ",;\t") else PLAIN


def is_table(lines: list[str], delimiter: str) -> bool:
    """Whether the first rows are of one width, which is more than one."""
    try:
        rows = list(itertools.islice(csv.reader(lines, delimiter=delimiter, strict=True), ROWS_LOOKED_AT))
    except csv.Error:
        return False
    return len(rows) > 1 and len({len(row) for row in rows}) == 1 and len(rows[0]) > 1
