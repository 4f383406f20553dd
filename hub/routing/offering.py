"""Offers: a member is asked, and says yes, no, or nothing in time."""

from typing import Literal

from hub.access import Permission
from hub.act import Act
from hub.deps import Deps
from hub.routing.errors import OfferGone
from hub.threads.access import access_thread, author_of
from hub.threads.acting import member_for
from hub.threads.happening import happen
from hub.threads.happenings import OfferPassed, Owner, OwnerChanged, OwnerKind
from hub.threads.models import THE_HUB, Author, Thread

Why = Literal["time", "declined", "gone"]


async def accept(act: Act, id: str, member_id: str | None) -> Thread:
    """The member takes it. To say so twice changes nothing."""
    thread = await access_thread(act.deps, act.caller, id, Permission.THREADS_REPLY)
    member = await member_for(act, member_id, Permission.THREADS_REPLY)
    mine = Owner(OwnerKind.MEMBER, member)

    def decide(now: Thread) -> OwnerChanged | None:
        if now.owner == mine:
            return None
        check_offered(now, member)
        return OwnerChanged(owner=mine, why="routed", team=now.team, because="accepted")

    return await happen(act.deps, thread, decide, author_of(act.caller), id=act.new_id)


async def decline(act: Act, id: str, member_id: str | None) -> Thread:
    """Somebody else is asked."""
    thread = await access_thread(act.deps, act.caller, id, Permission.THREADS_REPLY)
    member = await member_for(act, member_id, Permission.THREADS_REPLY)
    check_offered(thread, member)
    return await pass_on(act.deps, thread, member, "declined", author_of(act.caller), id=act.new_id)


async def pass_on(
    deps: Deps, thread: Thread, member: str, why: Why, author: Author = THE_HUB, *, id: str | None = None
) -> Thread:
    """The offer to the member is over, if it still is theirs. The reaction to that asks somebody else."""

    def decide(now: Thread) -> OfferPassed | None:
        return OfferPassed(member=member, why=why) if now.offered_to == member else None

    return await happen(deps, thread, decide, author, id=id)


def check_offered(thread: Thread, member: str) -> None:
    """Raise unless the member is being asked."""
    if thread.offered_to != member:
        raise OfferGone("This conversation is not offered to you, or no more.", owner=thread.owner)
