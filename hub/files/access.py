"""Who may see a file: until a message takes it, whoever has kept it, and those whose permission reaches that one; then
whoever may see the conversation."""

from hub.access import Caller, Permission
from hub.accounts.standing import whose
from hub.deps import Deps
from hub.files.actions import get_file, missing
from hub.files.models import File
from hub.threads import log
from hub.threads.access import is_within, reach_of
from hub.threads.models import Author


def mark_of(who: Caller | Author) -> str:
    """How a file names whom it belongs to."""
    return f"{who.kind}:{who.id}"


async def access_file(deps: Deps, caller: Caller, id: str, permission: Permission) -> File:
    """One that the caller's permission reaches; to others it does not exist."""
    file = await get_file(deps, caller.account, id)
    if file.thread is None:
        is_reached = await reaches_keeper(deps, caller, file, permission)
    else:
        is_reached = await reaches_thread(deps, caller, file.thread, permission)
    return file if is_reached else missing(id)


async def reaches_keeper(deps: Deps, caller: Caller, file: File, permission: Permission) -> bool:
    """Whether the permission covers what belongs to whoever has kept the file."""
    members = await whose(deps, caller, permission)
    return members is None or file.by == mark_of(caller) or file.by in {f"member:{member}" for member in members}


async def reaches_thread(deps: Deps, caller: Caller, thread_id: str, permission: Permission) -> bool:
    """Whether the permission covers the thread, or the one that it goes on in."""
    reach = await reach_of(deps, caller, permission)
    thread = await log.get_thread(deps, caller.account, thread_id)
    return is_within(thread, reach) or is_within(await log.where_it_goes_on(deps, thread), reach)
