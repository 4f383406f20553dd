"""How accounts begin, and what their owners decide about them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hub.access import Permission
from hub.accounts import repository
from hub.accounts.errors import LastOwner, NoSuchMember, SignUpClosed
from hub.accounts.hours import zones
from hub.accounts.members import new_member
from hub.accounts.models import Account, Member
from hub.accounts.regions import check_region, forget_region, region_of
from hub.accounts.roles import ADMIN
from hub.accounts.shapes import AccountChange, AccountShown
from hub.accounts.standing import access_account, access_member
from hub.act import Act
from hub.deps import Deps
from hub.errors import Invalid
from hub.logins import actions as logins
from hub.logins.models import Login
from hub.store.mongo import Document

ACCOUNT_PLACE = f"{repository.ACCOUNTS}.name"


class NoSuchZone(Invalid):
    """There is no such time zone."""

    code = "no_such_zone"


async def found(act: Act, name: str, login: Login, owner_name: str) -> tuple[Account, Member]:
    """A new account, and its first owner. The account comes last: without it, a member is none."""
    deps, id, now = act.deps, act.new_id, act.deps.clock.now()
    owner = await new_member(deps, id, login, name=owner_name, role=ADMIN)
    account = Account(
        id=id,
        account=id,
        name=await deps.sealer.seal(id, ACCOUNT_PLACE, name),
        owners=[owner.id],
        made_at=now,
    )
    await repository.add(deps.mongo, owner)
    await repository.add(deps.mongo, account)
    await check_founded(deps, account, login)
    act.note.account, act.note.target = id, {"account": id, "member": owner.id}
    act.note.after = {"name": name, "owner": owner_name}
    return account, owner


async def check_founded(deps: Deps, account: Account, login: Login) -> None:
    """Until the account was there, the owner was no member that keeps a login: if it has gone, nothing stays."""
    try:
        await logins.get(deps, login.id)
    except logins.NoSuchLogin:
        await repository.remove_account(deps.mongo, account.id, [repository.MEMBERS, repository.ACCOUNTS])
        await deps.sealer.erase(account.id)
        raise logins.LoginChanged("The login of this address was removed at the same moment: try again.") from None


async def check_sign_up(deps: Deps) -> None:
    """Raise SignUpClosed unless this is the first account here, or the settings let anybody make one."""
    if not deps.settings.open_sign_up and await repository.any_account(deps.mongo):
        raise SignUpClosed("New accounts are made by the operator: `python -m hub account create`.")


@asynccontextmanager
async def first_place(deps: Deps) -> AsyncIterator[None]:
    """Where only the first may sign up, of two at the same moment one is; whoever fails leaves the place."""
    if deps.settings.open_sign_up:
        yield
        return
    if not await repository.take_first_place(deps.mongo, deps.clock.now()):
        raise SignUpClosed("Somebody else has just signed up first.")
    try:
        # Between the look before and this moment somebody may have come and gone.
        await check_sign_up(deps)
        yield
    finally:
        await repository.leave_first_place(deps.mongo)


async def show_account(deps: Deps, account: Account) -> AccountShown:
    """As the API shows it."""
    return AccountShown(
        id=account.id,
        name=await name_of(deps, account),
        owners=account.owners,
        requires_second_factor=account.requires_second_factor,
        zone=account.zone,
        region=region_of(account),
        made_at=account.made_at,
    )


async def name_of(deps: Deps, account: Account) -> str:
    """What the business calls itself."""
    return await deps.sealer.text(account.id, ACCOUNT_PLACE, account.name)


async def change_account(act: Act, change: AccountChange) -> AccountShown:
    """Another name, another time zone, another country."""
    fields: Document = {}
    if change.name is not None:
        fields["name"] = await act.deps.sealer.seal(act.account, ACCOUNT_PLACE, change.name)
    if change.zone is not None:
        check_zone(change.zone)
        fields["zone"] = change.zone
    if change.region:
        check_region(change.region)
    if change.region is not None:
        fields["region"] = change.region
    shown = await apply(act, {}, {"$set": fields})
    forget_region(act.deps, act.account)
    return shown


async def set_sign_in_rules(act: Act, *, requires_second_factor: bool) -> AccountShown:
    """Whether members must show a second factor. Whoever has none can from now on do nothing but set one up."""
    return await apply(act, {}, {"$set": {"requires_second_factor": requires_second_factor}})


async def transfer(act: Act, member_id: str) -> AccountShown:
    """Hand the ownership on, in one move: neither two of us nor nobody."""
    _, heir = await access_member(act.deps, act.caller, member_id, Permission.ACCOUNT_OWN)
    account = await access_account(act.deps, act.caller)
    # To hand it on to oneself leaves everything as it is.
    owners = [*(one for one in account.owners if one not in (act.caller.id, heir.id)), heir.id]
    act.note.target = {"member": heir.id}
    if act.caller.id not in account.owners:
        raise owners_changed()
    return await apply(act, {"owners": account.owners, "disabled": {"$ne": heir.id}}, {"$set": {"owners": owners}})


async def add_owner(act: Act, member_id: str) -> AccountShown:
    """One owner more."""
    _, heir = await access_member(act.deps, act.caller, member_id, Permission.ACCOUNT_OWN)
    act.note.target = {"member": heir.id}
    where = {"owners": act.caller.id, "disabled": {"$ne": heir.id}}
    return await apply(act, where, {"$addToSet": {"owners": heir.id}})


async def drop_owner(act: Act, member_id: str) -> AccountShown:
    """An owner becomes an admin; the last one cannot."""
    act.note.target = {"member": member_id}
    account = await access_account(act.deps, act.caller)
    if member_id not in account.owners:
        raise NoSuchMember("There is no such owner.", id=member_id)
    return await apply(act, {"owners": act.caller.id, "owners.1": {"$exists": True}}, {"$pull": {"owners": member_id}})


async def apply(act: Act, where: Document, change: Document) -> AccountShown:
    """Change the account, unless something stands in the way; before and after go into the audit log."""
    account = await access_account(act.deps, act.caller)
    act.note.target = {"account": account.id, **act.note.target}
    act.note.before = await show_account(act.deps, account)
    if change != {"$set": {}} and not await repository.change_account(act.deps.mongo, account.id, where, change):
        raise owners_changed()
    after = await show_account(act.deps, await access_account(act.deps, act.caller))
    act.note.after = after
    return after


def owners_changed() -> LastOwner:
    """What whoever owns the account no more, or sees owners of a moment ago, is told as well."""
    return LastOwner("An account has an owner who can come in: the owners were changed meanwhile, or this is the last.")


def check_zone(zone: str) -> None:
    """Raise unless it is a time zone that there is."""
    if zone not in zones():
        raise NoSuchZone("There is no such time zone; they are named like Asia/Kolkata.", field="zone")
