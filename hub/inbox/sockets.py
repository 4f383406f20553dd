"""The inbox over a socket."""

from hub.access import Permission
from hub.inbox import syncing
from hub.inbox.live_shapes import Sync, Synced, Unwatch, Watch, Watched
from hub.presence.being import closed, opened
from hub.sockets.ask import Ask, Question
from hub.sockets.guest import open_thread


async def sync(question: Question[Sync]) -> Synced:
    """What has changed in the lists since a position; ask it after connecting, and every 30 s."""
    return await syncing.sync(question.deps, question.caller, question.body)


async def watch(question: Question[Watch]) -> Watched:
    """Hear of a conversation, and learn what has changed in it since a position."""
    thread = await open_thread(question.deps, question.connection, question.body.thread_id)
    presence = await opened(question.deps, question.connection, thread.id)
    return await syncing.watch(question.deps, question.caller, thread, question.body.after, presence)


async def unwatch(question: Question[Unwatch]) -> None:
    """Hear of a conversation no more."""
    id, connection = question.body.thread_id, question.connection
    if id in connection.watched:
        connection.watch(id, ())
        closed(question.deps, connection, id)


ASKS = (
    Ask(
        namespace="/inbox", name="sync", handler=sync, permission=Permission.THREADS_VIEW, body=Sync, answer=Synced,
        weight=4, summary="Learn what has changed in the lists",
    ),
    Ask(
        namespace="/inbox", name="watch", handler=watch, permission=Permission.THREADS_VIEW, body=Watch,
        answer=Watched, weight=2, summary="Open a conversation",
    ),
    Ask(
        namespace="/inbox", name="unwatch", handler=unwatch, permission=Permission.THREADS_VIEW, body=Unwatch,
        summary="Close a conversation",
    ),
)  # fmt: skip
