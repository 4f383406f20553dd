"""Cursors: where a page ended, opaque to whoever hands it back."""

import base64
import binascii
from datetime import UTC, datetime

import msgspec

from hub.errors import Invalid
from hub.store.mongo import Document

# Whatever is reckoned from a time of these years is a time, too.
YEARS = range(2000, 2200)

Position = tuple[datetime, str]


def cursor_of(moment: datetime, id: str) -> str:
    """The place behind this entry."""
    return base64.urlsafe_b64encode(msgspec.json.encode((moment, id))).decode().rstrip("=")


def position_of(cursor: str) -> Position | None:
    """The place that a cursor names; an empty one is the beginning."""
    if not cursor:
        return None
    try:
        content = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        moment, id = msgspec.json.decode(content, type=tuple[datetime, str])
        if moment.year not in YEARS:
            raise ValueError("Nothing is stored of such a time.")
        return moment.astimezone(UTC), id
    except (binascii.Error, ValueError, OverflowError, msgspec.DecodeError):
        raise Invalid("This is not a cursor that a list has given.", field="cursor") from None


def older_than(field: str, position: Position | None) -> Document:
    """What a list in falling order of `field` and id shows after the position."""
    if position is None:
        return {}
    moment, id = position
    return {"$or": [{field: {"$lt": moment}}, {field: moment, "_id": {"$lt": id}}]}
