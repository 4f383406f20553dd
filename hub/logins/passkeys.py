"""Passkeys of a login: made, shown when signing in, named, taken away."""

import hashlib
from datetime import timedelta
from typing import NamedTuple

from hub.access import INSTALLATION
from hub.deps import Deps
from hub.errors import Conflict, HubError, NotFound, Unauthenticated, Unprocessable
from hub.logins import actions, repository, slips
from hub.logins.models import Login, Passkey, Slip
from hub.logins.relying_party import (
    PATIENCE_S,
    Credential,
    Options,
    PasskeyRefused,
    RelyingParty,
    check_new,
    check_use,
    creation_options,
    credential_id,
    new_challenge,
    relying_party,
    request_options,
)
from hub.mail import actions as mail
from hub.mail.letters import passkey_locked
from hub.store.mongo import Duplicate

NAME_PLACE = f"{repository.PASSKEYS}.name"
MAKING, USING = "passkey", "passkey sign-in"
GOOD_FOR = timedelta(seconds=PATIENCE_S)
MOST = 20


class NoSuchPasskey(NotFound):
    """The login has no such passkey."""

    code = "no_such_passkey"


class PasskeyExists(Conflict):
    """The passkey is known here already, for this login or another one."""

    code = "passkey_exists"


class TooManyPasskeys(Unprocessable):
    """The login has as many as one may have."""

    code = "too_many_passkeys"


class PasskeyLocked(Unauthenticated):
    """Its device has counted backwards: there may be a copy."""

    code = "passkey_locked"


class Begun(NamedTuple):
    """A ticket for the answer, what the browser is to be asked, and the origin of the page that may ask it."""

    ticket: str
    options: Options
    origin: str


class Shown(NamedTuple):
    """A passkey that somebody says to have, as the answer to a challenge; nothing of it is proved yet."""

    slip: Slip
    passkey: Passkey
    credential: Credential


async def begin_making(deps: Deps, login: Login) -> Begun:
    """For a device of the login's owner. Nothing changes before its answer came back."""
    party, present = party_of(deps), await list_of(deps, login.id)
    if len(present) >= MOST:
        raise TooManyPasskeys(f"A login has {MOST} passkeys at most: remove one first.", most=MOST)
    challenge, email = new_challenge(), await actions.email_of(deps, login)
    more = {"challenge": challenge.hex(), "proof": proof_of(login)}
    ticket = await slips.give(deps, login.id, MAKING, lasts=GOOD_FOR, **more)
    options = creation_options(party, challenge, login=login.id, email=email, present=present)
    return Begun(ticket, options, party.origin)


async def make(deps: Deps, login: Login, *, id: str, ticket: str, name: str, credential: Credential) -> Passkey:
    """The device has answered: from now on its passkey signs in."""
    slip = await slips.look(deps, MAKING, ticket)
    if slip.account != login.id:
        raise slips.SlipSpent("This was begun by somebody else: begin anew.")
    await slips.spend(deps, slip)
    check_proof(login, slip)
    made = check_new(party_of(deps), challenge_of(slip), credential)
    passkey = Passkey(
        id=id,
        account=login.id,
        credential=made.credential,
        public_key=made.public_key,
        name=await deps.sealer.seal(login.id, NAME_PLACE, name),
        made_at=deps.clock.now(),
        sign_count=made.sign_count,
        transports=made.transports,
        is_backed_up=made.is_backed_up,
    )
    try:
        await repository.add_passkey(deps.mongo, passkey)
    except Duplicate:
        raise PasskeyExists("This passkey is known here already.") from None
    await check_was_in_time(deps, passkey, slip)
    return passkey


async def check_was_in_time(deps: Deps, passkey: Passkey, slip: Slip) -> None:
    """A login that was taken over, or erased, while its passkey was being stored keeps none of those before."""
    try:
        check_proof(await actions.get(deps, passkey.account), slip)
    except HubError:
        await repository.remove_passkey(deps.mongo, passkey.account, passkey.id)
        raise


def check_proof(login: Login, slip: Slip) -> None:
    """Raise unless the login still has the password that was shown when the ticket was given."""
    if proof_of(login) != slip.data["proof"]:
        raise actions.LoginChanged("The password was changed meanwhile: begin anew.")


def proof_of(login: Login) -> str:
    """What tells one password from the next."""
    return hashlib.sha256((login.password or "").encode()).hexdigest()


async def begin_using(deps: Deps) -> Begun:
    """For anybody: the browser knows which passkeys its user has for us, and we do not ask whose they are."""
    party, challenge = party_of(deps), new_challenge()
    ticket = await slips.give(deps, INSTALLATION, USING, lasts=GOOD_FOR, challenge=challenge.hex())
    return Begun(ticket, request_options(party, challenge), party.origin)


async def recognize(deps: Deps, ticket: str, credential: Credential) -> Shown:
    """Which passkey it is said to be. The ticket is spent, whatever comes of it."""
    slip = await slips.take(deps, USING, ticket)
    passkey = await repository.find_passkey_by_credential(deps.mongo, credential_id(credential))
    if passkey is None:
        raise unknown()
    return Shown(slip, passkey, credential)


async def check(deps: Deps, shown: Shown) -> None:
    """Raise unless it is proved, and remember its use."""
    slip, passkey, credential = shown
    use = check_use(party_of(deps), challenge_of(slip), credential, passkey)
    if not await repository.use_passkey(
        deps.mongo, passkey, sign_count=use.sign_count, is_backed_up=use.is_backed_up, now=deps.clock.now()
    ):
        await judge_count(deps, shown)


async def judge_count(deps: Deps, shown: Shown) -> None:
    """Its signature is right and its count is not: raise, and lock it when that means a copy.

    Two devices then have one key, and which of them is the thief's nobody can say: a thief may have counted on, so that
    it is the owner who comes second. To refuse this one use would leave the door open to the other device.
    """
    passkey = await repository.find_passkey(deps.mongo, shown.passkey.account, shown.passkey.id)
    if passkey is None:
        raise unknown()
    # The answer to a challenge from before the last use may be from before it too, and was only late.
    was_asked_later = shown.slip.expires_at - GOOD_FOR > (passkey.used_at or passkey.made_at)
    if passkey.locked_at is None and not was_asked_later:
        raise PasskeyRefused("The passkey was used again at the same moment: begin anew.", reason="count")
    if await repository.lock_passkey(deps.mongo, passkey.account, passkey.id, deps.clock.now()):
        await tell_of_lock(deps, passkey)
    raise PasskeyLocked(
        "This passkey is locked, because its device has counted backwards, as a copy of it would. Sign in another way, "
        "remove it and make a new one."
    )


async def tell_of_lock(deps: Deps, passkey: Passkey) -> None:
    """Its owner may know nothing of it, where mail is set up."""
    if mail.is_set_up(deps):
        to = await actions.email_of(deps, await actions.get(deps, passkey.account))
        await mail.post(deps, passkey.account, to, passkey_locked(await name_of(deps, passkey)))


async def list_of(deps: Deps, login: str) -> list[Passkey]:
    """All of the login's."""
    return await repository.list_passkeys(deps.mongo, login)


async def access(deps: Deps, login: str, id: str) -> Passkey:
    """One of the login's, or NoSuchPasskey."""
    passkey = await repository.find_passkey(deps.mongo, login, id)
    if passkey is None:
        raise no_such(id)
    return passkey


async def rename(deps: Deps, login: str, id: str, name: str) -> Passkey:
    """How its owner tells it from the others."""
    sealed = await deps.sealer.seal(login, NAME_PLACE, name)
    if not await repository.rename_passkey(deps.mongo, login, id, sealed):
        raise no_such(id)
    return await access(deps, login, id)


async def remove(deps: Deps, login: str, id: str) -> None:
    """It signs in no more."""
    if not await repository.remove_passkey(deps.mongo, login, id):
        raise no_such(id)


async def name_of(deps: Deps, passkey: Passkey) -> str:
    """How its owner calls it."""
    return await deps.sealer.text(passkey.account, NAME_PLACE, passkey.name)


def party_of(deps: Deps) -> RelyingParty:
    """As which browsers know this installation."""
    return relying_party(deps.settings.base_url)


def challenge_of(slip: Slip) -> bytes:
    """What had to be signed."""
    return bytes.fromhex(slip.data["challenge"])


def no_such(id: str) -> NoSuchPasskey:
    return NoSuchPasskey("There is no such passkey.", id=id)


def unknown() -> PasskeyRefused:
    return PasskeyRefused("This passkey is not known here, or not any more.", reason="unknown")
