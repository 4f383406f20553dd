"""Roles that an account makes itself, of permissions that whoever makes them has."""

from hub.access import SCOPED, Caller, Grants, Permission
from hub.accounts import naming, repository
from hub.accounts.api_keys import as_grants, shown_grants
from hub.accounts.errors import BuiltIn, NoSuchRole, RoleInUse
from hub.accounts.models import CustomRole
from hub.accounts.role_shapes import PermissionShown, RoleChange, RoleShown, RoleWanted
from hub.accounts.roles import BUILT_IN, OF_KEYS, check_grants, check_may_give, check_may_place
from hub.accounts.shapes import Grant
from hub.act import Act
from hub.deps import Deps
from hub.errors import Conflict
from hub.permissions import ABOUT
from hub.store.mongo import Document

NAME_PLACE, KEY_PLACE = f"{repository.ROLES}.name", f"{repository.ROLES}.key"


def list_permissions() -> list[PermissionShown]:
    """What roles and keys can be made of, in plain words."""
    return [
        PermissionShown(permission=one, about=ABOUT[one], has_scopes=one in SCOPED)
        for one in Permission
        if one in OF_KEYS
    ]


async def list_roles(deps: Deps, account: str) -> list[RoleShown]:
    """The four of every account, then its own."""
    own = await repository.list_all(deps.mongo, account, CustomRole)
    return [*map(built_in, BUILT_IN), *[await shown(deps, role) for role in own]]


async def make(act: Act, wanted: RoleWanted) -> RoleShown:
    """A role that allows no more than whoever makes it may do."""
    deps, account, grants = act.deps, act.account, checked(act.caller, wanted.grants)
    check_name(wanted.name)
    role = CustomRole(
        id=act.new_id,
        account=account,
        name=await deps.sealer.seal(account, NAME_PLACE, wanted.name),
        key=await naming.key_of(deps, account, KEY_PLACE, wanted.name),
        granted=sorted(grants.items()),
        made_at=deps.clock.now(),
    )
    await naming.add(deps, role)
    made = await shown(deps, role)
    act.note.target, act.note.after = {"role": role.id}, made
    return made


async def change(act: Act, id: str, wanted: RoleChange) -> RoleShown:
    """Another name, other grants. To change a role takes all that it allows, before and after."""
    deps, role = act.deps, await access_role(act, id)
    fields: Document = {}
    if wanted.grants is not None:
        grants = checked(act.caller, wanted.grants)
        await check_reach(act, role, grants)
        fields["granted"] = sorted(grants.items())
    if wanted.name is not None:
        check_name(wanted.name)
        fields["name"] = await deps.sealer.seal(role.account, NAME_PLACE, wanted.name)
        fields["key"] = await naming.key_of(deps, role.account, KEY_PLACE, wanted.name)
    # What it allows may have become more since we looked, and more than this caller has.
    if fields and not await naming.change(deps, role, where={"granted": role.granted}, **fields):
        raise Conflict("The role was changed at the same moment; look at it again.", id=id)
    changed = await shown(deps, await get_role(deps, role.account, id))
    act.note.after = changed
    return changed


async def check_reach(act: Act, role: CustomRole, grants: Grants) -> None:
    """What is new for the own teams is given for those of everybody who has the role: the caller must reach them."""
    new = dict(set(grants.items()) - set(role.granted))
    check_may_place(act.caller, new, await repository.list_role_teams(act.deps.mongo, role.account, role.id))


async def delete(act: Act, id: str) -> None:
    """It goes, once nobody has it. Whoever is given it at the same moment has a role that allows nothing."""
    deps, role = act.deps, await access_role(act, id)
    members, invitations = await repository.count_role(deps.mongo, role.account, id, deps.clock.now())
    if members or invitations:
        raise RoleInUse(
            f"{members} members have this role and {invitations} are invited to it: give them another one first.",
            members=members,
            invitations=invitations,
        )
    if not await repository.remove(deps.mongo, role.account, CustomRole, id):
        raise no_such_role(id)


async def access_role(act: Act, id: str) -> CustomRole:
    """One of the account's own, if the caller has whatever it allows; what it is goes into the audit log."""
    if id in BUILT_IN:
        raise BuiltIn("The roles that come with every account stay as they are: make one of your own.", id=id)
    role = await get_role(act.deps, act.account, id)
    act.note.target, act.note.before = {"role": id}, await shown(act.deps, role)
    check_may_give(act.caller, dict(role.granted))
    return role


async def get_role(deps: Deps, account: str, id: str) -> CustomRole:
    """One of the account's own."""
    role = await repository.find(deps.mongo, account, CustomRole, id)
    if role is None:
        raise no_such_role(id)
    return role


def checked(caller: Caller, wanted: list[Grant]) -> Grants:
    """The grants, if they make a role and the caller has them all."""
    grants = as_grants(wanted)
    check_grants(grants)
    check_may_give(caller, grants)
    return grants


def check_name(name: str) -> None:
    """Raise NameTaken for what would pass as a role of every account."""
    if naming.plain(name) in BUILT_IN:
        raise naming.name_taken()


def built_in(id: str) -> RoleShown:
    """One of the four, as the API shows it."""
    grants = shown_grants(BUILT_IN[id].items())
    return RoleShown(id=id, name=id.capitalize(), is_built_in=True, grants=grants, made_at=None)


async def shown(deps: Deps, role: CustomRole) -> RoleShown:
    """One of the account's own, as the API shows it."""
    return RoleShown(
        id=role.id,
        name=await deps.sealer.text(role.account, NAME_PLACE, role.name),
        is_built_in=False,
        grants=shown_grants(role.granted),
        made_at=role.made_at,
    )


def no_such_role(id: str) -> NoSuchRole:
    """There is none of this account."""
    return NoSuchRole("There is no such role.", id=id)
