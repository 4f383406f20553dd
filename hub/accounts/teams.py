"""Teams: members who work together, and when they are there."""

import asyncio
from collections.abc import Collection, Iterable

from hub.access import Caller, Permission, Scope
from hub.accounts import naming, presence, repository
from hub.accounts.errors import NoSuchMember, NoSuchTeam
from hub.accounts.hours import Hours
from hub.accounts.models import Member, Team
from hub.accounts.roles import check_may_place
from hub.accounts.standing import access_account, grants_of, reaches
from hub.accounts.team_shapes import TeamChange, TeamShown, TeamWanted
from hub.act import Act
from hub.deps import Deps
from hub.store.mongo import Document

NAME_PLACE, KEY_PLACE = f"{repository.TEAMS}.name", f"{repository.TEAMS}.key"


async def list_teams(deps: Deps, caller: Caller) -> list[TeamShown]:
    """All, or those that the caller is in: as far as the permission to see members reaches."""
    is_all = caller.grants[Permission.MEMBERS_VIEW] is Scope.ALL
    teams = await repository.list_all(deps.mongo, caller.account, Team, None if is_all else caller.teams)
    members = await list_seen(deps, caller, teams)
    found = []
    for team in teams:
        found.append(await shown(deps, team, members))
        # To find out that a team does not open in 400 days takes some milliseconds: others have their turn between.
        await asyncio.sleep(0)
    return found


async def show_team(deps: Deps, caller: Caller, id: str) -> TeamShown:
    """One of those that the caller may see."""
    team = await get_team(deps, caller.account, id)
    if caller.grants[Permission.MEMBERS_VIEW] is not Scope.ALL and id not in caller.teams:
        raise no_such_team(id)
    return await shown(deps, team, await list_seen(deps, caller, [team]))


async def list_seen(deps: Deps, caller: Caller, teams: Iterable[Team]) -> list[Member]:
    """Whoever is in these teams and may be seen by the caller."""
    members = await repository.list_team_members(deps.mongo, caller.account, [team.id for team in teams])
    return [member for member in members if reaches(caller, member, Permission.MEMBERS_VIEW)]


async def get_team(deps: Deps, account: str, id: str) -> Team:
    """One of the account's."""
    team = await repository.find(deps.mongo, account, Team, id)
    if team is None:
        raise no_such_team(id)
    return team


async def list_named(deps: Deps, account: str, ids: Collection[str]) -> list[Team]:
    """Those of these that the account has, in one query."""
    return await repository.list_all(deps.mongo, account, Team, ids) if ids else []


async def check_teams(deps: Deps, account: str, ids: Collection[str]) -> None:
    """Raise NoSuchTeam unless the account has all of them."""
    if missing := set(ids) - {team.id for team in await list_named(deps, account, ids)}:
        raise no_such_team(min(missing))


async def make(act: Act, wanted: TeamWanted) -> TeamShown:
    """A team without members."""
    deps, account = act.deps, act.account
    team = Team(
        id=act.new_id,
        account=account,
        name=await deps.sealer.seal(account, NAME_PLACE, wanted.name),
        key=await naming.key_of(deps, account, KEY_PLACE, wanted.name),
        made_at=deps.clock.now(),
        hours=await presence.sealed_hours(deps, account, Team, wanted.hours),
    )
    await naming.add(deps, team)
    made = await shown(deps, team, ())
    act.note.target, act.note.after = {"team": team.id}, made
    return made


async def change(act: Act, id: str, wanted: TeamChange) -> TeamShown:
    """Another name."""
    fields: Document = {}
    if wanted.name is not None:
        fields["name"] = await act.deps.sealer.seal(act.account, NAME_PLACE, wanted.name)
        fields["key"] = await naming.key_of(act.deps, act.account, KEY_PLACE, wanted.name)
    return await apply(act, id, fields)


async def set_hours(act: Act, id: str, hours: Hours | None) -> TeamShown:
    """When it is there; always, without hours."""
    return await apply(act, id, {"hours": await presence.sealed_hours(act.deps, act.account, Team, hours)})


async def apply(act: Act, id: str, fields: Document) -> TeamShown:
    """Set fields; before and after go into the audit log."""
    team = await get_team(act.deps, act.account, id)
    await note_before(act, team)
    if fields and not await naming.change(act.deps, team, **fields):
        raise no_such_team(id)
    return await note_after(act, id)


async def delete(act: Act, id: str) -> None:
    """The team goes, and everybody leaves it."""
    team = await repository.find(act.deps.mongo, act.account, Team, id)
    if team:
        await note_before(act, team)
    is_deleted = await repository.remove(act.deps.mongo, act.account, Team, id)
    # Also when it was gone already: whoever deleted it may have died before this.
    await repository.empty_team(act.deps.mongo, act.account, id)
    if not is_deleted:
        raise no_such_team(id)


async def put_member(act: Act, id: str, member_id: str) -> TeamShown:
    """One member more, who from now on reaches whatever the role grants for the own teams."""
    deps = act.deps
    team, account = await get_team(deps, act.account, id), await access_account(deps, act.caller)
    member = await repository.find(deps.mongo, account.id, Member, member_id)
    if member is None:
        raise NoSuchMember("There is no such member.", id=member_id)
    if id not in member.teams:
        check_may_place(act.caller, await grants_of(deps, account, member), {id})
    await note_before(act, team, member=member_id)
    if not await repository.put_into_team(deps.mongo, account.id, member_id, id):
        raise NoSuchMember("There is no such member any more.", id=member_id)
    await repository.leave_gone_teams(deps.mongo, account.id, [id])
    return await note_after(act, id)


async def take_out_member(act: Act, id: str, member_id: str) -> TeamShown:
    """One member less."""
    team = await get_team(act.deps, act.account, id)
    await note_before(act, team, member=member_id)
    if not await repository.take_out_of_team(act.deps.mongo, act.account, member_id, id):
        raise NoSuchMember("There is no such member in this team.", id=member_id)
    return await note_after(act, id)


async def note_before(act: Act, team: Team, **more: str) -> None:
    """How the team was, for the audit log."""
    act.note.target = {"team": team.id, **more}
    act.note.before = await show_all(act.deps, team)


async def note_after(act: Act, id: str) -> TeamShown:
    """How the team is, for the audit log and the answer."""
    after = await show_all(act.deps, await get_team(act.deps, act.account, id))
    act.note.after = after
    return after


async def show_all(deps: Deps, team: Team) -> TeamShown:
    """With everybody who is in it: for those who manage teams."""
    return await shown(deps, team, await repository.list_team_members(deps.mongo, team.account, [team.id]))


async def shown(deps: Deps, team: Team, members: Iterable[Member]) -> TeamShown:
    """As the API shows it, with those of these members who are in it."""
    hours = await presence.hours_of(deps, team)
    is_open, opens_at = presence.look([hours] if hours else [], deps.clock.now())
    return TeamShown(
        id=team.id,
        name=await deps.sealer.text(team.account, NAME_PLACE, team.name),
        member_ids=sorted(member.id for member in members if team.id in member.teams),
        hours=hours,
        is_open=is_open,
        opens_at=opens_at,
        made_at=team.made_at,
    )


def no_such_team(id: str) -> NoSuchTeam:
    """There is none, or none that the caller may see."""
    return NoSuchTeam("There is no such team.", id=id)
