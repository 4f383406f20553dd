"""The log as a table: all of it, harmless to open, and never in memory as a whole."""

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Mapping
from typing import Any

import msgspec
import pytest
from pymongo.monitoring import CommandListener, CommandStartedEvent

from hub.access import Scope
from hub.audit.export import COLUMNS, DANGEROUS, harmless
from hub.audit.log import PLACE
from hub.audit.repository import AUDIT, SPAN
from hub.settings import Settings
from hub.store.mongo import AUDIT_HEADS, Document
from tests.clock import MORNING, VirtualClock
from tests.hub.audit.logs import ADDRESS, OURS, THEIRS, behind_its_back, entries_of, opened, reader, write
from tests.hubs import Hub

PATH = "/api/v1/audit.csv"
MANY = 10_000
# The client stays until the end.
FOREVER_S = 3600


class Reads(CommandListener):
    """Counts how often the log was read."""

    def __init__(self) -> None:
        self.count = 0

    def started(self, event: CommandStartedEvent) -> None:
        self.count += event.command.get("find") == AUDIT

    def succeeded(self, event: object) -> None:
        """Of no interest."""

    def failed(self, event: object) -> None:
        """Of no interest."""


@pytest.fixture
def reads() -> Reads:
    return Reads()


@pytest.fixture
async def hub(settings: Settings, clock: VirtualClock, reads: Reads) -> AsyncIterator[Hub]:
    async with opened(settings, clock, [reads]) as hub:
        yield hub


async def table(hub: Hub, query: str = "", headers: Mapping[str, str] | None = None) -> list[dict[str, str]]:
    """The rows by the names of their columns, as a spreadsheet reads them."""
    answer = await hub.client.get(f"{PATH}{query}", headers=headers or reader())
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode(), newline="")))


async def test_it_is_a_file_to_keep(hub: Hub) -> None:
    answer = await hub.client.get(PATH, headers=reader())

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="audit.csv"'
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_log_without_entries_is_a_head_line(hub: Hub) -> None:
    answer = await hub.client.get(PATH, headers=reader())

    assert answer.content.decode() == ",".join(COLUMNS) + "\r\n"


async def test_every_entry_is_a_row_in_the_order_of_the_chain(hub: Hub) -> None:
    for target in ("d1", "d2", "d3"):
        await write(hub.deps, target=target, after={"open": target})
    await write(hub.deps, THEIRS)

    rows = await table(hub)

    stored = await entries_of(hub.deps)
    assert [row["seq"] for row in rows] == ["1", "2", "3"]
    assert [row["hash"] for row in rows] == [entry["hash"].hex() for entry in stored]
    assert [row["target"] for row in rows] == [f'{{"door":"{target}"}}' for target in ("d1", "d2", "d3")]
    assert {(row["actor_kind"], row["actor"], row["address"]) for row in rows} == {("member", "asha", ADDRESS)}
    assert (rows[0]["at"], rows[0]["after"]) == ("2054-03-02T09:00:00+00:00", '{"open":"d1"}')


@pytest.mark.parametrize(("query", "expected"), [("?actor=ravi", ["2"]), ("?target=d3", ["3"]), ("?action=x", [])])
async def test_filters_are_those_of_the_list(hub: Hub, query: str, expected: list[str]) -> None:
    for by, target in (("asha", "d1"), ("ravi", "d2"), ("asha", "d3")):
        await write(hub.deps, by=by, target=target)

    assert [row["seq"] for row in await table(hub, query)] == expected


async def test_nobody_exports_more_than_they_may_see(hub: Hub) -> None:
    await write(hub.deps, by="asha")
    await write(hub.deps, by="ravi")

    assert [row["actor"] for row in await table(hub, "", reader("ravi", scope=Scope.OWN))] == ["ravi"]


@pytest.mark.parametrize("start", DANGEROUS)
@pytest.mark.parametrize("rest", ["", "cmd|'/C calc'!A0", 'HYPERLINK("http://evil.test";"x")'])
def test_no_cell_is_a_formula(start: str, rest: str) -> None:
    assert harmless(f"{start}{rest}") == f"'{start}{rest}"


@pytest.mark.parametrize("text", ["", "door.open", "a=b", "'=1", "१२", '{"a":1}'])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("text", ['=HYPERLINK("http://evil.test")', "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"])
async def test_no_word_of_an_entry_becomes_a_formula(hub: Hub, text: str) -> None:
    await write(hub.deps, by=text, action=text, target=text, after=-1)

    [row] = await table(hub)

    assert (row["actor"], row["action"], row["after"]) == (f"'{text}", f"'{text}", "'-1")
    assert not [cell for cell in row.values() if cell.startswith(DANGEROUS)]


async def test_words_of_every_script_and_quotes_come_out_as_they_went_in(hub: Hub) -> None:
    words = {"name": 'आशा "Ash", 🚪\nदूसरी पंक्ति', "none": None, "no": False}

    await write(hub.deps, by='आशा,\n"राव"', after=words)

    [row] = await table(hub)
    assert row["actor"] == 'आशा,\n"राव"'
    assert msgspec.json.decode(row["after"]) == words


async def fill(hub: Hub, settings: Settings) -> None:
    """A long log. Nobody checks its chain here."""
    sealed = (await hub.deps.sealer.keyring(OURS)).seal(PLACE, b'{"address":"::1","before":null,"after":null}')
    entry: Document = {"account": OURS, "at": MORNING, "actor": {"kind": "key", "id": "k1"}, "action": "door.open"}
    more = {"target": {}, "targets": [], "status": 200, "request": "r", "previous": b"", "hash": b"h", "detail": sealed}
    with behind_its_back(settings) as main, behind_its_back(settings, "_keys") as apart:
        main[AUDIT].insert_many([{**entry, **more, "_id": f"e{seq}", "seq": seq} for seq in range(1, MANY + 1)])
        apart[AUDIT_HEADS].insert_one(
            {"_id": OURS, "account": OURS, "seq": MANY, "hash": b"h", "keys": b"", "since": 1}
        )


async def sent_by(hub: Hub, path: str, headers: Mapping[str, str], reads: Reads) -> list[tuple[bytes, int]]:
    """Every part of the body as it leaves, with how often the log had been read by then."""
    sent: list[tuple[bytes, int]] = []

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(FOREVER_S)
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.extend([(message["body"], reads.count)] if message.get("body") else [])

    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": raw, "client": ("::1", 1)}
    await hub.app(scope, receive, send)
    return sent


@pytest.mark.slow
async def test_ten_thousand_entries_leave_as_they_are_read(hub: Hub, settings: Settings, reads: Reads) -> None:
    await fill(hub, settings)

    sent = await sent_by(hub, PATH, reader(), reads)

    lines = [body.count(b"\r\n") for body, _ in sent]
    assert sum(lines) == MANY + 1
    assert max(lines) == SPAN + 1
    assert [count for _, count in sent] == list(range(1, MANY // SPAN + 1))
