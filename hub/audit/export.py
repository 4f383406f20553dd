"""The log as a table for spreadsheets."""

import csv
import io
from collections.abc import AsyncIterator, Iterable

import msgspec

from hub.audit.models import AuditEntry

COLUMNS = (
    *("seq", "at", "actor_kind", "actor", "action", "target", "status"),
    *("request", "address", "before", "after", "id", "hash"),
)
# A spreadsheet takes a cell that begins with one of these for a formula, and carries it out.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


async def as_csv(parts: AsyncIterator[list[AuditEntry]]) -> AsyncIterator[bytes]:
    """The head line with the first part, then each part as it is read."""
    head: list[Iterable[object]] = [COLUMNS]
    async for part in parts:
        rows = [*head, *map(row, part)]
        head = []
        if rows:
            yield lines(rows)


def row(entry: AuditEntry) -> list[str]:
    """One entry; what may be of any shape is JSON."""
    return [
        *(str(entry.seq), entry.at.isoformat(), entry.actor.kind, entry.actor.id, entry.action, as_json(entry.target)),
        *(str(entry.status), entry.request, entry.address or "", as_json(entry.before), as_json(entry.after)),
        *(entry.id, entry.hash),
    ]


def as_json(value: object) -> str:
    """Nothing for nothing."""
    return "" if value is None else msgspec.json.encode(value).decode()


def lines(rows: Iterable[Iterable[object]]) -> bytes:
    """As RFC 4180 has them."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([harmless(str(cell)) for cell in cells] for cells in rows)
    return text.getvalue().encode()


def harmless(cell: str) -> str:
    """The cell as text, whatever it begins with."""
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell
