"""JSON that is read piece by piece, so that a piece that cannot be read spoils no other."""

from collections.abc import Mapping

import msgspec

from channels.answers import UNREADABLE


def read(raw: msgspec.Raw | None) -> object:
    """What stands there; None, where that cannot be read."""
    try:
        return msgspec.json.decode(raw) if raw is not None else None
    except UNREADABLE:
        return None


def opened(raw: bytes | msgspec.Raw | None) -> Mapping[str, msgspec.Raw]:
    """The fields of an object, still unread; none of anything else."""
    try:
        return msgspec.json.decode(b"{}" if raw is None else raw, type=dict[str, msgspec.Raw])
    except UNREADABLE:
        return {}


def listed(raw: msgspec.Raw | None) -> list[msgspec.Raw]:
    """The things in a list, still unread; none of anything else."""
    try:
        return msgspec.json.decode(b"[]" if raw is None else raw, type=list[msgspec.Raw])
    except UNREADABLE:
        return []
