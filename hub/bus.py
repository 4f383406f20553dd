"""The only publisher: tells screens what has become otherwise.

Actions say *that* something has changed, once it is stored. Whoever can show it, a teller, then reads what it is by now
and publishes that: so no event ever says more than the database, several changes at once make one event, and whoever
gets two of them in the wrong order keeps the one with the higher `rev`. An event may get lost; screens notice and ask
(docs/live.md).
"""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Hashable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ClassVar, NamedTuple, Protocol

import msgspec
import structlog

from hub.audiences import Audience, Namespace
from hub.metrics import Metrics
from hub.store.mongo import DatabaseAway

log = structlog.get_logger()

# So many times at once a teller reads; what waits meanwhile is told of once.
AT_ONCE = 8
WORDS = re.compile(r"(?<!^)(?=[A-Z])")


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """What a screen is told. Events of a conversation name it in `thread`; visitors are told neither that nor the
    account. `rev` is that of what the event shows: of two events about the same thing the one with the higher `rev`
    counts."""

    # Where its audiences are.
    namespace: ClassVar[Namespace] = "/inbox"

    account: str
    thread: str = ""
    rev: int = 0

    @classmethod
    def name(cls) -> str:
        """What screens know it by: `ThreadChanged` is `thread_changed`."""
        return WORDS.sub("_", cls.__name__).lower()


class Subject(NamedTuple):
    """Something that screens show: a kind of thing, and which one."""

    what: str
    account: str
    id: str


# (deps, account, id, what exactly has changed): reads it, and publishes.
Tell = Callable[[Any, str, str, frozenset[Any]], Awaitable[None]]


@dataclass(frozen=True)
class Teller:
    """Whoever can show one kind of thing to somebody; several can, each to others. It tells of the same one no more
    often than every `pause_s`."""

    what: str
    tell: Tell
    pause_s: float = 0.0


class Speaker(Protocol):
    """What carries events to all processes that hold sockets."""

    async def speak(self, namespace: str, event: str, payload: bytes, to: Collection[str]) -> None:
        """To whoever is in one of these audiences, once."""

    @property
    def is_deaf(self) -> bool:
        """Whether it should hear other processes and does not."""

    async def until_hopeless(self) -> None:
        """Return when it was deaf for so long that only a new process helps."""

    async def close(self) -> None:
        """Say no more."""


@dataclass
class News:
    """What has changed of a subject and was not told yet."""

    parts: set[Hashable] = field(default_factory=set)
    is_new: bool = True


class Pause(NamedTuple):
    """For how long a teller says no more of a subject, and what comes then."""

    later: asyncio.TimerHandle
    go_on: Callable[[], None]


class Bus:
    """Where a process says what has changed, and publishes what its tellers make of it."""

    def __init__(self, speaker: Speaker, tellers: Sequence[Teller], metrics: Metrics) -> None:
        self.speaker, self._metrics = speaker, metrics
        self._tellers: dict[str, list[Teller]] = {}
        for teller in tellers:
            self._tellers.setdefault(teller.what, []).append(teller)
        self._news: dict[tuple[Teller, Subject], News] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._pauses: dict[tuple[Teller, Subject], Pause] = {}
        self._is_closed = False
        # Each has places of its own: what one of them waits for holds up no other.
        self._places = {teller: asyncio.Semaphore(AT_ONCE) for teller in tellers}

    async def publish(self, event: Event, to: Iterable[Audience]) -> None:
        """To all of these, whichever process they are connected to. It never fails: what is lost is asked for later."""
        names: dict[str, list[str]] = {}
        for audience in to:
            names.setdefault(audience.namespace, []).append(audience.name)
        payload = msgspec.json.encode(event)
        self._metrics.events.labels(event.name()).inc()
        for namespace, heard in names.items():
            await self.speaker.speak(namespace, event.name(), payload, sorted(heard))

    def note(self, deps: Any, subject: Subject, parts: Iterable[Hashable]) -> None:
        """It has changed: whoever can show it tells of it soon, once for all that changes until then."""
        new = frozenset(parts)
        for teller in self._tellers.get(subject.what, ()):
            self._note(deps, teller, subject, new)

    def _note(self, deps: Any, teller: Teller, subject: Subject, parts: frozenset[Hashable]) -> None:
        if known := self._news.get((teller, subject)):
            known.parts.update(parts)
            known.is_new = True
            return
        self._news[teller, subject] = News(set(parts))
        self._begin(deps, teller, subject)

    def _begin(self, deps: Any, teller: Teller, subject: Subject) -> None:
        """Tell of it now."""
        task = asyncio.get_running_loop().create_task(self._tell(deps, teller, subject), name=f"tell {subject.what}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _tell(self, deps: Any, teller: Teller, subject: Subject) -> None:
        """Once; and again, after a pause, if something is new by then."""
        news = self._news[teller, subject]
        parts, news.parts, news.is_new = frozenset(news.parts), set(), False
        try:
            async with self._places[teller]:
                await teller.tell(deps, subject.account, subject.id, parts)
        except DatabaseAway:
            log.warning("not_told", kind=subject.what, error="database_away")
        except Exception as error:  # the outermost loop: screens ask for what they were not told
            log.error("not_told", kind=subject.what, exc_info=error)
        finally:
            go_on = partial(self._go_on, deps, teller, subject)
            later = asyncio.get_running_loop().call_later(teller.pause_s, go_on)
            self._pauses[teller, subject] = Pause(later, go_on)

    def _go_on(self, deps: Any, teller: Teller, subject: Subject) -> None:
        """The pause is over."""
        del self._pauses[teller, subject]
        if not self._news[teller, subject].is_new:
            del self._news[teller, subject]
        elif not self._is_closed:
            self._begin(deps, teller, subject)

    async def settle(self) -> None:
        """Return once all is told; nothing pauses any more before it is."""
        while self._news:
            for pause in [*self._pauses.values()]:
                pause.later.cancel()
                pause.go_on()
            await asyncio.wait(self._tasks) if self._tasks else await asyncio.sleep(0)

    async def close(self, timeout_s: float) -> None:
        """Tell what there is, within the time."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await self.settle()
        self._is_closed = True
        for task in (late := [*self._tasks]):
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        await self.speaker.close()


@asynccontextmanager
async def open_bus(
    speaker: Speaker, tellers: Sequence[Teller], metrics: Metrics, timeout_s: float
) -> AsyncIterator[Bus]:
    """For the length of the block; what was noted by its end is told."""
    bus = Bus(speaker, tellers, metrics)
    try:
        yield bus
    finally:
        await bus.close(timeout_s)


def changed(deps: Any, what: str, account: str, id: str, *parts: Hashable) -> None:
    """Something that screens show has become otherwise, and is stored. Never waits, never fails."""
    deps.bus.note(deps, Subject(what, account, id), parts)
