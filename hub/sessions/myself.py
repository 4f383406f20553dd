"""What members do about themselves: how they sign in, and where they are signed in."""

from hub.access import Caller
from hub.accounts.members import shown
from hub.accounts.standing import find_standing, role_of
from hub.act import Act
from hub.deps import Deps
from hub.errors import Unauthenticated
from hub.limits import Bucket
from hub.logins import actions as logins
from hub.logins import passkeys, resets, second_factor
from hub.logins.models import Login, Proof
from hub.mail import actions as mail
from hub.mail.letters import password_changed, second_factor_removed
from hub.mail.models import Letter
from hub.sessions.entering import (
    check_has_shown,
    check_is_fresh,
    check_is_unbound,
    end_all,
    end_others,
    prove_more,
    stay,
)
from hub.sessions.errors import WrongCredentials
from hub.sessions.models import CodesBegun, Me, RecoveryCodes
from hub.sessions.signing_in import PASSWORD_RATE, log_of


async def show_me(deps: Deps, caller: Caller) -> Me:
    """As whom one is here, and what one may do."""
    standing = await find_standing(deps, caller.account, caller.login)
    if standing is None:
        raise Unauthenticated("You are no member of this account any more.")
    login = await logins.get(deps, caller.login)
    member = await shown(deps, standing.account, standing.member)
    return Me(
        member_id=member.id,
        account_id=caller.account,
        name=member.name,
        email=member.email,
        role=role_of(standing.account, standing.member),
        teams=member.teams,
        permissions=dict(caller.grants),
        needs_second_factor=caller.lacks_second_factor,
        has_codes=login.codes is not None,
        recovery_codes_left=len(login.codes.recovery) if login.codes else 0,
        passkeys=len(await passkeys.list_of(deps, login.id)),
    )


async def check_again(act: Act, password: str) -> Login:
    """Whoever sits at an open screen is not yet its owner: what matters asks for the password again."""
    check_is_unbound(act.caller)
    login = await logins.get(act.deps, act.caller.login)
    act.note.target = {"login": login.id}
    (await act.deps.limiter.take(Bucket(f"again:{login.id}", PASSWORD_RATE))).check()
    if not await logins.has_password(act.deps, login, password):
        raise WrongCredentials("This is not your password.")
    return await logins.get(act.deps, login.id)


async def change_password(act: Act, current: str, new: str) -> None:
    """A new password; whoever is signed in elsewhere is out."""
    login = await check_again(act, current)
    await logins.set_password(act.deps, login, new)
    # Every session has ended by that, this one too: should the next write fail, one signs in again.
    await stay(act, login.passwords + 1)
    await end_others(act)
    act.note.target, act.note.after = {"login": login.id}, {"password": "changed"}
    await tell(act.deps, login, password_changed())


async def reset_password(act: Act, token: str, password: str) -> None:
    """By the link that was mailed. Nobody stays signed in."""
    login = await resets.use(act.deps, token, password)
    await end_all(act.deps, login.id)
    act.note.account, act.note.target = await log_of(act.deps, login), {"login": login.id}
    act.note.after = {"password": "changed"}
    await tell(act.deps, login, password_changed())


async def begin_codes(act: Act) -> CodesBegun:
    """The secret for an app."""
    check_is_unbound(act.caller)
    await check_is_fresh(act)
    login = await logins.get(act.deps, act.caller.login)
    await check_has_shown(act, login)
    ticket, secret, uri = await second_factor.begin(act.deps, login)
    act.note.target, act.note.after = {"login": login.id}, {"codes": "begun"}
    return CodesBegun(ticket=ticket, secret=secret, uri=uri)


async def confirm_codes(act: Act, ticket: str, code: str) -> RecoveryCodes:
    """The app works; this session has shown it."""
    check_is_unbound(act.caller)
    login = await logins.get(act.deps, act.caller.login)
    await check_has_shown(act, login)
    (await act.deps.limiter.take(Bucket(f"code:{login.id}", PASSWORD_RATE))).check()
    shown = await second_factor.confirm(act.deps, login, ticket, code)
    await prove_more(act, Proof.CODE)
    act.note.target, act.note.after = {"login": login.id}, {"codes": "set up"}
    return RecoveryCodes(codes=shown)


async def renew_recovery_codes(act: Act, password: str) -> RecoveryCodes:
    """New ones, on paper, in place of the old ones."""
    login = await check_again(act, password)
    shown = await second_factor.renew_recovery_codes(act.deps, login)
    act.note.after = {"recovery_codes": "renewed"}
    return RecoveryCodes(codes=shown)


async def remove_codes(act: Act, password: str) -> None:
    """The password alone is enough from now on, where the account allows it."""
    login = await check_again(act, password)
    await second_factor.remove(act.deps, login)
    act.note.before, act.note.after = {"codes": "set up"}, {"codes": "removed"}
    await tell(act.deps, login, second_factor_removed())


async def tell(deps: Deps, login: Login, letter: Letter) -> None:
    """So that nobody does it unseen, where mail is set up."""
    if mail.is_set_up(deps):
        await mail.post(deps, login.id, await logins.email_of(deps, login), letter)
