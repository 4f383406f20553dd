"""Cursors: where a page ended, and nothing that a stranger can make up."""

from datetime import UTC, datetime

import pytest

from hub.errors import Invalid
from hub.store.mongo import Mongo
from hub.store.paging import cursor_of, older_than, position_of

NOW = datetime(2026, 3, 2, 9, 0, 0, 123_000, tzinfo=UTC)


def test_cursor_leads_back_to_its_place() -> None:
    assert position_of(cursor_of(NOW, "id-1")) == (NOW, "id-1")


def test_empty_cursor_is_the_beginning() -> None:
    assert position_of("") is None


@pytest.mark.parametrize("cursor", ["x", "?", "e30", "WzEsMl0", "é", "W10=", "A" * 5000])
def test_cursor_that_no_list_gave_is_refused(cursor: str) -> None:
    with pytest.raises(Invalid):
        position_of(cursor)


async def test_page_behind_a_cursor_has_exactly_what_is_older(mongo: Mongo) -> None:
    for id in ("a", "b", "c"):
        await mongo["notes"].insert({"_id": id, "at": NOW})

    page = await mongo["notes"].find(older_than("at", (NOW, "c")), limit=10, sort=[("at", -1), ("_id", -1)])

    assert [note["_id"] for note in page] == ["b", "a"]
