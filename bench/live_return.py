"""P10: the web process is killed under a thousand screens, and its supervisor starts it again: how long until all are
back and have missed nothing, though people went on writing."""

import asyncio
import random
import signal
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from statistics import median
from typing import Any

import msgspec
import psutil

from bench.door import OPERATOR, cpu_s_of
from bench.live_lines import Line, Lost, open_line
from bench.live_stage import PER_KEY, account_with_keys, address_of
from bench.live_talk import Provider, open_provider
from bench.processes import started
from bench.rounds import Bar, Benchmark, Figures, Measures, in_words
from bench.start import is_hub_ready, until
from hub.children import Report
from hub.store.embedded import free_port

SCREENS, PEOPLE, KILLS = 1000, 40, 3
# How many come at once at the very first; after the kill they come as they like.
AT_ONCE = 20
# A client comes back after a moment by chance, and each time that fails after a longer one.
FIRST_S, LONGEST_S = 1.0, 5.0
# Whoever measures on a busy machine waits longer, and learns by how much.
LOOK_EVERY_S, PATIENCE_S = 0.05, 240


@dataclass
class Screen:
    """One that stays: it comes back by itself, and asks what it has missed. It has one conversation open, and all of
    them in its list."""

    port: int
    token: str
    address: str
    thread: str
    lists_at: str
    revs: dict[str, int]
    log_at: str = ""
    seqs: set[int] = field(default_factory=set)
    # How often it was let in and has caught up.
    times: int = 0
    refusals: list[str] = field(default_factory=list)
    live_at_s: float = 0.0

    async def stay(self, places: asyncio.Semaphore) -> None:
        """For good."""
        async with places:
            line = await self.come()
        while True:
            await line.lost.wait()
            line = await self.come_back()

    async def come_back(self) -> Line:
        """Sooner or later."""
        wait_s = FIRST_S
        while True:
            await asyncio.sleep(random.uniform(0, wait_s))  # noqa: S311 - nobody is to guess nothing here
            try:
                return await self.come()
            except (Lost, TimeoutError) as error:
                self.refusals.append(str(error))
            wait_s = min(LONGEST_S, wait_s * 2)

    async def come(self) -> Line:
        """Connect, and ask for both lists and log. Whoever is refused tries again."""
        line = await open_line(self.port, "/inbox", self.token, self.address)
        line.hear = self.hear
        try:
            lists = well(await line.ask("sync", {"after": self.lists_at, "known": self.revs}))
            log = well(await line.ask("watch", {"thread_id": self.thread, "after": self.log_at}))
        except BaseException:
            line.close()
            raise
        assert lists["recovered"], "nobody was away for so long, or missed so much"
        self.lists_at, self.log_at = lists["at"], log["at"]
        for row in (*lists["changed"], log["thread"]):
            self.knows(row["id"], row["rev"])
        self.seqs.update(entry["seq"] for entry in log["entries"])
        self.times, self.live_at_s = self.times + 1, time.monotonic()
        return line

    def hear(self, text: bytes) -> None:
        """An event."""
        name, told = msgspec.json.decode(text.partition(b",")[2])
        if name == "entry_changed" and told["thread"] == self.thread:
            self.seqs.add(told["entry"]["seq"])
        elif name == "thread_changed":
            self.knows(told["thread"], told["rev"])

    def knows(self, thread: str, rev: int) -> None:
        """The higher one counts."""
        self.revs[thread] = max(rev, self.revs.get(thread, 0))

    def is_right(self, rows: Sequence[Any]) -> bool:
        """Whether it has all of its log, and every conversation as it is."""
        wanted = {row["id"]: row["rev"] for row in rows}
        last = next(row["seq"] for row in rows if row["id"] == self.thread)
        return self.revs == wanted and self.seqs == set(range(1, last + 1))


@dataclass
class House:
    """A whole Parley, people who write, and the screens."""

    port: int
    provider: Provider
    screens: Sequence[Screen]
    # How often everybody has written.
    times: int = 0

    async def everybody_writes(self) -> None:
        """One message of each, acknowledged."""
        self.times, first = self.times + 1, self.times * PEOPLE
        await asyncio.gather(*(self.provider.tell(first + person, person) for person in range(PEOPLE)))

    async def kill(self, report: Report) -> Figures:
        """Until the first screen is live again, until all are, until all are right; and what it took of the CPU."""
        before = [screen.times for screen in self.screens]
        killed_at_s = time.monotonic()
        web_process(self.port).send_signal(signal.SIGKILL)
        writing = asyncio.create_task(self.everybody_writes())
        async with asyncio.timeout(PATIENCE_S):
            while any(screen.times <= times for screen, times in zip(self.screens, before, strict=True)):
                await asyncio.sleep(LOOK_EVERY_S)
        cpu_s = cpu_s_of(web_process(self.port))
        await writing
        await self.until_right()
        right_s = time.monotonic() - killed_at_s
        live = [screen.live_at_s - killed_at_s for screen in self.screens]
        figures = {"first_live_s": min(live), "all_live_s": max(live), "right_s": right_s, "web_cpu_s": cpu_s}
        report(f"live_return: {in_words(figures)}")
        return figures

    async def until_right(self) -> None:
        """Return when every screen has everything as it is."""
        wrong = -1
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_S):
                while wrong:
                    await asyncio.sleep(LOOK_EVERY_S)
                    rows = await self.provider.threads(PEOPLE, self.times)
                    wrong = sum(not screen.is_right(rows) for screen in self.screens)
        if wrong:
            raise SystemExit(f"{wrong} screens are wrong after {PATIENCE_S} s.")


async def kills(house: House, report: Report) -> Figures:
    """Several, one after the other."""
    found = [await house.kill(report) for _ in range(KILLS)]
    worst = {"right_s_at_worst": max(figures["right_s"] for figures in found)}
    return {name: median(figures[name] for figures in found) for name in found[0]} | worst


def well(answer: Any) -> Any:
    """What was answered, or Lost."""
    if "ok" not in answer:
        raise Lost(answer["error"]["code"])
    return answer["ok"]


def web_process(port: int) -> psutil.Process:
    """The one below its supervisor and its leash; all of them hold the address."""
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.cmdline()[1:4] == ["-m", "hub", "serve"] and process.environ()["PORT"] == str(port):
                return process
    raise SystemExit("There is no web process to kill.")


@asynccontextmanager
async def opened(report: Report) -> AsyncIterator[Measures]:
    """As people run it, with everybody there."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="parley-bench-") as folder:
        environ = {"PARLEY_DATA": folder, "PORT": str(port), "PARLEY_OPERATOR_TOKEN": OPERATOR}
        environ |= {"PARLEY_TRUSTED_PROXIES": "127.0.0.1/32", "PARLEY_LOG_LEVEL": "warning"}
        async with started("-m", "hub", "run", environ=environ) as process:
            await until(port, is_hub_ready, process)
            founded, keys = await account_with_keys(port, SCREENS // PER_KEY)
            async with open_provider(port, founded) as provider, open_house(port, provider, keys) as house:
                report(f"live_return: {SCREENS} screens are there")
                yield Measures(ours=nothing, reference=nothing, once=partial(kills, house, report))


@asynccontextmanager
async def open_house(port: int, provider: Provider, keys: Sequence[str]) -> AsyncIterator[House]:
    """With all screens live and right."""
    house = House(port, provider, ())
    await house.everybody_writes()
    revs = {row["id"]: row["rev"] for row in await provider.threads(PEOPLE, house.times)}
    loaded_at, threads = str(round(time.time() * 1000)), [*revs]
    house.screens = [
        Screen(port, keys[place // PER_KEY], address_of(place), threads[place % PEOPLE], loaded_at, {**revs})
        for place in range(SCREENS)
    ]
    places = asyncio.Semaphore(AT_ONCE)
    staying = [asyncio.create_task(screen.stay(places)) for screen in house.screens]
    try:
        await house.until_right()
        yield house
    finally:
        for task in staying:
            task.cancel()
        await asyncio.gather(*staying, return_exceptions=True)


async def nothing() -> Figures:
    """There is nothing to compare it with."""
    return {}


BENCHMARK = Benchmark(
    name="live_return",
    title=f"{SCREENS} screens come back after the web process was killed, while {PEOPLE} people write",
    reference="none",
    bars=(Bar("P10", "right_s", 10),),
    opened=opened,
)
