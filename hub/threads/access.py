"""Which threads a caller may see: all, those of one's teams, or one's own and those one follows."""

from collections.abc import Collection

from hub.access import Caller, Permission, Scope
from hub.accounts.standing import whose
from hub.deps import Deps
from hub.threads import repository
from hub.threads.errors import NoSuchThread
from hub.threads.models import Author, AuthorKind, Thread

# What whoever follows a conversation may do with it: following is open to all who see it, and gives no more than that.
OF_FOLLOWERS = frozenset({Permission.THREADS_VIEW, Permission.THREADS_FOLLOW})

Reach = frozenset[str]


async def reach_of(deps: Deps, caller: Caller, permission: Permission) -> Reach | None:
    """What a query is bound by: `Thread.reach` must share one of these; None is everything of the account."""
    return reach_among(caller, permission, await whose(deps, caller, permission))


def reach_among(caller: Caller, permission: Permission, mates: Collection[str] | None) -> Reach | None:
    """The same, by whoever is in a team of the caller's; where the permission reaches no team, nobody has to be."""
    if caller.grants[permission] is Scope.ALL:
        return None
    members = {caller.id, *(mates or ())}
    teams = caller.teams if caller.grants[permission] is Scope.TEAM else frozenset[str]()
    marks = ("member", "follow") if permission in OF_FOLLOWERS else ("member",)
    return frozenset(f"{mark}:{member}" for mark in marks for member in members) | {f"team:{team}" for team in teams}


def is_within(thread: Thread, reach: Collection[str] | None) -> bool:
    """Whether the thread is one of those."""
    return reach is None or not set(reach).isdisjoint(thread.reach)


async def access_thread(deps: Deps, caller: Caller, id: str, permission: Permission) -> Thread:
    """One that the caller's permission reaches; to others it does not exist."""
    thread = await repository.find_thread(deps.mongo, caller.account, id)
    if thread is None or not is_within(thread, await reach_of(deps, caller, permission)):
        raise NoSuchThread("There is no such conversation.", id=id)
    return thread


def author_of(caller: Caller) -> Author:
    """Whoever asks, as a log names them."""
    return Author(AuthorKind.KEY if caller.kind == "key" else AuthorKind.MEMBER, caller.id)
