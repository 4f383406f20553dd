"""Conversations of members who are shut out wait for somebody else."""

from collections.abc import Collection

from hub.accounts.leaving import shut_out_of
from hub.deps import Deps
from hub.threads import repository
from hub.threads.happening import happen
from hub.threads.happenings import NOBODY, OwnerChanged, OwnerKind, Woken
from hub.threads.models import THE_HUB, Entry, Thread
from hub.threads.silence import is_from_person

BATCH = 100


async def let_go(deps: Deps, account: str, members: Collection[str]) -> bool:
    """Some of their open conversations; False when there were no more of them."""
    found = await repository.list_owned(deps.mongo, account, members, limit=BATCH)
    for thread in found:
        await release_from(deps, thread, members)
    return len(found) == BATCH


async def release_from(deps: Deps, thread: Thread, members: Collection[str]) -> None:
    """Whoever takes it has it, if one of these still does."""

    def decide(now: Thread) -> OwnerChanged | None:
        is_theirs = now.owner.kind is OwnerKind.MEMBER and now.owner.id in members
        return OwnerChanged(owner=NOBODY, why="left", team=now.team) if is_theirs and not now.merged_into else None

    await happen(deps, thread, decide, THE_HUB)


async def notice(deps: Deps, thread: Thread, entry: Entry) -> None:
    """A reaction: what was done or put off goes on, and may be of somebody who has left since."""
    if thread.owner.kind is not OwnerKind.MEMBER or not goes_on(entry):
        return
    if thread.owner.id in (members := await shut_out_of(deps, thread.account)):
        await release_from(deps, thread, members)


def goes_on(entry: Entry) -> bool:
    """Whether somebody is wanted from here on."""
    return is_from_person(entry) or isinstance(entry.event, Woken)
