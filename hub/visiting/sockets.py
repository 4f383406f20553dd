"""The widget over its socket."""

from typing import Any

from channels.base import State
from hub.access import Permission
from hub.presence.writing import visitor_types
from hub.sockets.ask import Ask, Question
from hub.visiting import receipts, resuming, saying
from hub.visiting.guests import hear_conversation, still_hear_conversation
from hub.visiting.shapes import OpenVisit, UpTo, VisitOpened, VisitorMessage, VisitorSays, VisitorTypes


async def open_widget(question: Question[OpenVisit]) -> VisitOpened:
    """What was said, or what has changed of it since a position; ask it after connecting, and every 30 s."""
    await hear_conversation(question.deps, question.connection)
    return await resuming.open_visit(question.deps, question.caller, question.body)


async def say_in_widget(question: Question[VisitorSays]) -> VisitorMessage:
    """Say something: answered once it stands in the conversation; a repeat of a `client_id` says nothing again."""
    message = await saying.say(question.act, question.body)
    await hear_conversation(question.deps, question.connection)
    # What was typed last may not be told yet.
    tell_typed(question, "")
    return message


async def type_in_widget(question: Question[VisitorTypes]) -> None:
    """What stands in the field; before anything was said there is nobody to see it."""
    await still_hear_conversation(question.deps, question.connection)
    tell_typed(question, question.body.text)


def tell_typed(question: Question[Any], text: str) -> None:
    """To whoever has the visitor's conversation open."""
    for thread in question.connection.watched:
        visitor_types(question.deps, question.caller.account, thread, text)


async def seen(question: Question[UpTo]) -> None:
    """These messages have arrived on a page of the visitor's."""
    await receipts.note(question.deps, question.caller, question.body.message_id, State.DELIVERED)


async def read_in_widget(question: Question[UpTo]) -> None:
    """The visitor has had these messages before their eyes."""
    await receipts.note(question.deps, question.caller, question.body.message_id, State.READ)


ASKS = (
    Ask(
        namespace="/widget", name="open", handler=open_widget, permission=Permission.VISIT, body=OpenVisit,
        answer=VisitOpened, weight=4, summary="Open the conversation",
    ),
    Ask(
        namespace="/widget", name="say", handler=say_in_widget, permission=Permission.VISIT, body=VisitorSays,
        answer=VisitorMessage, weight=5, recorded_in="the intake ledger", summary="Say something",
    ),
    Ask(
        namespace="/widget", name="typing", handler=type_in_widget, permission=Permission.VISIT, body=VisitorTypes,
        summary="Say what is being typed",
    ),
    Ask(
        namespace="/widget", name="seen", handler=seen, permission=Permission.VISIT, body=UpTo, weight=2,
        recorded_in="the conversation's log", summary="Note that messages have arrived",
    ),
    Ask(
        namespace="/widget", name="read", handler=read_in_widget, permission=Permission.VISIT, body=UpTo, weight=2,
        recorded_in="the conversation's log", summary="Note that messages were read",
    ),
)  # fmt: skip
