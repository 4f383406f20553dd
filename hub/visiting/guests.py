"""Visitors as guests of the namespace `/widget`: who comes in, and what they hear there. The one place where a page of
a visitor is let into an audience."""

from collections.abc import Set

from starlette.requests import HTTPConnection

from hub.access import Caller
from hub.audiences import Audience, Namespace, of_visit, of_visitor
from hub.deps import Deps
from hub.sockets.connection import Connection
from hub.visiting.reading import list_threads
from hub.visiting.standing import identify_visitor

# For so long what was a visitor's conversation is taken for it still, while they type.
REMEMBERED_S = 2.0


class Visitors:
    """Whoever writes in the widget."""

    namespace: Namespace = "/widget"
    # Anybody may be one, as often as they like.
    most_of_address: int = 300

    async def identify(self, deps: Deps, token: str) -> Caller:
        """By the token of a visit."""
        return await identify_visitor(deps, token)

    async def is_welcome(self, deps: Deps, caller: Caller, arrival: HTTPConnection) -> bool:
        """From the pages that the token was made for, and from nowhere else: a program sends no origin."""
        return arrival.headers.get("origin") == caller.origin

    async def audiences(self, deps: Deps, caller: Caller) -> set[Audience]:
        """What was said by them and to them."""
        return {of_visit(caller.id)}

    async def thread_audiences(self, deps: Deps, caller: Caller, threads: Set[str]) -> dict[str, set[Audience]]:
        """Of the conversation that is theirs: that somebody is about to say something."""
        theirs = {one.id for one in await list_threads(deps, caller)}
        return {thread: {of_visitor(thread)} if thread in theirs else set() for thread in threads}

    async def came(self, deps: Deps, connection: Connection) -> None:
        """They need not be seen to be there."""

    async def went(self, deps: Deps, connection: Connection) -> None:
        """Nor to be gone."""


async def hear_conversation(deps: Deps, connection: Connection) -> None:
    """Let the page hear the conversation that is the visitor's, once there is one; and no other."""
    deps.memory.forget(question_of(connection.caller))
    await still_hear_conversation(deps, connection)


async def still_hear_conversation(deps: Deps, connection: Connection) -> None:
    """The same, for what comes with every letter: it may go by what was so some seconds ago."""
    caller = connection.caller
    current = await deps.memory.recall(question_of(caller), lambda: find_current(deps, caller), for_s=REMEMBERED_S)
    for thread in connection.watched.keys() - {current}:
        connection.watch(thread, ())
    if current and connection.is_open:
        connection.watch(current, {of_visitor(current)})


async def find_current(deps: Deps, caller: Caller) -> str | None:
    """The conversation that goes on; none before they have said anything."""
    threads = await list_threads(deps, caller)
    return threads[0].id if threads else None


def question_of(caller: Caller) -> str:
    """What a process remembers a visitor's conversation by."""
    return f"conversation of visitor:{caller.id}"
