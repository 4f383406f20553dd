"""Sending over a socket."""

from hub.access import Permission
from hub.accounts.shapes import Id
from hub.sending import posting
from hub.sending.shapes import MessageSaid, MessageWanted
from hub.sockets.ask import Ask, Question


class Say(MessageWanted, frozen=True, kw_only=True):
    """What to say, and in which conversation."""

    thread_id: Id


async def say(question: Question[Say]) -> MessageSaid:
    """Say something, as over HTTP: a repeat of a `client_id` says nothing again, and what others have written since
    `seen_seq` is in the answer."""
    return await posting.send(question.act, question.body.thread_id, question.body)


ASKS = (
    Ask(
        namespace="/inbox", name="say", handler=say, permission=Permission.THREADS_REPLY, body=Say, answer=MessageSaid,
        weight=5, recorded_in="the conversation's log", summary="Say something in a conversation",
    ),
)  # fmt: skip
