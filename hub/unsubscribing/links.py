"""The address that ends further mails (RFC 8058). It names the mail that it stands in, and so whose it is; nobody else
can make one, and it is the same at every attempt to send that mail."""

import hmac
import re
from datetime import timedelta

from hub.access import INSTALLATION
from hub.deps import Deps
from hub.store.ids import is_id, made_at
from hub.threads.models import Entry

PATH = "/u"
PLACE = "unsubscribing.link"
GOOD_FOR = timedelta(days=366)
TOKEN = re.compile(r"(?P<account>[0-9a-z]{26})(?P<entry>[0-9a-z]{26})(?P<mac>[a-z2-7]{16})")


async def link_for(deps: Deps, entry: Entry) -> str:
    """That of a mail of ours."""
    named = f"{entry.account}{entry.id}"
    return f"{deps.settings.base_url}{PATH}/{named}{await mac_of(deps, named)}"


async def mac_of(deps: Deps, named: str) -> str:
    """What nobody else can make. The account is not known before it is believed, so the key is none of its own."""
    return (await deps.sealer.keyring(INSTALLATION)).mark(PLACE, named)


async def read_token(deps: Deps, token: str) -> tuple[str, str] | None:
    """The account and the mail of ours that it names, if we have made it, and not too long ago."""
    found = TOKEN.fullmatch(token)
    if not found or not hmac.compare_digest(found["mac"], await mac_of(deps, found["account"] + found["entry"])):
        return None
    is_good = is_id(found["entry"]) and deps.clock.now() <= made_at(found["entry"]) + GOOD_FOR
    return (found["account"], found["entry"]) if is_good else None
