"""What the API takes and shows of merges."""

from datetime import datetime
from typing import Annotated

import msgspec

from hub.accounts.shapes import Id
from hub.http.endpoint import Input, Output


class MergeWanted(Input, frozen=True):
    """Who is the same person."""

    other_id: Id


class MergeQuery(Input, frozen=True):
    """Which page."""

    cursor: Annotated[str, msgspec.Meta(max_length=200)] = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 50


class MergeShown(Output, frozen=True):
    """Two people who became one; or, with `undone_at`, two again. The names are those that they had."""

    id: str
    person_id: str
    name: str
    other_id: str
    other_name: str
    at: datetime
    by: str
    undone_at: datetime | None
    undone_by: str


class MergePage(Output, frozen=True):
    """Some of them, the last first. A page may be short, where others may not be seen; `next` is null at the end."""

    items: list[MergeShown]
    next: str | None
