"""Who of an account could do something, and when they are there: of many members at once, by a few queries."""

from collections.abc import Mapping, Sequence

from hub.access import Permission
from hub.accounts import repository
from hub.accounts.hours import Hours
from hub.accounts.models import Account, CustomRole, Member, Team
from hub.accounts.presence import hours_of
from hub.accounts.roles import BUILT_IN
from hub.accounts.standing import role_of
from hub.deps import Deps


async def list_able(deps: Deps, account: str, permission: Permission, *, team: str | None = None) -> list[Member]:
    """Members who are let in and have the permission: of a team, or all."""
    found = await repository.find(deps.mongo, account, Account, account)
    if found is None:
        return []
    if team:
        members = await repository.list_team_members(deps.mongo, account, [team])
    else:
        members = await repository.list_all(deps.mongo, account, Member)
    custom = await repository.list_all(deps.mongo, account, CustomRole)
    grants = {**BUILT_IN, **{role.id: dict(role.granted) for role in custom}}
    return [one for one in members if found.is_open_to(one.id) and permission in grants.get(role_of(found, one), {})]


async def hours_of_each(deps: Deps, account: str, members: Sequence[Member]) -> Mapping[str, Sequence[Hours]]:
    """The hours that count for each: the own ones, or those of the teams."""
    ids = {team for member in members for team in member.teams}
    teams = await repository.list_all(deps.mongo, account, Team, ids) if ids else []
    of_team = {team.id: hours for team in teams if (hours := await hours_of(deps, team))}
    found: dict[str, Sequence[Hours]] = {}
    for member in members:
        own = await hours_of(deps, member)
        found[member.id] = [own] if own else [of_team[team] for team in member.teams if team in of_team]
    return found
