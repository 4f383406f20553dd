"""Members: who works for an account, and as what."""

from hub.access import Caller, Permission
from hub.accounts import repository
from hub.accounts.errors import AlreadyMember, NoSuchMember, NoSuchTeam, OwnersStay
from hub.accounts.fullness import check_not_full
from hub.accounts.models import Account, Member, Team
from hub.accounts.roles import check_may_give, check_may_place
from hub.accounts.shapes import MemberChange, MemberShown
from hub.accounts.standing import access_account, access_member, grants_of, role_grants, role_of, whose
from hub.act import Act
from hub.deps import Deps
from hub.errors import Conflict
from hub.logins import actions as logins
from hub.logins.models import Login
from hub.store.ids import new_id
from hub.store.mongo import Document, Duplicate

NAME_PLACE, EMAIL_PLACE = f"{repository.MEMBERS}.name", f"{repository.MEMBERS}.email"


async def check_teams(deps: Deps, account: str, teams: list[str]) -> None:
    """Raise NoSuchTeam unless all of them are the account's."""
    known = {team.id for team in await repository.list_all(deps.mongo, account, Team)}
    if strange := set(teams) - known:
        raise NoSuchTeam("There is no such team.", teams=sorted(strange))


async def list_members(deps: Deps, caller: Caller) -> list[MemberShown]:
    """All, those of the caller's teams, or only the caller: as far as the permission reaches."""
    account = await access_account(deps, caller)
    members = await repository.list_all(
        deps.mongo, account.id, Member, await whose(deps, caller, Permission.MEMBERS_VIEW)
    )
    return [await shown(deps, account, member) for member in members]


async def change_member(act: Act, id: str, change: MemberChange) -> MemberShown:
    """Another role, other teams, another name. Taking a role away needs as much as giving it."""
    deps = act.deps
    account, member = await access_member(deps, act.caller, id, Permission.MEMBERS_MANAGE)
    before = await shown(deps, account, member)
    fields: Document = {}
    grants = await grants_of(deps, account, member)
    if change.role is not None and change.role != role_of(account, member):
        await check_may_change(act.caller, account, member, deps)
        grants = await role_grants(deps, account.id, change.role)
        check_may_give(act.caller, grants)
        # A new role reaches anew every team that the member is in.
        check_may_place(act.caller, grants, member.teams if change.teams is None else change.teams)
        fields["role"] = change.role
    if change.teams is not None:
        await check_teams(deps, account.id, change.teams)
        check_may_place(act.caller, grants, set(change.teams) - set(member.teams))
        fields["teams"] = sorted(set(change.teams))
    if change.name is not None:
        fields["name"] = await deps.sealer.seal(account.id, NAME_PLACE, change.name)
    # What is taken away is what was seen: the role may have become one that this caller cannot take away, and the teams
    # some that it does not reach.
    seen = {"role": member.role, "teams": member.teams} if "role" in fields else {}
    if fields and not await repository.change(deps.mongo, account.id, Member, id, where=seen, **fields):
        raise Conflict("The member was changed at the same moment, or is gone; look again.", id=id)
    await repository.leave_gone_teams(deps.mongo, account.id, fields.get("teams", ()))
    return await note_change(act, before, id)


async def check_may_change(caller: Caller, account: Account, member: Member, deps: Deps) -> None:
    """Raise unless the caller has whatever this member has; an owner's role changes by handing the account on."""
    if member.id in account.owners:
        raise OwnersStay("An owner's role does not change: hand the ownership on first.")
    check_may_give(caller, await grants_of(deps, account, member))


async def add(act: Act, account: Account, login: Login, *, name: str, role: str) -> Member:
    """A login works for the account from now on."""
    await check_not_full(act.deps, account.id, Member)
    member = await new_member(act.deps, account.id, login, name=name, role=role)
    try:
        await store(act.deps, member)
    except Duplicate:
        raise AlreadyMember("This address is a member's already.") from None
    act.note.account, act.note.target = account.id, {"member": member.id}
    act.note.after = await shown(act.deps, account, member)
    return member


async def store(deps: Deps, member: Member) -> None:
    """Raise Duplicate for whoever is a member already, and LoginChanged when the login has just gone with its last
    other membership: nobody could come in as this member."""
    await repository.add(deps.mongo, member)
    try:
        await logins.get(deps, member.login)
    except logins.NoSuchLogin:
        await repository.remove(deps.mongo, member.account, Member, member.id)
        raise logins.LoginChanged("The login of this address was removed at the same moment: try again.") from None


async def new_member(
    deps: Deps, account: str, login: Login, *, name: str, role: str, subject: str | None = None
) -> Member:
    """A login, as it is about to work for an account."""
    return Member(
        id=new_id(deps.clock.now()),
        account=account,
        login=login.id,
        role=role,
        name=await deps.sealer.seal(account, NAME_PLACE, name),
        email=await deps.sealer.seal(account, EMAIL_PLACE, await logins.email_of(deps, login)),
        made_at=deps.clock.now(),
        subject=subject,
    )


async def rename(act: Act, id: str, name: str) -> None:
    """How a member is called."""
    account = await access_account(act.deps, act.caller)
    member = await repository.find(act.deps.mongo, account.id, Member, id)
    if member is None:
        raise NoSuchMember("There is no such member any more.", id=id)
    before = await shown(act.deps, account, member)
    sealed = await act.deps.sealer.seal(account.id, NAME_PLACE, name)
    await repository.change(act.deps.mongo, account.id, Member, id, name=sealed)
    await note_change(act, before, id)


async def note_change(act: Act, before: MemberShown, id: str) -> MemberShown:
    """How the member is now; both go into the audit log."""
    account = await access_account(act.deps, act.caller)
    member = await repository.find(act.deps.mongo, account.id, Member, id)
    if member is None:
        raise NoSuchMember("There is no such member any more.", id=id)
    after = await shown(act.deps, account, member)
    act.note.target, act.note.before, act.note.after = {"member": id}, before, after
    return after


async def shown(deps: Deps, account: Account, member: Member) -> MemberShown:
    """As the API shows it."""
    return MemberShown(
        id=member.id,
        name=await deps.sealer.text(account.id, NAME_PLACE, member.name),
        email=await deps.sealer.text(account.id, EMAIL_PLACE, member.email),
        role=role_of(account, member),
        teams=member.teams,
        is_disabled=member.id in account.disabled,
        made_at=member.made_at,
    )
