"""Coming in for the first time: signing up, or following an invitation."""

from hub.accounts import founding, invitations
from hub.accounts.errors import SignInFirst
from hub.accounts.shapes import Acceptance
from hub.act import Act
from hub.http.endpoint import Reply
from hub.logins import actions as logins
from hub.logins import proving
from hub.logins.models import Login
from hub.sessions.entering import end_all
from hub.sessions.models import SignUp
from hub.sessions.signing_in import go_on, take_try


async def sign_up(act: Act, wanted: SignUp, device: str) -> Reply:
    """A new account, by whoever comes first or, where the settings say so, by anybody."""
    await founding.check_sign_up(act.deps)
    await take_try(act.deps, wanted.email, device)
    async with founding.first_place(act.deps):
        # Not before: whoever is not the first leaves no login behind.
        login = await login_for(act, wanted)
        account, _ = await founding.found(act, wanted.account_name, login, wanted.name)
    return await go_on(act, login, account.id)


async def login_for(act: Act, wanted: SignUp) -> Login:
    """A new one, or the one that the address has, if the password is its."""
    login = await logins.find(act.deps, wanted.email)
    if login is None:
        made = await logins.make(act.deps, wanted.email, wanted.password, is_proved=False)
        await proving.ask(act.deps, made)
        return made
    if not await logins.has_password(act.deps, login, wanted.password):
        raise SignInFirst("This address has a login already: give its password.")
    return login


async def accept(act: Act, acceptance: Acceptance, device: str) -> Reply:
    """A member from now on, and in."""
    account, invitation = await invitations.access_invitation(act.deps, acceptance.token)
    await take_try(act.deps, await invitations.email_of(act.deps, invitation), device)
    login, starts_over = await invitations.accept(act, acceptance.token, acceptance.name, acceptance.password)
    if starts_over:
        await end_all(act.deps, login.id)
    return await go_on(act, login, account.id)
