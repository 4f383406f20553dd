"""What somebody who asks does to a thread: whether they may, then the deed."""

from hub.access import Permission
from hub.accounts.standing import get_able
from hub.accounts.teams import get_team
from hub.act import Act
from hub.errors import Forbidden, Unprocessable
from hub.threads import marks, merging, ownership, state
from hub.threads.access import access_thread, author_of
from hub.threads.errors import MemberUnsaid
from hub.threads.log import get_thread
from hub.threads.models import Thread
from hub.threads.shapes import AssignWanted, TakeOver


async def access(act: Act, id: str) -> Thread:
    """One that the caller may write in."""
    return await access_thread(act.deps, act.caller, id, Permission.THREADS_REPLY)


async def member_for(act: Act, id: str | None, permission: Permission) -> str:
    """For whom this is done: whoever asks, or the member whom a script names."""
    caller = act.caller
    if caller.kind != "key":
        if id not in (None, caller.id):
            raise Forbidden("Members do this for themselves only.", permission=permission)
        return caller.id
    if id is None:
        raise MemberUnsaid("A key is nobody: name the member that this is done for.", field="member_id")
    return (await get_able(act.deps, act.account, id, permission)).id


async def take_over(act: Act, id: str, wanted: TakeOver) -> Thread:
    """The member speaks from here on."""
    thread = await access(act, id)
    member = await member_for(act, wanted.member_id, Permission.THREADS_REPLY)
    return await ownership.take_over(
        act.deps, thread, author_of(act.caller), member, from_other=wanted.from_other, id=act.new_id
    )


async def assign(act: Act, id: str, wanted: AssignWanted) -> Thread:
    """To whoever can do something about it: the permission says which conversations, not to whom they may go."""
    thread = await access_thread(act.deps, act.caller, id, Permission.THREADS_ASSIGN)
    if not wanted.member_id and not wanted.team_id:
        raise Unprocessable("Name a member, a team, or both.", field="member_id")
    if wanted.member_id:
        await get_able(act.deps, act.account, wanted.member_id, Permission.THREADS_REPLY)
    if wanted.team_id:
        await get_team(act.deps, act.account, wanted.team_id)
    return await ownership.assign(
        act.deps,
        thread,
        author_of(act.caller),
        member=wanted.member_id,
        team=wanted.team_id,
        word=wanted.word,
        id=act.new_id,
    )


async def follow(act: Act, id: str, member_id: str | None, *, is_following: bool) -> tuple[Thread, str]:
    """The member hears of it from now on, or no more; and which member that is."""
    thread = await access_thread(act.deps, act.caller, id, Permission.THREADS_FOLLOW)
    member = await member_for(act, member_id, Permission.THREADS_FOLLOW)
    after = await state.follow_thread(
        act.deps, thread, author_of(act.caller), member, is_following=is_following, id=act.new_id
    )
    return after, member


async def mark_read(act: Act, id: str, member_id: str | None, seq: int | None) -> tuple[Thread, str]:
    """The member has read so far; and which member that is."""
    thread = await access_thread(act.deps, act.caller, id, Permission.THREADS_FOLLOW)
    member = await member_for(act, member_id, Permission.THREADS_FOLLOW)
    return await marks.mark_read(act.deps, thread, member, seq), member


async def mark_unread(act: Act, id: str, member_id: str | None) -> tuple[Thread, str]:
    """The member wants to read it again; and which member that is."""
    thread = await access_thread(act.deps, act.caller, id, Permission.THREADS_FOLLOW)
    member = await member_for(act, member_id, Permission.THREADS_FOLLOW)
    return await marks.mark_unread(act.deps, thread, member), member


async def merge(act: Act, id: str, other_id: str) -> Thread:
    """Two that the caller reaches become one."""
    survivor, other = await access(act, id), await access(act, other_id)
    return await merging.merge(act.deps, survivor, other, author_of(act.caller), id=act.new_id)


async def undo_merge(act: Act, id: str, other_id: str) -> Thread:
    """They are two again."""
    survivor, other = await access(act, id), await get_thread(act.deps, act.account, other_id)
    if other.merged_into != survivor.id:
        # What goes on in a thread is seen by whoever sees that one, and by nobody else.
        await access(act, other_id)
    return await merging.undo(act.deps, survivor, other, author_of(act.caller), id=act.new_id)
