"""Conversations over a socket."""

from hub.access import Permission
from hub.accounts.shapes import Id
from hub.sockets.ask import Ask, Question
from hub.threads import acting
from hub.threads.shapes import MarkShown, Read
from hub.threads.showing import mark_shown


class ReadThread(Read, frozen=True, kw_only=True):
    """Which conversation was read, and up to where."""

    thread_id: Id


async def read(question: Question[ReadThread]) -> MarkShown:
    """Note that everything up to an entry was read, at all screens of the member."""
    body = question.body
    return mark_shown(*await acting.mark_read(question.act, body.thread_id, body.member_id, body.seq))


ASKS = (
    Ask(
        namespace="/inbox", name="read", handler=read, permission=Permission.THREADS_FOLLOW, body=ReadThread,
        answer=MarkShown, recorded_in="the marks of the conversation", summary="Mark a conversation as read",
    ),
)  # fmt: skip
