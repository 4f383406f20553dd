"""Passkeys, as members have them and as strangers sign in with them."""

import msgspec

from hub.act import Act
from hub.deps import Deps
from hub.http.endpoint import Reply
from hub.logins import actions as logins
from hub.logins import passkeys
from hub.logins.models import Login, Passkey, Proof
from hub.mail.letters import passkey_added, passkey_removed
from hub.sessions.entering import check_has_shown, check_is_unbound, prove_more
from hub.sessions.myself import check_again, tell
from hub.sessions.passkey_models import NewPasskey, PasskeyBegun, PasskeyShown, PasskeySignIn
from hub.sessions.signing_in import let_in, log_of


async def begin_adding(act: Act, password: str | None) -> PasskeyBegun:
    """What to ask the browser for. Whoever sits at an open screen is not yet its owner."""
    login = await prove_again(act, password)
    await check_has_shown(act, login)
    begun = await passkeys.begin_making(act.deps, login)
    act.note.target, act.note.after = {"login": login.id}, {"passkey": "begun"}
    return as_begun(begun)


async def prove_again(act: Act, password: str | None) -> Login:
    """The caller's login. Where it has a password, that is asked for again; where it has none, an identity provider may
    be all that has let the caller in, and a passkey would open the accounts of others too."""
    login = await logins.get(act.deps, act.caller.login)
    if login.password is not None:
        return await check_again(act, password or "")
    check_is_unbound(act.caller)
    return login


async def add(act: Act, wanted: NewPasskey) -> PasskeyShown:
    """It signs in from now on, and this session has shown it."""
    check_is_unbound(act.caller)
    login = await logins.get(act.deps, act.caller.login)
    act.note.target = {"login": login.id}
    await check_has_shown(act, login)
    credential = msgspec.to_builtins(wanted.credential)
    passkey = await passkeys.make(
        act.deps, login, id=act.new_id, ticket=wanted.ticket, name=wanted.name, credential=credential
    )
    await prove_more(act, Proof.PASSKEY)
    shown = await show(act.deps, passkey)
    act.note.target, act.note.after = target_of(passkey), shown
    await tell(act.deps, login, passkey_added(wanted.name))
    return shown


async def list_mine(deps: Deps, login: str) -> list[PasskeyShown]:
    """All of the login's."""
    return [await show(deps, passkey) for passkey in await passkeys.list_of(deps, login)]


async def rename(act: Act, id: str, name: str) -> PasskeyShown:
    """Another name."""
    check_is_unbound(act.caller)
    passkey = await passkeys.access(act.deps, act.caller.login, id)
    act.note.target, act.note.before = target_of(passkey), await show(act.deps, passkey)
    shown = await show(act.deps, await passkeys.rename(act.deps, act.caller.login, id, name))
    act.note.after = shown
    return shown


async def remove(act: Act, id: str, password: str | None) -> None:
    """It signs in no more. Sessions that it has begun go on until they are ended."""
    passkey = await passkeys.access(act.deps, act.caller.login, id)
    login = await prove_again(act, password)
    act.note.target, act.note.before = target_of(passkey), await show(act.deps, passkey)
    await passkeys.remove(act.deps, login.id, id)
    await tell(act.deps, login, passkey_removed(await passkeys.name_of(act.deps, passkey)))


async def begin_sign_in(deps: Deps) -> PasskeyBegun:
    """What to ask the browser for, whoever its user is."""
    return as_begun(await passkeys.begin_using(deps))


async def sign_in(act: Act, wanted: PasskeySignIn) -> Reply:
    """In, without a code: a passkey is something to have, and a finger or a PIN as well."""
    credential = msgspec.to_builtins(wanted.credential)
    shown = await passkeys.recognize(act.deps, wanted.ticket, credential)
    login = await logins.get(act.deps, shown.passkey.account)
    act.note.account, act.note.target = await log_of(act.deps, login), target_of(shown.passkey)
    await passkeys.check(act.deps, shown)
    return await let_in(act, login, [Proof.PASSKEY], wanted.account_id)


def as_begun(begun: passkeys.Begun) -> PasskeyBegun:
    """As it is answered."""
    return PasskeyBegun(ticket=begun.ticket, origin=begun.origin, options=begun.options)


def target_of(passkey: Passkey) -> dict[str, str]:
    """For the audit log."""
    return {"login": passkey.account, "passkey": passkey.id}


async def show(deps: Deps, passkey: Passkey) -> PasskeyShown:
    """As its owner sees it."""
    return PasskeyShown(
        id=passkey.id,
        name=await passkeys.name_of(deps, passkey),
        transports=passkey.transports,
        is_backed_up=passkey.is_backed_up,
        is_locked=passkey.locked_at is not None,
        made_at=passkey.made_at,
        used_at=passkey.used_at,
    )
