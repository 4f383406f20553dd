"""What the sockets of this process do: who is at them, what they have open, who is typing. It is all that a process
knows while Redis is away; and what it says there of itself, so that others know (boards.py)."""

import asyncio
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from hub.clock import Clock
from hub.store.ids import new_id

# Boards, by the names that the bus knows them by: who works for an account and is there, and who is at a conversation.
MEMBERS, THREAD = "presence.members", "presence.thread"
# What a visitor types, by the same.
LEAD = "presence.lead"
# Longer than a page takes to load anew.
GRACE_S = 4.0
# Whoever goes on typing says so again within this time.
TYPING_S = 6.0
SECOND_US = 1_000_000

# "here" says that somebody sits before a screen that is on the board by "online" or "looking".
What = Literal["online", "looking", "here", "reply", "note"]


class Board(NamedTuple):
    """Where it stands who is there: one for each account, and one for each conversation."""

    what: str
    account: str
    id: str


class Trace(NamedTuple):
    """What a member does at the sockets of one process; of typing, since when."""

    what: What
    member: str
    process: str
    since_us: int = 0


@dataclass(frozen=True)
class Screen:
    """A member's socket. `watched` are the conversations that it has open, as it opens and closes them."""

    id: str
    account: str
    member: str
    watched: Collection[str]


class Typing(NamedTuple):
    """Somebody types at one socket, until the time is over or it is said again."""

    what: Literal["reply", "note"]
    since_us: int
    until_s: float


class Book:
    """What this process knows of its own. `said` is what it has said of that; `is_alone` while Redis is away. Who began
    to type first is told by the clock of Redis, so by how much that one is ahead of ours is known, too."""

    def __init__(self, clock: Clock) -> None:
        self.process = new_id(clock.now())
        self.said: dict[Board, frozenset[Trace]] = {}
        # What visitors have typed, until it is told: by conversation.
        self.previews: dict[str, str] = {}
        self.is_alone = False
        self.saying = asyncio.Lock()
        # Looks that nobody waits for any more.
        self.looking: set[asyncio.Task[Any]] = set()
        self._ahead_us = 0
        self._clock = clock
        self._screens: dict[str, Screen] = {}
        # Screens before which nobody sits: their page has said so.
        self._unattended: set[str] = set()
        self._typing: dict[tuple[str, str], Typing] = {}
        self._lingering: dict[Board, dict[Trace, float]] = {}
        # At which sockets something may be found for a board; what is found there is asked of the sockets themselves.
        self._near: dict[Board, set[str]] = {}

    @property
    def now_us(self) -> int:
        """The time of Redis, as far as we know it."""
        return round(self._clock.now().timestamp() * SECOND_US) + self._ahead_us

    def learn_time(self, redis_us: int) -> None:
        """So late it is at Redis."""
        self._ahead_us += redis_us - self.now_us

    def note_said(self, board: Board, here: frozenset[Trace]) -> None:
        """This was said of ours, and no more than this."""
        if here:
            self.said[board] = here
        else:
            self.said.pop(board, None)

    def enter(self, screen: Screen) -> None:
        """A member has one screen more."""
        self._screens[screen.id] = screen
        self._look(screen.id, members_of(screen.account))

    def leave(self, id: str) -> list[Board]:
        """One screen less. For a moment it seems to be there still: a page that is loaded anew must not flicker. These
        are the boards that it stood on."""
        screen = self._screens.pop(id, None)
        if screen is None:
            return []
        until_s = self._clock.monotonic_s() + GRACE_S
        for board in boards_of(screen):
            self._lingering.setdefault(board, {}).update(dict.fromkeys(self._presence(screen, board), until_s))
        self._unattended.discard(id)
        return boards_of(screen)

    def attend(self, id: str, is_there: bool) -> list[Board]:
        """Somebody sits before the screen, or nobody does any more. These are the boards that it stands on."""
        screen = self._screens.get(id)
        if screen is None:
            return []
        if is_there:
            self._unattended.discard(id)
        else:
            self._unattended.add(id)
        return boards_of(screen)

    def watch(self, id: str, board: Board) -> None:
        """The screen has this conversation open."""
        self._look(id, board)

    def begin_typing(self, id: str, board: Board, what: Literal["reply", "note"]) -> None:
        """Somebody types at this screen, or goes on doing so."""
        known, now_s = self._typing.get((id, board.id)), self._clock.monotonic_s()
        goes_on = known is not None and known.what == what and known.until_s > now_s
        since_us = known.since_us if known and goes_on else self.now_us
        self._typing[id, board.id] = Typing(what, since_us, now_s + TYPING_S)
        self._look(id, board)

    def stop_typing(self, id: str, board: Board) -> None:
        """Nobody types at this screen any more."""
        self._typing.pop((id, board.id), None)

    def stop_member(self, board: Board, member: str) -> bool:
        """The member types at none; whether that is new."""
        typing = [key for key in self._typing if key[1] == board.id and self._is_at(key[0], board.account, member)]
        for key in typing:
            del self._typing[key]
        return bool(typing)

    def traces(self, board: Board) -> frozenset[Trace]:
        """All that our sockets do there at this moment."""
        now_s = self._clock.monotonic_s()
        found = {trace for trace, until_s in self._lingering.get(board, {}).items() if until_s > now_s}
        for id in self._near.get(board, ()):
            if screen := self._screens.get(id):
                found.update(self._doings(screen, board, now_s))
        return frozenset(found)

    def tidy(self) -> list[Board]:
        """Forget what is over. All boards on which something of ours stands, or did when it was said last."""
        now_s = self._clock.monotonic_s()
        self._typing = {
            (id, thread): typing
            for (id, thread), typing in self._typing.items()
            if id in self._screens and typing.until_s > now_s
        }
        for board, traces in [*self._lingering.items()]:
            for trace in [trace for trace, until_s in traces.items() if until_s <= now_s]:
                del traces[trace]
            if not traces:
                del self._lingering[board]
        self._near = {}
        for screen in self._screens.values():
            for board in boards_of(screen):
                self._look(screen.id, board)
        for id, thread in self._typing:
            self._look(id, thread_of(self._screens[id].account, thread))
        return [*{*self._near, *self._lingering, *self.said}]

    def _look(self, id: str, board: Board) -> None:
        self._near.setdefault(board, set()).add(id)

    def _is_at(self, id: str, account: str, member: str) -> bool:
        screen = self._screens.get(id)
        return screen is not None and (screen.account, screen.member) == (account, member)

    def _presence(self, screen: Screen, board: Board) -> Iterator[Trace]:
        yield Trace("online" if board.what == MEMBERS else "looking", screen.member, self.process)
        if screen.id not in self._unattended:
            yield Trace("here", screen.member, self.process)

    def _doings(self, screen: Screen, board: Board, now_s: float) -> Iterator[Trace]:
        if board.what == MEMBERS or board.id in screen.watched:
            yield from self._presence(screen, board)
        typing = self._typing.get((screen.id, board.id))
        if typing and typing.until_s > now_s:
            yield Trace(typing.what, screen.member, self.process, typing.since_us)


def boards_of(screen: Screen) -> list[Board]:
    """On which it stands that somebody is at this screen."""
    return [members_of(screen.account), *(thread_of(screen.account, thread) for thread in screen.watched)]


def members_of(account: str) -> Board:
    """Who works for the account and is there."""
    return Board(MEMBERS, account, account)


def thread_of(account: str, thread: str) -> Board:
    """Who is at a conversation."""
    return Board(THREAD, account, thread)
