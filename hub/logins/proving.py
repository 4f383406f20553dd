"""An address is proved: whoever reads its mail follows a link."""

from datetime import timedelta

from hub.deps import Deps
from hub.logins import actions, repository, slips
from hub.logins.models import Login
from hub.mail import actions as mail
from hub.mail.letters import prove_address

PROVING = "address"
PROVING_FOR = timedelta(days=3)
PATH = "/api/v1/session/address"


async def ask(deps: Deps, login: Login) -> None:
    """A letter with a link goes to the address, where mail is set up."""
    if mail.is_set_up(deps):
        await mail.post(deps, login.id, await actions.email_of(deps, login), prove_address(await new_link(deps, login)))


async def new_link(deps: Deps, login: Login) -> str:
    """The only one that is good."""
    await slips.withdraw(deps, login.id, PROVING)
    token = await slips.give(deps, login.id, PROVING, lasts=PROVING_FOR)
    return f"{deps.settings.base_url}{PATH}?token={token}"


async def use(deps: Deps, token: str) -> Login:
    """The link came back, once: the address is proved. What the login proves itself by stays what it was."""
    slip = await slips.take(deps, PROVING, token)
    await repository.set_proved(deps.mongo, slip.account)
    return await actions.get(deps, slip.account)
