"""What other rooms do with mail: ask whether there is any, and post a letter."""

from urllib.parse import urlsplit

import msgspec

from hub.deps import Deps
from hub.mail import posting, repository
from hub.mail.errors import MailNotSetUp
from hub.mail.models import PLACE, SEND, Addressed, Letter, MailServer
from hub.mail.smtp import Way
from hub.settings import Settings
from hub.store.ids import new_id


def is_set_up(deps: Deps) -> bool:
    """Whether this installation can send mail at all."""
    return bool(deps.settings.mail_url and deps.settings.mail_from)


async def post(deps: Deps, scope: str, to: str, letter: Letter) -> None:
    """Store it, sealed under the keys of `scope`, and have it sent at once: at least once, and hardly ever twice."""
    check_is_set_up(deps)
    now = deps.clock.now()
    id = new_id(now)
    sealed = (await deps.sealer.keyring(scope)).seal(PLACE, msgspec.json.encode(Addressed(to, letter)))
    await repository.add(deps.mongo, scope, id=id, letter=sealed, now=now)
    await deps.bell.ring(SEND, id)


def check_is_set_up(deps: Deps) -> None:
    """Raise MailNotSetUp where nothing can be sent."""
    if not is_set_up(deps):
        raise not_set_up()


async def greet(deps: Deps) -> None:
    """Whether the mail server lets us in; MailAway says what is wrong."""
    await posting.greet(way(deps))


def way(deps: Deps) -> Way:
    """How to reach the server of the settings."""
    check_is_set_up(deps)
    return Way(server=MailServer.read(deps.settings.mail_url.reveal()), hello=own_name(deps.settings))


def own_name(settings: Settings) -> str:
    """How we introduce ourselves. Some servers send away whoever gives no full name; an address will do."""
    host = urlsplit(settings.base_url).hostname or ""
    return host if "." in host and host.isascii() and not host[-1].isdigit() else "[127.0.0.1]"


def not_set_up() -> MailNotSetUp:
    return MailNotSetUp(
        "This installation sends no mail: PARLEY_MAIL_URL and PARLEY_MAIL_FROM have to name a server and a sender."
    )
