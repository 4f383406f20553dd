"""A forgotten password: whoever reads the mail of the address sets a new one.

Asking only leaves a note, the same for every address, and a worker looks whose it is: so neither the answer nor its
time tells whether there is a login.
"""

from datetime import timedelta

from hub.access import INSTALLATION
from hub.deps import Deps
from hub.logins import actions, repository, slips
from hub.logins.emails import read_email
from hub.logins.models import Login
from hub.mail import actions as mail
from hub.mail.letters import password_reset
from hub.store.ids import new_id
from hub.store.mongo import Document
from hub.work.kinds import Kind, Lease

PLACE = f"{repository.RESETS}.email"
RESET = "reset"
RESET_FOR = timedelta(hours=1)


async def ask(deps: Deps, email: str) -> None:
    """Somebody has forgotten a password, or says so."""
    now = deps.clock.now()
    id, sealed = new_id(now), await deps.sealer.seal(INSTALLATION, PLACE, read_email(email).shown)
    await repository.add_reset(deps.mongo, {"_id": id, "account": INSTALLATION, "email": sealed, "due_at": now})
    await deps.bell.ring(KINDS[0].name, id)


async def answer(deps: Deps, document: Document, lease: Lease) -> None:
    """A link goes to the address that is stored: what was typed may only look like it."""
    login = await actions.find(deps, await deps.sealer.text(INSTALLATION, PLACE, document["email"]))
    if login:
        link = await new_link(deps, login)
        await mail.post(deps, login.id, await actions.email_of(deps, login), password_reset(link))
    async with lease.writing:
        await repository.remove_reset(deps.mongo, lease.where)


async def new_link(deps: Deps, login: Login) -> str:
    """The only one that is good: those before it end."""
    await slips.withdraw(deps, login.id, RESET)
    token = await slips.give(deps, login.id, RESET, lasts=RESET_FOR)
    return f"{deps.settings.base_url}/reset#{token}"


async def use(deps: Deps, token: str, password: str) -> Login:
    """Set the new password, once. An address that was never proved is now, and nothing of before stays."""
    slip = await slips.look(deps, RESET, token)
    login = await actions.get(deps, slip.account)
    actions.check_strength(password, (await actions.email_of(deps, login)).lower())
    await slips.spend(deps, slip)
    if login.is_proved:
        await actions.set_password(deps, login, password)
    else:
        await actions.start_over(deps, login, password)
    return login


KINDS = (Kind(name="logins.reset", collection=repository.RESETS, handler=answer, lease=timedelta(seconds=30), slots=2),)
