"""Whoever has written something that is said later: what they may do is asked anew when its time has come."""

from hub.access import Caller, Permission
from hub.accounts import key_standing, standing
from hub.deps import Deps
from hub.sending.errors import AuthorNotAble
from hub.threads.access import is_within, reach_of
from hub.threads.models import Author, AuthorKind, Thread

REPLY = Permission.THREADS_REPLY


async def check_may_still(deps: Deps, thread: Thread, author: Author) -> None:
    """Raise AuthorNotAble unless the author could say it in this conversation at this moment."""
    caller = await find_caller(deps, thread.account, author)
    is_able = caller is not None and REPLY in caller.grants
    if caller is None or not is_able or not is_within(thread, await reach_of(deps, caller, REPLY)):
        raise AuthorNotAble("Whoever has written this may not write in this conversation any more.")


async def find_caller(deps: Deps, account: str, author: Author) -> Caller | None:
    """The author, with what they may do now; None when they may do nothing."""
    find = key_standing.find_caller_of if author.kind is AuthorKind.KEY else standing.find_caller_of
    return await find(deps, account, author.id)
