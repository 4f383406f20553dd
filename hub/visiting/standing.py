"""Whom the token of a visit speaks for, and whether whoever was let in by one still may be there."""

from collections.abc import Collection, Sequence

import structlog

from hub.access import Caller, Permission, Scope
from hub.deps import Deps
from hub.errors import Unauthenticated
from hub.sockets.connection import Connection
from hub.sockets.standing import Change
from hub.store.sealed import Unreadable
from hub.visiting import repository
from hub.visiting.errors import NoSuchSite
from hub.visiting.sites import get_site
from hub.visiting.straying import list_strayed
from hub.visiting.tokens import read_visit_token

log = structlog.get_logger()

MAY = {Permission.VISIT: Scope.ALL}
NOBODY = Change(None)


async def identify_visitor(deps: Deps, token: str) -> Caller:
    """The visitor, as long as the site is there, shows the widget on pages of this origin, and knows them."""
    claims = await read_visit_token(deps, token)
    caller = Caller("visitor", claims.sub, claims.account, MAY, line=claims.line, origin=claims.origin)
    is_known = await repository.list_known(deps.mongo, claims.account, claims.line, [claims.sub])
    if not (is_known and caller.origin in await origins_of(deps, claims.line)):
        raise Unauthenticated("This visit is over.")
    return caller


async def list_changed(deps: Deps, connections: Sequence[Connection]) -> dict[str, Change]:
    """Those who are visitors no more, or hear what is not theirs any more, by the id of their socket. It costs three
    queries for each site, however many of it are asked about. A token that expires keeps nobody from going on: it is
    what one comes in by."""
    sites: dict[tuple[str, str], list[Connection]] = {}
    for connection in connections:
        sites.setdefault((connection.caller.account, connection.caller.line), []).append(connection)
    changed: dict[str, Change] = {}
    for (account, line), there in sites.items():
        ids = {connection.caller.id for connection in there}
        known = await repository.list_known(deps.mongo, account, line, ids)
        shown_on = await origins_of(deps, line)
        gone = {one.id for one in there if one.caller.id not in known or one.caller.origin not in shown_on}
        changed |= dict.fromkeys(gone, NOBODY)
        # Of a site whose keys do not open nobody is left to be asked about: no other site's round ends over it.
        strayed = await list_strayed(deps, account, [one for one in there if one.id not in gone])
        changed |= {one.id: Change(one.caller) for one in strayed}
    return changed


async def origins_of(deps: Deps, line: str) -> Collection[str]:
    """On which pages a site shows the widget: on none, when there is no such site, or none that could be read."""
    try:
        return (await get_site(deps, line)).origins
    except NoSuchSite:
        return ()
    except Unreadable as error:
        log.error("site_unreadable", line=line, exc_info=error)
        return ()
