"""Members come and go, and open and close conversations."""

from hub.access import Permission
from hub.bus import changed
from hub.deps import Deps
from hub.presence.boards import look_at_each
from hub.presence.book import Board, Screen, members_of, thread_of
from hub.presence.noticing import glance, have_told, shown
from hub.presence.shapes import PresenceShown, WhoIsThere
from hub.sockets.connection import Connection
from hub.threads import queries
from hub.threads.access import is_within, reach_of


async def came(deps: Deps, connection: Connection) -> None:
    """At one screen more. A script is nobody who could be there."""
    caller = connection.caller
    if caller.kind == "member":
        deps.presence.enter(Screen(connection.id, caller.account, caller.id, connection.watched))
        look_soon(deps, members_of(caller.account))


async def went(deps: Deps, connection: Connection) -> None:
    """At one screen less."""
    for board in deps.presence.leave(connection.id):
        look_soon(deps, board)


def attends(deps: Deps, connection: Connection, is_there: bool) -> None:
    """Whether somebody sits before this screen. Colleagues see nothing of it: it decides what is told elsewhere."""
    for board in deps.presence.attend(connection.id, is_there):
        look_soon(deps, board)


async def opened(deps: Deps, connection: Connection, thread: str) -> PresenceShown:
    """A socket has a conversation open; who else is there."""
    board = thread_of(connection.caller.account, thread)
    deps.presence.watch(connection.id, board)
    return shown(await glance(deps, board))


def closed(deps: Deps, connection: Connection, thread: str) -> None:
    """A socket has it open no more."""
    board = thread_of(connection.caller.account, thread)
    deps.presence.stop_typing(connection.id, board)
    look_soon(deps, board)


async def who_is_there(deps: Deps, connection: Connection) -> WhoIsThere:
    """Who is online, and at the conversations that the socket has open and whose caller may see them still."""
    account = connection.caller.account
    boards = [members_of(account), *(thread_of(account, id) for id in await list_seen(deps, connection))]
    members, *threads = await look_at_each(deps, boards)
    for seen in (members, *threads):
        have_told(deps, seen)
    return WhoIsThere(
        rev=members.at_us, online=members.members("online"), threads=[shown(thread) for thread in threads]
    )


async def list_seen(deps: Deps, connection: Connection) -> list[str]:
    """What the socket has open and may be seen: that it stays open says nothing of this."""
    caller = connection.caller
    reach = await reach_of(deps, caller, Permission.THREADS_VIEW)
    threads = await queries.list_threads(deps, caller.account, [*connection.watched])
    return [thread.id for thread in threads if is_within(thread, reach)]


def look_soon(deps: Deps, board: Board) -> None:
    """Nobody waits for it; what is otherwise by then is told."""
    changed(deps, *board)
