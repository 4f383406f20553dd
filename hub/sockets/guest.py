"""Who comes in by a namespace, and what they hear there. The one place where a socket is let into an audience."""

from collections.abc import Collection, Set
from typing import Protocol
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from hub.access import Caller, Permission, check_permission
from hub.accounts.standing import whose
from hub.audiences import (
    ALL,
    Audience,
    Namespace,
    of_account,
    of_inbox,
    of_lists,
    of_marks,
    of_member,
    of_numbers,
    of_people,
    of_thread,
)
from hub.deps import Deps
from hub.errors import HubError, Unauthenticated
from hub.presence.being import came, went
from hub.sessions.standing import identify_token
from hub.sockets.connection import Connection
from hub.threads.access import access_thread, reach_of
from hub.threads.models import Thread


class Guests(Protocol):
    """How one namespace receives. So many sockets of one address may be there at a time in a process."""

    namespace: Namespace
    most_of_address: int

    async def identify(self, deps: Deps, token: str) -> Caller:
        """Who speaks, or Unauthenticated."""

    async def is_welcome(self, deps: Deps, caller: Caller, arrival: HTTPConnection) -> bool:
        """Whether they may come from the page that they come from."""

    async def audiences(self, deps: Deps, caller: Caller) -> set[Audience]:
        """What they hear at once."""

    async def thread_audiences(self, deps: Deps, caller: Caller, threads: Set[str]) -> dict[str, set[Audience]]:
        """What they hear of conversations that they have open, by each of them."""

    async def came(self, deps: Deps, connection: Connection) -> None:
        """They are there now."""

    async def went(self, deps: Deps, connection: Connection) -> None:
        """They are not any more, over this connection."""


class Colleagues:
    """Members, and scripts of the account, in the inbox."""

    namespace: Namespace = "/inbox"
    # Each of them has shown who they are: a thousand people in one office, and what they have open.
    most_of_address: int = 3_000

    async def identify(self, deps: Deps, token: str) -> Caller:
        """A member who may do all that members may, or a key; the operator belongs to no account."""
        caller = await identify_token(deps, token)
        if caller.kind not in ("member", "key"):
            raise Unauthenticated("The inbox is for members and for API keys.")
        if not is_colleague(caller):
            check_permission(caller, Permission.MEMBERSHIP)
        return caller

    async def is_welcome(self, deps: Deps, caller: Caller, arrival: HTTPConnection) -> bool:
        """From our own pages, by whichever name they were opened, and from programs, which come from nowhere."""
        origin = arrival.headers.get("origin")
        if origin is None or origin == deps.settings.base_url:
            return True
        return urlsplit(origin).netloc == arrival.headers.get("host") != ""

    async def audiences(self, deps: Deps, caller: Caller) -> set[Audience]:
        """The lists that their permission reaches, and what is for them alone."""
        account, heard = caller.account, {of_member(caller.account, caller.id)}
        if caller.kind == "member" or caller.may(Permission.ACCOUNT_VIEW):
            heard.add(of_account(account))
        if caller.may(Permission.THREADS_VIEW):
            heard |= {of_inbox(account), of_numbers(account, caller.id)}
        marks = await marks_of(deps, caller)
        heard |= of_lists(account, marks) | of_marks(account, caller.id, marks)
        return heard | of_people(account, await people_marks_of(deps, caller))

    async def thread_audiences(self, deps: Deps, caller: Caller, threads: Set[str]) -> dict[str, set[Audience]]:
        """By every mark that they could see them by: when they may no more, nothing of it is said to those."""
        marks = await marks_of(deps, caller)
        return {thread: of_thread(caller.account, thread, marks) for thread in threads}

    async def came(self, deps: Deps, connection: Connection) -> None:
        """At one screen more."""
        await came(deps, connection)

    async def went(self, deps: Deps, connection: Connection) -> None:
        """At one screen less."""
        await went(deps, connection)


def is_colleague(caller: Caller) -> bool:
    """Whether it is a script, or a member who has shown all that the account asks for."""
    return caller.kind == "key" or (caller.kind == "member" and caller.may(Permission.MEMBERSHIP))


async def marks_of(deps: Deps, caller: Caller) -> Collection[str]:
    """By which marks the caller sees conversations."""
    if not caller.may(Permission.THREADS_VIEW):
        return ()
    reach = await reach_of(deps, caller, Permission.THREADS_VIEW)
    return (ALL,) if reach is None else reach


async def people_marks_of(deps: Deps, caller: Caller) -> Collection[str]:
    """By whose leads the caller sees people."""
    if not caller.may(Permission.PEOPLE_VIEW):
        return ()
    members = await whose(deps, caller, Permission.PEOPLE_VIEW)
    return (ALL,) if members is None else members


async def open_thread(deps: Deps, connection: Connection, id: str) -> Thread:
    """Let the socket hear a conversation, if whoever speaks over it may see that one at this moment; as it is once it
    is heard. What is heard before it is looked up is addressed to those who may see it, and to nobody else."""
    seen = -1
    # Something may be taken away while we look; what is looked up then is of the past.
    while seen != connection.changes:
        seen = connection.changes
        check_permission(connection.caller, Permission.THREADS_VIEW)
        audiences = of_thread(connection.caller.account, id, await marks_of(deps, connection.caller))
    connection.watch(id, audiences)
    try:
        return await access_thread(deps, connection.caller, id, Permission.THREADS_VIEW)
    except HubError:
        connection.watch(id, ())
        raise
