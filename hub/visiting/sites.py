"""Sites: lines of the widget, and the pages that may show it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from channels.widget.channel import WIDGET, is_open_to_all
from channels.widget.origins import origins_of
from hub.accounts.errors import NoSuchAccount
from hub.accounts.subjects import get_account
from hub.deps import Deps
from hub.lines import actions as lines
from hub.lines.models import Line
from hub.store.ids import is_id
from hub.visiting.errors import NoSuchSite

# Visitors are many, and ask about the same few: what was changed of a site counts after so long everywhere.
REMEMBERED_S = 2.0


@dataclass(frozen=True)
class Site:
    """A line of the widget, as it is at this moment."""

    line: Line
    origins: frozenset[str]
    is_open_to_all: bool


async def get_site(deps: Deps, id: str) -> Site:
    """The one of this line, or NoSuchSite."""
    # What cannot be one is not looked for: strangers shall not choose what is asked and remembered.
    if not is_id(id):
        raise no_such_site()
    return await deps.memory.recall(f"site:{id}", lambda: read_site(deps, id), for_s=REMEMBERED_S)


async def read_site(deps: Deps, id: str) -> Site:
    """As it is stored. Of a closed account there is none."""
    line = await lines.find_any_line(deps, id)
    if line is None or line.provider != WIDGET.provider:
        raise no_such_site()
    try:
        await get_account(deps, line.account)
    except NoSuchAccount:
        raise no_such_site() from None
    access = await lines.access_of(deps, line)
    return Site(line, origins_of(access), is_open_to_all(access))


async def origins_for(deps: Deps, path: Mapping[str, str]) -> Collection[str]:
    """From which pages visits of a site are begun."""
    return (await get_site(deps, path["line_id"])).origins


def no_such_site() -> NoSuchSite:
    """No line, or none of a site."""
    return NoSuchSite("There is no widget at this address.")
