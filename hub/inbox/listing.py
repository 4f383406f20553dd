"""A page of conversations, by three queries: the conversations, the names of their people, their last messages. A saved
view takes one more, to be read; a permission that reaches the teams', one for who is in them."""

from collections.abc import Mapping

from hub.access import Caller, Permission
from hub.deps import Deps
from hub.errors import Invalid
from hub.inbox import repository
from hub.inbox.models import Sort
from hub.inbox.repository import Order
from hub.inbox.rows import rows_of
from hub.inbox.shapes import ThreadPage, ThreadsQuery
from hub.inbox.views import Listed, listed_in
from hub.store.ids import EPOCH
from hub.store.mongo import Document
from hub.store.paging import cursor_of, position_of
from hub.threads.access import reach_of
from hub.threads.happenings import Priority
from hub.threads.models import Thread

ORDERS: Mapping[Sort, Order] = {
    "newest": ("moved_at", False),
    "oldest": ("moved_at", True),
    # Only those who wait have a time since when.
    "longest_waiting": ("waiting_since", True),
    "priority": ("moved_at", False),
}
LEVELS = tuple(reversed(Priority))


async def list_threads(deps: Deps, caller: Caller, query: ThreadsQuery) -> ThreadPage:
    """One page of a view."""
    reach = await reach_of(deps, caller, Permission.THREADS_VIEW)
    listed = await listed_in(deps, caller, query.view, reach)
    sort = query.sort or listed.sort
    found = await ordered(deps, caller.account, Listed(listed.where, sort), query.cursor, query.limit + 1)
    page = found[: query.limit]
    following = cursor_behind(page[-1], sort) if len(found) > query.limit else None
    return ThreadPage(items=await rows_of(deps, caller, page), next=following)


async def ordered(deps: Deps, account: str, listed: Listed, cursor: str, limit: int) -> list[Thread]:
    """The first ones behind the cursor."""
    if listed.sort == "priority":
        return await by_priority(deps, account, listed, cursor, limit)
    where = and_waiting(listed.where) if listed.sort == "longest_waiting" else listed.where
    order, after = ORDERS[listed.sort], position_of(cursor)
    return await repository.list_threads(deps.mongo, account, where, order, after=after, limit=limit)


def and_waiting(where: Document) -> Document:
    """Those only whose person waits."""
    return {**where, "waiting_since": {"$gt": EPOCH, **where.get("waiting_since", {})}}


async def by_priority(deps: Deps, account: str, listed: Listed, cursor: str, limit: int) -> list[Thread]:
    """One level after the other, by a query each, until the page is full: a list of one level needs no sorting."""
    first, _, rest = cursor.partition(".") if cursor else (LEVELS[0].value, "", "")
    if first not in LEVELS:
        raise Invalid("This is not a cursor that a list has given.", field="cursor")
    after = position_of(rest)
    found: list[Thread] = []
    for level in LEVELS[LEVELS.index(Priority(first)) :]:
        where = and_priority(listed.where, level)
        missing = limit - len(found)
        order = ORDERS["priority"]
        found += await repository.list_threads(deps.mongo, account, where, order, after=after, limit=missing)
        after = None
        if len(found) >= limit:
            break
    return found


def and_priority(where: Document, level: Priority) -> Document:
    """Of one level only, whatever the view says of priority."""
    if "priority" not in where:
        return {**where, "priority": level.value}
    return {**where, "$and": [*where.get("$and", ()), {"priority": level.value}]}


def cursor_behind(thread: Thread, sort: Sort) -> str:
    """The place behind it in this order."""
    field, _ = ORDERS[sort]
    place = cursor_of(getattr(thread, field), thread.id)
    return f"{thread.priority.value}.{place}" if sort == "priority" else place
