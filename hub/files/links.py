"""Links to files: who holds one may fetch the file, for a while, without saying who they are. So a link needs no
cookie, and none is read where it leads."""

import base64
import hmac
from datetime import UTC, datetime, timedelta
from mimetypes import guess_extension
from typing import NamedTuple

from hub.access import INSTALLATION
from hub.deps import Deps
from hub.files.errors import NoSuchFile
from hub.files.models import FILES, File

PATH = "/files"
PLACE = f"{FILES}.link"
PREVIEW = "preview"
# No mark has this letter.
ENDING = "~"
# A link is good for so long at least, and everybody gets the same one for a step, so that browsers can keep the file.
GOOD_FOR, STEP = timedelta(minutes=15), timedelta(minutes=5)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Claims(NamedTuple):
    """What a link gives, and until when."""

    account: str
    file: str
    until: datetime
    is_preview: bool


async def link_to(deps: Deps, file: File) -> str:
    """The address of its content, for a quarter of an hour."""
    return await link_for(deps, f"{file.account}.{file.id}")


async def link_to_preview(deps: Deps, file: File) -> str:
    """The address of the small picture of it, for as long."""
    return await link_for(deps, f"{file.account}.{file.id}.{PREVIEW}")


async def link_with_ending(deps: Deps, file: File, *, good_for: timedelta) -> str:
    """The address of its content, for so long, with an ending by which one sees what it is. Whoever asks for it may
    leave the ending out: it says nothing that the link does not give."""
    return f"{await link_for(deps, f'{file.account}.{file.id}', good_for)}{ENDING}{guess_extension(file.type) or ''}"


async def link_for(deps: Deps, what: str, good_for: timedelta = GOOD_FOR) -> str:
    """The address of this, for a quarter of an hour where nothing else is said."""
    steps = -(-(deps.clock.now() + good_for - EPOCH) // STEP)
    claimed = f"{what}.{int((steps * STEP).total_seconds())}"
    return f"{deps.settings.base_url}{PATH}/{claimed}.{await mark_of(deps, claimed)}"


async def read_link(deps: Deps, token: str) -> Claims:
    """What the end of such an address gives; raises NoSuchFile for all that is not one of ours, or is too old."""
    claimed, _, mark = token.partition(ENDING)[0].rpartition(".")
    # Under the installation's key: by an account's own, strangers could have keys made for accounts that are not.
    if not hmac.compare_digest((await mark_of(deps, claimed)).encode(), mark.encode()):
        raise not_there()
    account, _, rest = claimed.partition(".")
    what, _, until_s = rest.rpartition(".")
    until = EPOCH + timedelta(seconds=int(until_s))
    if until < deps.clock.now():
        raise not_there()
    file, _, part = what.partition(".")
    return Claims(account, file, until, is_preview=part == PREVIEW)


async def mark_of(deps: Deps, claimed: str) -> str:
    """What only we can write."""
    mark = (await deps.sealer.keyring(INSTALLATION)).lookup(PLACE, claimed)
    return base64.urlsafe_b64encode(mark).decode().rstrip("=")


def not_there() -> NoSuchFile:
    """The same for whatever is wrong: nobody learns which files there are."""
    return NoSuchFile("There is no such file, or not any more at this address.")
