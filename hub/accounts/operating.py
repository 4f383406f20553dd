"""What operators do about accounts from outside: make them and list them, add members, shut them out."""

from dataclasses import replace
from datetime import datetime

from hub.access import Scope
from hub.accounts import api_keys, founding, members, repository, shutting_out, standing
from hub.accounts.errors import NoSuchAccount, NoSuchMember
from hub.accounts.models import Account, Member
from hub.accounts.roles import OF_KEYS
from hub.accounts.shapes import AccountLine, AccountMade, AccountWanted, MemberAdded
from hub.act import Act
from hub.deps import Deps
from hub.errors import Conflict
from hub.logins import actions as logins
from hub.logins import resets
from hub.logins.models import Login
from hub.store.ids import new_id

FIRST_KEY = "made with the account"


class UnprovedLogin(Conflict):
    """Somebody has signed up with the address, and nobody has proved that it is theirs."""

    code = "unproved_login"


async def make_account(act: Act, wanted: AccountWanted) -> AccountMade:
    """An account with its owner and a key that works at once."""
    login = await login_for(act.deps, wanted.owner, wanted.password)
    account, owner = await founding.found(act, wanted.name, login, wanted.owner_name or name_in(wanted.owner))
    everything, key_id = dict.fromkeys(OF_KEYS, Scope.ALL), new_id(act.deps.clock.now())
    # What the founding has noted is what matters here.
    before, after = act.note.target, act.note.after
    made = await api_keys.add(act, account.id, FIRST_KEY, everything, None, id=key_id)
    act.note.target, act.note.after = {**before, "key": key_id}, after
    return AccountMade(
        account_id=account.id,
        member_id=owner.id,
        key_id=key_id,
        key=made.secret,
        password_link=await link_for(act.deps, login),
    )


async def add_member(act: Act, account_id: str, email: str, *, name: str, role: str) -> MemberAdded:
    """A member at once, without an invitation."""
    account = await access_account(act.deps, account_id)
    await standing.role_grants(act.deps, account.id, role)
    login = await login_for(act.deps, email, None)
    member = await members.add(act, account, login, name=name or name_in(email), role=role)
    return MemberAdded(account_id=account.id, member_id=member.id, password_link=await link_for(act.deps, login))


async def login_for(deps: Deps, email: str, password: str | None) -> Login:
    """The one that the address has, with its own password, or a new one, for which the operator vouches. A login that
    nobody has proved may be a stranger's who has written the address down: then its owner comes first."""
    login = await logins.find(deps, email)
    if login is None:
        return await logins.make(deps, email, password, is_proved=True)
    if not login.is_proved:
        raise UnprovedLogin(
            "This address has a login, and nobody has proved that it is theirs: make a link with "
            "`python -m hub member reset`, and let the owner of the address use it first."
        )
    return login


async def link_for(deps: Deps, login: Login) -> str | None:
    """To set a password by, for a login that has none."""
    return None if login.password else await resets.new_link(deps, login)


async def list_accounts(deps: Deps) -> list[AccountLine]:
    """All of the installation's."""
    return [await line_of(deps, account) async for account in repository.each_account(deps.mongo)]


async def line_of(deps: Deps, account: Account) -> AccountLine:
    """One account in the list; of a closed one the name cannot be read any more."""
    closed_at: datetime | None = account.closed_at
    return AccountLine(
        id=account.id,
        name="" if closed_at else await founding.name_of(deps, account),
        members=len(await repository.list_all(deps.mongo, account.id, Member)),
        made_at=account.made_at,
        is_closed=closed_at is not None,
    )


async def disable_member(act: Act, account_id: str, email: str) -> Member:
    """Shut out whoever has this address."""
    account = await access_account(act.deps, account_id)
    login = await logins.find(act.deps, email)
    member = await repository.find_membership(act.deps.mongo, account.id, login.id) if login else None
    if member is None:
        raise NoSuchMember("No member of this account has this address.")
    act.note.account, act.note.target = account.id, {"member": member.id}
    await shutting_out.shut_out(act, account, member)
    act.note.after = {"disabled": True}
    return member


async def new_password_link(act: Act, email: str, *, drops_second_factor: bool) -> str:
    """For whoever cannot get mail, or has lost the second factor too."""
    login = await logins.find(act.deps, email)
    if login is None:
        raise logins.NoSuchLogin("No login has this address.")
    if drops_second_factor:
        await logins.drop_second_factor(act.deps, login)
    act.note.target = {"login": login.id}
    act.note.after = {"link": "made", "second_factor_dropped": drops_second_factor}
    return await resets.new_link(act.deps, login)


async def access_account(deps: Deps, id: str) -> Account:
    """One that is open."""
    account = await repository.find(deps.mongo, id, Account, id)
    if account is None or account.closed_at:
        raise NoSuchAccount(f"There is no open account {id}: `python -m hub account list` shows all.")
    return account


async def within(act: Act, account_id: str) -> Act:
    """The operator's act, in one account."""
    account = await access_account(act.deps, account_id)
    act.note.account = account.id
    return replace(act, caller=replace(act.caller, account=account.id))


def name_in(email: str) -> str:
    """How to call somebody of whom only the address is known."""
    return email.partition("@")[0]
