"""P6: a page of the inbox, opening a conversation, a search; at several sizes of an account, and how much each grows.
The reference is one indexed find of as many conversations as a page has, in the same account."""

import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from itertools import cycle
from statistics import median

from bench.inbox_stage import RARE, Inbox, one_page, open_inboxes
from bench.rounds import Bar, Benchmark, Figures, Measures
from hub.children import Report
from hub.inbox.listing import list_threads
from hub.inbox.searching import search
from hub.inbox.shapes import SearchQuery, ThreadsQuery
from hub.settings import load
from hub.threads.reading import show_log, show_thread
from hub.threads.shapes import LogQuery

# The embedded server writes some hundred conversations a second: a hundred thousand are for a MongoDB.
SIZES, EMBEDDED_SIZES = (1_000, 10_000, 100_000), (1_000, 10_000)
CALLS, LONGEST_S = 20, 1.5

Job = Callable[[Inbox], Awaitable[object]]


async def a_page(inbox: Inbox) -> object:
    """Of all open conversations."""
    return await list_threads(inbox.deps, inbox.caller, ThreadsQuery(view="all"))


async def my_page(inbox: Inbox) -> object:
    """Of one's own."""
    return await list_threads(inbox.deps, inbox.caller, ThreadsQuery(view="mine"))


async def a_search(inbox: Inbox) -> object:
    """For a word that is in every two-hundredth message."""
    return await search(inbox.deps, inbox.caller, SearchQuery(q=RARE, kind="messages"))


def opening() -> Job:
    """One conversation after the other: what it is, and the end of its log."""
    numbers = cycle(range(1000))

    async def open_one(inbox: Inbox) -> object:
        id = inbox.long[next(numbers) % len(inbox.long)]
        await show_thread(inbox.deps, inbox.caller, id)
        return await show_log(inbox.deps, inbox.caller, id, LogQuery())

    return open_one


JOBS: Mapping[str, Job] = {"list": a_page, "list_mine": my_page, "open": opening(), "search": a_search}


async def typical_ms(job: Job, inbox: Inbox) -> float:
    """The median of some calls, fewer where they are slow."""
    took_s: list[float] = []
    while len(took_s) < CALLS and (len(took_s) < 2 or sum(took_s) < LONGEST_S):
        begun_s = time.perf_counter()
        await job(inbox)
        took_s.append(time.perf_counter() - begun_s)
    return median(took_s) * 1000


async def ours(inboxes: Mapping[int, Inbox]) -> Figures:
    """Every job at every size. What grows is the job at the largest."""
    figures = {
        f"{name}_{short(size)}_ms": await typical_ms(job, inbox)
        for name, job in JOBS.items()
        for size, inbox in inboxes.items()
    }
    return figures | {f"{name}_growth_ms": figures[f"{name}_{short(max(inboxes))}_ms"] for name in JOBS}


async def reference(inboxes: Mapping[int, Inbox]) -> Figures:
    """One find at every size; and for the growth, the job at the smallest size."""
    finds = {size: await typical_ms(one_page, inbox) for size, inbox in inboxes.items()}
    figures = {f"{name}_{short(size)}_ms": took for name in JOBS for size, took in finds.items()}
    smallest = inboxes[min(inboxes)]
    return figures | {f"{name}_growth_ms": await typical_ms(job, smallest) for name, job in JOBS.items()}


def short(size: int) -> str:
    """10k."""
    return f"{size // 1000}k"


@asynccontextmanager
async def opened(report: Report) -> AsyncIterator[Measures]:
    """An account of each size, all there before the first round."""
    sizes = SIZES if load(os.environ).mongodb_url else EMBEDDED_SIZES

    async def nothing() -> Figures:
        return {}

    async with open_inboxes(sizes, report) as inboxes:
        yield Measures(ours=partial(ours, inboxes), reference=partial(reference, inboxes), once=nothing)


BENCHMARK = Benchmark(
    name="inbox",
    title="a page of the inbox, opening a conversation, a search, by conversations of the account",
    reference="one indexed find of 50 conversations; of growth: the same job at the smallest size",
    bars=(
        *(Bar("P6", f"{name}_{short(size)}_ms", 3, is_ratio=True) for name in JOBS for size in SIZES),
        *(Bar("P6", f"{name}_growth_ms", 1.5, is_ratio=True) for name in JOBS),
    ),
    opened=opened,
)
