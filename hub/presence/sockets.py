"""Presence over a socket."""

from hub.access import Permission
from hub.presence import being, writing
from hub.presence.shapes import Attention, TypingNow, TypingSeen, WhoIsThere
from hub.sockets.ask import Ask, Nothing, Question


async def presence(question: Question[Nothing]) -> WhoIsThere:
    """Who is online, and at the conversations that are open here; ask it after connecting, and every 30 s."""
    return await being.who_is_there(question.deps, question.connection)


async def attention(question: Question[Attention]) -> None:
    """Say whether somebody sits before this screen, each time that this changes: where nobody does, a push, a letter or
    a text goes out as if the screen were not there. Members alone do, and nobody else is told."""
    being.attends(question.deps, question.connection, question.body.is_there)


async def typing(question: Question[TypingNow]) -> TypingSeen:
    """Say that one types, or does no more, and learn who else does. Members do that: a key is refused even if it may
    reply."""
    return await writing.type_at(question.act, question.connection, question.body)


ASKS = (
    Ask(
        namespace="/inbox", name="presence", handler=presence, permission=Permission.THREADS_VIEW,
        answer=WhoIsThere, weight=2, summary="Learn who is there",
    ),
    Ask(
        namespace="/inbox", name="attention", handler=attention, permission=Permission.MEMBERSHIP, body=Attention,
        summary="Say whether somebody is before the screen",
    ),
    Ask(
        namespace="/inbox", name="typing", handler=typing, permission=Permission.THREADS_REPLY, body=TypingNow,
        answer=TypingSeen, summary="Say that you type",
    ),
)  # fmt: skip
