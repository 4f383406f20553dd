"""Shutting members out: for a while, for good, or by themselves. An account keeps an owner all the same."""

from hub.access import Permission
from hub.accounts import invitations, repository
from hub.accounts.errors import LastOwner, NoSuchMember, OwnersStay
from hub.accounts.leaving import LEAVING
from hub.accounts.members import EMAIL_PLACE, note_change, shown
from hub.accounts.models import Account, Member
from hub.accounts.roles import check_may_give
from hub.accounts.shapes import MemberShown
from hub.accounts.standing import access_account, access_member, grants_of, has_work
from hub.accounts.subjects import keep_out
from hub.act import Act
from hub.deps import Deps
from hub.logins import actions as logins
from hub.store.mongo import Document


async def disable(act: Act, id: str) -> MemberShown:
    """Shut out, within seconds and everywhere; what the member has done stays."""
    deps = act.deps
    account, member = await access_member(deps, act.caller, id, Permission.MEMBERS_MANAGE)
    before = await shown(deps, account, member)
    await shut_out(act, account, member)
    return await note_change(act, before, id)


async def enable(act: Act, id: str) -> MemberShown:
    """Let in again."""
    deps = act.deps
    account, member = await access_member(deps, act.caller, id, Permission.MEMBERS_MANAGE)
    before = await shown(deps, account, member)
    check_may_give(act.caller, await grants_of(deps, account, member))
    # Whoever is being removed stays out, or could be made an owner just before being no member any more.
    if not await repository.change_account(deps.mongo, account.id, {"gone": {"$ne": id}}, {"$pull": {"disabled": id}}):
        raise NoSuchMember("There is no such member any more.", id=id)
    return await note_change(act, before, id)


async def remove(act: Act, id: str) -> None:
    """No member any more; removing oneself is leaving."""
    deps = act.deps
    account, member = await access_member(deps, act.caller, id, Permission.MEMBERS_MANAGE)
    act.note.target, act.note.before = {"member": id}, await shown(deps, account, member)
    await shut_out(act, account, member, for_good=True)
    await forget(deps, member)


async def leave(act: Act) -> None:
    """Remove oneself. The last owner cannot."""
    deps, caller = act.deps, act.caller
    account = await access_account(deps, caller)
    member = await repository.find(deps.mongo, account.id, Member, caller.id)
    if member is None:
        raise NoSuchMember("There is no such member any more.", id=caller.id)
    act.note.target, act.note.before = {"member": member.id}, await shown(deps, account, member)
    await shut_out(act, account, member, for_good=True)
    await forget(deps, member)


async def forget(deps: Deps, member: Member) -> None:
    """The membership goes, with every link to the address; and with the last membership of a login, the login."""
    email = await deps.sealer.text(member.account, EMAIL_PLACE, member.email)
    await keep_out(deps, member, email)
    await invitations.withdraw_for(deps, member.account, email)
    await repository.remove(deps.mongo, member.account, Member, member.id)
    if not await has_work(deps, member.login):
        await logins.erase(deps, member.login)


async def shut_out(act: Act, account: Account, member: Member, *, for_good: bool = False) -> None:
    """In one move on the account: out of its owners, as long as one remains, and into those who are shut out."""
    caller, is_none, one_remains = act.caller, {"owners": {"$ne": member.id}}, {"owners.1": {"$exists": True}}
    if caller.id == member.id or caller.kind == "operator":
        where: Document = {"$or": [is_none, one_remains]}
    elif caller.may(Permission.ACCOUNT_OWN):
        # Or was allowed to, a moment ago.
        where = {"$or": [is_none, {"owners": caller.id, **one_remains}]}
    elif member.id in account.owners:
        raise OwnersStay("Only an owner can shut out an owner.")
    else:
        check_may_give(caller, await grants_of(act.deps, account, member))
        where = is_none
    out = dict.fromkeys(("disabled", "gone") if for_good else ("disabled",), member.id)
    due: Document = {"leaving": {"due_at": act.deps.clock.now()}}
    change: Document = {"$pull": {"owners": member.id}, "$addToSet": out, "$set": due}
    if not await repository.change_account(act.deps.mongo, account.id, where, change):
        raise LastOwner("This is the last owner: hand the ownership on first, or close the account.")
    await invitations.withdraw_by(act.deps, member)
    await act.deps.bell.ring(LEAVING, account.id)
