"""Signing in by password, with a second factor where there is one. Whoever guesses learns nothing: what is answered,
and how long it takes, is the same for addresses that are known and those that are not."""

import hmac
from datetime import timedelta

from hub.access import INSTALLATION
from hub.accounts.standing import find_standing
from hub.act import Act
from hub.deps import Deps
from hub.http.endpoint import Reply
from hub.limits import Bucket, Rate
from hub.logins import actions as logins
from hub.logins import slips
from hub.logins.emails import read_email
from hub.logins.models import Login, Proof
from hub.logins.second_factor import check_code
from hub.sessions import cookies
from hub.sessions.entering import enter
from hub.sessions.errors import WrongCredentials
from hub.sessions.models import SignedIn, SignIn

SECOND_STEP = "second step"
TICKET_FOR = timedelta(minutes=10)
PASSWORD_RATE, CODE_RATE = Rate(10, per_s=900), Rate(10, per_s=900)
DEVICE_PLACE = "sessions.device"


async def sign_in(act: Act, wanted: SignIn, device: str) -> Reply:
    """In, or half way."""
    login = await check_password(act, wanted.email, wanted.password, device)
    return await go_on(act, login, wanted.account_id)


async def check_password(act: Act, email: str, password: str, device: str = "") -> Login:
    """The login, if the two belong together."""
    await take_try(act.deps, email, device)
    login = await logins.find(act.deps, email)
    if login:
        # Into the installation's log, as for an address that nobody has: that of an account would take other queries.
        act.note.target = {"login": login.id}
    if not await logins.has_password(act.deps, login, password) or login is None:
        raise WrongCredentials("The address and the password do not belong together.")
    return login


async def take_try(deps: Deps, email: str, device: str, at: str = "password") -> None:
    """Count a try for this address. A browser that was signed in before counts for itself: nobody is shut out by a
    stranger who tries passwords. Whoever has tried too many can still ask for a new one."""
    mark = await device_mark(deps, email)
    is_known = hmac.compare_digest(device.encode(), mark.encode())
    (await deps.limiter.take(Bucket(f"{at}:{is_known}:{mark}", PASSWORD_RATE))).check()


async def go_on(act: Act, login: Login, account: str | None) -> Reply:
    """After the password: in, or a ticket for the second step."""
    if login.codes is None:
        return await let_in(act, login, [Proof.PASSWORD], account)
    act.note.account = act.note.account or await log_of(act.deps, login)
    data = {"renewed": str(login.renewed)} | ({} if account is None else {"account": account})
    ticket = await slips.give(act.deps, login.id, SECOND_STEP, lasts=TICKET_FOR, **data)
    act.note.after = {"proofs": [Proof.PASSWORD]}
    return Reply(
        SignedIn(state="second_factor", ticket=ticket, ways=[Proof.CODE, Proof.RECOVERY_CODE]),
        (),
    )


async def second_step(act: Act, ticket: str, code: str) -> Reply:
    """With a code of the app, or a recovery code. A wrong one leaves the ticket good, for some more tries."""
    slip = await slips.look(act.deps, SECOND_STEP, ticket)
    login = await logins.get(act.deps, slip.account)
    act.note.account, act.note.target = await log_of(act.deps, login), {"login": login.id}
    if slip.data["renewed"] != str(login.renewed):
        raise slips.SlipSpent("Your password was changed meanwhile: begin anew.")
    (await act.deps.limiter.take(Bucket(f"code:{login.id}", CODE_RATE))).check()
    proof = await check_code(act.deps, login, code)
    await slips.spend(act.deps, slip)
    return await let_in(act, login, [Proof.PASSWORD, proof], slip.data.get("account"))


async def let_in(act: Act, login: Login, proofs: list[Proof], account: str | None) -> Reply:
    """In; and the browser is one that we know from now on."""
    reply = await enter(act, login, proofs, account=account)
    mark = await device_mark(act.deps, await logins.email_of(act.deps, login))
    device = cookies.set_cookie(act.deps, cookies.DEVICE, mark, cookies.DEVICE_S, path=cookies.DEVICE_PATH)
    return Reply(reply.value, [*reply.cookies, device])


async def log_of(deps: Deps, login: Login) -> str:
    """The account whose log tells what somebody does who has not come in yet: that of the last time, while the login
    still works for it. An account that is closed has no log, and must not get one again."""
    standing = await find_standing(deps, login.last_account, login.id) if login.last_account else None
    return standing.account.id if standing else INSTALLATION


async def device_mark(deps: Deps, email: str) -> str:
    """What a browser is given that has signed in with this address."""
    return (await deps.sealer.keyring(INSTALLATION)).lookup(DEVICE_PLACE, read_email(email).key).hex()
