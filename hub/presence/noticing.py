"""Looking at a board, and having told what is found otherwise there."""

import asyncio

from hub.bus import changed
from hub.deps import Deps
from hub.presence.boards import Seen, look
from hub.presence.book import Board, What
from hub.presence.shapes import PresenceShown, Typist

TYPED: tuple[tuple[What, bool], ...] = (("reply", False), ("note", True))
# Nobody reads more names; all of them would be too much for everybody, each time that one comes or goes.
MOST_SHOWN = 50
# Longer than Redis takes when all is well.
PATIENCE_S = 0.2


async def notice(deps: Deps, board: Board) -> Seen:
    """Say what our sockets do there, see what all do, and have others told what is otherwise."""
    seen = await look(deps, board)
    have_told(deps, seen)
    return seen


async def glance(deps: Deps, board: Board) -> Seen:
    """The same, for somebody who waits for more than this: ours alone where Redis is slow. The rest is told later."""
    looking = asyncio.create_task(notice(deps, board), name="glance")
    deps.presence.looking.add(looking)
    looking.add_done_callback(deps.presence.looking.discard)
    done, _ = await asyncio.wait([looking], timeout=PATIENCE_S)
    if done:
        return looking.result()
    return Seen(board, deps.presence.now_us, frozenset(), deps.presence.traces(board))


def have_told(deps: Deps, seen: Seen, *also: str) -> None:
    """Whatever is otherwise there, and these."""
    what, account, id = seen.board
    if parts := {*seen.differing, *also}:
        changed(deps, what, account, id, *sorted(parts))


def shown(seen: Seen) -> PresenceShown:
    """Who is at a conversation, as screens have it."""
    typing = [Typist(member=member, is_note=is_note) for what, is_note in TYPED for member in seen.members(what)]
    return PresenceShown(
        thread=seen.board.id,
        rev=seen.at_us,
        looking=seen.members("looking")[:MOST_SHOWN],
        typing=typing[:MOST_SHOWN],
        holder=seen.holder,
    )
