"""When teams and members are there. A member's own hours count; whoever has none keeps those of the teams."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from bson.binary import Binary

from hub.access import Caller, Permission
from hub.accounts import repository
from hub.accounts.errors import NoSuchMember
from hub.accounts.hours import ALWAYS_OPEN, Hours, check_hours, is_open, next_opening
from hub.accounts.models import Member, Team
from hub.accounts.standing import access_member
from hub.accounts.team_shapes import MemberHours
from hub.act import Act
from hub.deps import Deps

PLACES = {Team: f"{repository.TEAMS}.hours", Member: f"{repository.MEMBERS}.hours"}


async def sealed_hours(deps: Deps, account: str, type: type[Team | Member], hours: Hours | None) -> Binary | None:
    """As they are kept: a holiday may be somebody's own affair."""
    if hours is None:
        return None
    check_hours(hours)
    return await deps.sealer.seal(account, PLACES[type], msgspec.json.encode(hours).decode())


async def hours_of(deps: Deps, whose: Team | Member) -> Hours | None:
    """The hours that were set for this one."""
    if whose.hours is None:
        return None
    return msgspec.json.decode(await deps.sealer.unseal(whose.account, PLACES[type(whose)], whose.hours), type=Hours)


async def list_hours(deps: Deps, member: Member) -> list[Hours]:
    """Those that count for a member: there at any of them. A team that has set none says nothing."""
    if own := await hours_of(deps, member):
        return [own]
    teams = await repository.list_all(deps.mongo, member.account, Team, member.teams) if member.teams else []
    return [hours for team in teams if (hours := await hours_of(deps, team))]


def look(hours: Sequence[Hours], now: datetime) -> tuple[bool, datetime | None]:
    """Whether somebody is there at one of these hours, and if not, from when on. Without any hours: always."""
    followed = hours or (ALWAYS_OPEN,)
    if any(is_open(one, now) for one in followed):
        return True, None
    return False, min((opening for one in followed if (opening := next_opening(one, now))), default=None)


async def show_member_hours(deps: Deps, caller: Caller, id: str) -> MemberHours:
    """When a member is there."""
    _, member = await access_member(deps, caller, id, Permission.MEMBERS_VIEW)
    return await shown(deps, member)


async def set_member_hours(act: Act, id: str, hours: Hours | None) -> MemberHours:
    """Own hours, or again those of the teams."""
    account, member = await access_member(act.deps, act.caller, id, Permission.MEMBERS_MANAGE)
    sealed = await sealed_hours(act.deps, account.id, Member, hours)
    act.note.target, act.note.before = {"member": id}, await hours_of(act.deps, member)
    if not await repository.change(act.deps.mongo, account.id, Member, id, hours=sealed):
        raise NoSuchMember("There is no such member any more.", id=id)
    act.note.after = hours
    return await shown(act.deps, msgspec.structs.replace(member, hours=sealed))


async def shown(deps: Deps, member: Member) -> MemberHours:
    """As the API shows it."""
    is_there, opens_at = look(await list_hours(deps, member), deps.clock.now())
    return MemberHours(hours=await hours_of(deps, member), is_open=is_there, opens_at=opens_at)
