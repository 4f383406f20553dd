"""What a login is for an account at this moment, and whose things the permission of a caller reaches."""

from collections.abc import Collection
from dataclasses import dataclass

from hub.access import Caller, Grants, Permission, Scope
from hub.accounts import repository
from hub.accounts.errors import MemberNotAble, NoSuchAccount, NoSuchMember, NoSuchRole
from hub.accounts.models import Account, CustomRole, Member
from hub.accounts.roles import BUILT_IN, OWNER
from hub.deps import Deps


@dataclass(frozen=True)
class Standing:
    """What a login is for an account at this moment."""

    account: Account
    member: Member
    grants: Grants


async def find_standing(deps: Deps, account: str, login: str) -> Standing | None:
    """None for whoever is no member, or is shut out."""
    found = await repository.find(deps.mongo, account, Account, account)
    member = await repository.find_membership(deps.mongo, account, login)
    if found is None or member is None or not found.is_open_to(member.id):
        return None
    return Standing(found, member, await grants_of(deps, found, member))


async def find_standings(deps: Deps, ids: Collection[str]) -> dict[str, Standing]:
    """The standing of many members, by their ids and in three queries. Whoever has none is left out."""
    members = (await repository.find_each(deps.mongo, Member, ids)).values()
    accounts = await repository.find_each(deps.mongo, Account, {member.account for member in members})
    able = [(accounts[one.account], one) for one in members if one.account in accounts]
    able = [(account, member) for account, member in able if account.is_open_to(member.id)]
    customs = {role_of(account, member) for account, member in able} - BUILT_IN.keys()
    roles = await repository.find_each(deps.mongo, CustomRole, customs)
    return {
        member.id: Standing(account, member, granted_by(account, member, roles.get(role_of(account, member))))
        for account, member in able
    }


async def list_standings(deps: Deps, login: str) -> list[Standing]:
    """Wherever the login may work, in the order of joining."""
    memberships = sorted(await repository.list_memberships(deps.mongo, login), key=lambda member: member.id)
    found = [await find_standing(deps, member.account, login) for member in memberships]
    return [standing for standing in found if standing]


async def has_work(deps: Deps, login: str) -> bool:
    """Whether it belongs to a member of an account that is open, shut out or not. What was left of an account that was
    never founded, or is closed, keeps no login."""
    for member in await repository.list_memberships(deps.mongo, login):
        account = await repository.find(deps.mongo, member.account, Account, member.account)
        if account and account.closed_at is None:
            return True
    return False


def role_of(account: Account, member: Member) -> str:
    """The role that counts: owners are named by the account."""
    return OWNER if member.id in account.owners else member.role


async def grants_of(deps: Deps, account: Account, member: Member) -> Grants:
    """What the member may do."""
    role = role_of(account, member)
    custom = None if role in BUILT_IN else await repository.find(deps.mongo, account.id, CustomRole, role)
    return granted_by(account, member, custom)


def granted_by(account: Account, member: Member, custom: CustomRole | None) -> Grants:
    """What the member may do by a role of every account, or by this one of the account's own. One that is gone allows
    nothing."""
    role = role_of(account, member)
    if role in BUILT_IN:
        return BUILT_IN[role]
    return dict(custom.granted) if custom and custom.account == account.id else {}


async def get_able(deps: Deps, account: str, id: str, permission: Permission) -> Member:
    """A member who is let in and has the permission; raises NoSuchMember, or MemberNotAble."""
    found = await repository.find(deps.mongo, account, Account, account)
    member = await repository.find(deps.mongo, account, Member, id)
    if found is None or member is None:
        raise NoSuchMember("There is no such member.", id=id)
    if not found.is_open_to(id) or permission not in await grants_of(deps, found, member):
        raise MemberNotAble("This member is disabled, or may not do this.", id=id, permission=permission)
    return member


async def find_caller_of(deps: Deps, account: str, id: str) -> Caller | None:
    """A member as one who asks, with nobody signed in: for what they have asked for before. None for whoever is no
    member any more, or is shut out."""
    found = await repository.find(deps.mongo, account, Account, account)
    member = await repository.find(deps.mongo, account, Member, id)
    if found is None or member is None or not found.is_open_to(id):
        return None
    return Caller("member", id, account, await grants_of(deps, found, member), frozenset(member.teams))


async def get_member(deps: Deps, account: str, id: str) -> Member:
    """One of the account's, let in or not; or NoSuchMember."""
    member = await repository.find(deps.mongo, account, Member, id)
    if member is None:
        raise NoSuchMember("There is no such member.", id=id)
    return member


async def role_grants(deps: Deps, account: str, role: str) -> Grants:
    """What a role allows; raises NoSuchRole. Nobody is made an owner this way."""
    if role in BUILT_IN and role != OWNER:
        return BUILT_IN[role]
    custom = await repository.find(deps.mongo, account, CustomRole, role)
    if custom is None:
        raise NoSuchRole("There is no such role that could be given.", role=role)
    return dict(custom.granted)


async def is_closed(deps: Deps, account: str) -> bool:
    """Whether it was closed, and something of it may be left for a while."""
    found = await repository.find(deps.mongo, account, Account, account)
    return found is not None and found.closed_at is not None


async def access_account(deps: Deps, caller: Caller) -> Account:
    """The caller's own."""
    account = await repository.find(deps.mongo, caller.account, Account, caller.account)
    if account is None or account.closed_at:
        raise NoSuchAccount("The account is closed.")
    return account


async def access_member(deps: Deps, caller: Caller, id: str, permission: Permission) -> tuple[Account, Member]:
    """The account and one of its members, if the caller's permission reaches that one."""
    account = await repository.find(deps.mongo, caller.account, Account, caller.account)
    member = await repository.find(deps.mongo, caller.account, Member, id)
    if account is None or member is None or not reaches(caller, member, permission):
        raise NoSuchMember("There is no such member.", id=id)
    return account, member


def reaches(caller: Caller, member: Member, permission: Permission) -> bool:
    """Whether the permission, as the caller has it, covers this member."""
    scope = caller.grants[permission]
    if scope is Scope.ALL or member.id == caller.id:
        return True
    return scope is Scope.TEAM and not caller.teams.isdisjoint(member.teams)


async def whose(deps: Deps, caller: Caller, permission: Permission) -> frozenset[str] | None:
    """The members whose things the permission covers, for a query to be bound by; None is everybody's."""
    scope = caller.grants[permission]
    if scope is Scope.ALL:
        return None
    mates = await repository.list_team_members(deps.mongo, caller.account, caller.teams) if scope is Scope.TEAM else []
    return frozenset({caller.id, *(mate.id for mate in mates)})


async def list_mates(deps: Deps, callers: Collection[Caller]) -> dict[str, frozenset[str]]:
    """Whoever is in a team of each of these callers, by the caller's id; in one query."""
    accounts, teams = {one.account for one in callers}, {team for one in callers for team in one.teams}
    members: dict[str, set[str]] = {}
    for member, theirs in await repository.list_placed(deps.mongo, accounts, teams) if teams else ():
        for team in theirs:
            members.setdefault(team, set()).add(member)
    return {one.id: frozenset().union(*(members.get(team, ()) for team in one.teams)) for one in callers}
