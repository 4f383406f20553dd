"""Notices over a socket."""

from hub.access import Permission
from hub.notices import showing
from hub.notices.shapes import NoticesSynced, SyncNotices
from hub.sockets.ask import Ask, Question


async def notices(question: Question[SyncNotices]) -> NoticesSynced:
    """What has changed since a position; ask it after connecting, and every 30 s."""
    return await showing.sync(question.deps, question.caller, question.body)


ASKS = (
    Ask(
        namespace="/inbox", name="notices", handler=notices, permission=Permission.MEMBERSHIP, body=SyncNotices,
        answer=NoticesSynced, weight=2, summary="Learn what has changed in one's notices",
    ),
)  # fmt: skip
