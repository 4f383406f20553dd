"""Codes as a second factor: set up, shown when signing in, taken away."""

from datetime import timedelta

from hub.deps import Deps
from hub.errors import Conflict, Unauthenticated
from hub.logins import actions, codes, repository, slips
from hub.logins.models import Login, OneTimeCodes, Proof

SECRET_PLACE = f"{repository.LOGINS}.codes.secret"
SET_UP = "codes"
SET_UP_FOR = timedelta(minutes=15)


class WrongCode(Unauthenticated):
    """The code is not the one of this moment, or was used before."""

    code = "wrong_code"


class CodesStand(Conflict):
    """Codes are set up already."""

    code = "codes_stand"


class NoCodes(Conflict):
    """No codes are set up."""

    code = "no_codes"


async def begin(deps: Deps, login: Login) -> tuple[str, str, str]:
    """A ticket, the secret to type into an app, and its URI for a QR code. Nothing changes before a code came back."""
    if login.codes:
        raise CodesStand("An app is set up already: take it away first.")
    secret = codes.new_secret()
    sealed = await deps.sealer.seal(login.id, SECRET_PLACE, secret)
    ticket = await slips.give(deps, login.id, SET_UP, lasts=SET_UP_FOR, secret=bytes(sealed).hex())
    return ticket, secret, codes.app_uri(secret, await actions.email_of(deps, login))


async def confirm(deps: Deps, login: Login, ticket: str, code: str) -> list[str]:
    """The app works: from now on its codes are asked for. The recovery codes are shown this once."""
    slip = await slips.look(deps, SET_UP, ticket)
    if slip.account != login.id:
        raise slips.SlipSpent("This was begun by somebody else: begin anew.")
    secret = await deps.sealer.text(login.id, SECRET_PLACE, bytes.fromhex(slip.data["secret"]))
    step = codes.step_of(secret, code, deps.clock.now(), codes.NO_STEP)
    if step is None:
        raise WrongCode("This is not the code of this moment: check the clock of your phone.")
    if login.codes:
        raise CodesStand("An app is set up already: take it away first.")
    await slips.spend(deps, slip)
    shown, hashes = await new_recovery_codes(deps, login)
    sealed = await deps.sealer.seal(login.id, SECRET_PLACE, secret)
    await actions.change(deps, login, codes=OneTimeCodes(secret=sealed, step=step, recovery=hashes))
    return shown


async def renew_recovery_codes(deps: Deps, login: Login) -> list[str]:
    """New ones in the place of the old ones."""
    if login.codes is None:
        raise NoCodes("Recovery codes come with an app: set one up first.")
    shown, hashes = await new_recovery_codes(deps, login)
    # These alone: a code may be used up at this moment.
    await actions.change(deps, login, **{"codes.recovery": hashes})
    return shown


async def new_recovery_codes(deps: Deps, login: Login) -> tuple[list[str], list[bytes]]:
    """As they are shown, and as they are kept."""
    keyring = await deps.sealer.keyring(login.id)
    shown = codes.new_recovery_codes()
    return shown, [codes.recovery_hash(keyring, code) for code in shown]


async def remove(deps: Deps, login: Login) -> None:
    """No codes are asked for any more."""
    if login.codes is None:
        raise NoCodes("No app is set up.")
    await actions.change(deps, login, codes=None)


async def check_code(deps: Deps, login: Login, code: str) -> Proof:
    """Which proof it is, and use it up; raises WrongCode."""
    if login.codes:
        secret = await deps.sealer.text(login.id, SECRET_PLACE, login.codes.secret)
        step = codes.step_of(secret, code, deps.clock.now(), login.codes.step)
        if step is not None and await repository.use_code(deps.mongo, login, step):
            return Proof.CODE
        hash = codes.recovery_hash(await deps.sealer.keyring(login.id), code)
        if await repository.use_recovery_code(deps.mongo, login.id, hash):
            return Proof.RECOVERY_CODE
    raise WrongCode("This is not the code of this moment, or it was used already.")
