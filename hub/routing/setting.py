"""Saying how an account routes, or one of its teams."""

from hub.accounts.teams import get_team
from hub.act import Act
from hub.deps import Deps
from hub.routing import repository
from hub.routing.choosing import SPREADING
from hub.routing.errors import BadWays
from hub.routing.models import Policy
from hub.routing.policies import question_of
from hub.routing.shapes import RoutingShown, RoutingWanted, TeamRoutingWanted
from hub.routing.taking_in import TAKE_IN, planned


async def show_routing(deps: Deps, account: str, team: str | None = None) -> RoutingShown:
    """The account's; or the team's, which is the account's where it has none of its own."""
    if team:
        await get_team(deps, account, team)
    known = {one.id: one for one in await repository.list_policies(deps.mongo, account)}
    own = known.get(team or account)
    return shown(own or known.get(account) or Policy(id=account, account=account), is_own=own is not None)


async def set_routing(act: Act, wanted: RoutingWanted) -> RoutingShown:
    """Of the account."""
    if wanted.default_team_id:
        await get_team(act.deps, act.account, wanted.default_team_id)
    return await apply(act, wanted, default_team=wanted.default_team_id)


async def set_team_routing(act: Act, team: str, wanted: TeamRoutingWanted) -> RoutingShown:
    """Of the team, whatever the account's is."""
    await get_team(act.deps, act.account, team)
    return await apply(act, wanted, team=team)


async def apply(
    act: Act, wanted: TeamRoutingWanted, *, team: str | None = None, default_team: str | None = None
) -> RoutingShown:
    """From now on; when it is on, for whatever waits already too."""
    check_ways(wanted)
    policy = Policy(
        id=team or act.account,
        account=act.account,
        team=team,
        is_on=wanted.is_on,
        mode=wanted.mode,
        offer_s=wanted.offer_seconds,
        ways=list(wanted.ways),
        language=wanted.language,
        skills=wanted.skills,
        default_team=default_team,
    )
    note_target(act, team)
    act.note.before = await show_routing(act.deps, act.account, team)
    taking_in = planned(act.deps.clock.now()) if policy.is_on else {}
    await repository.set_policy(act.deps.mongo, policy, taking_in)
    await begin(act, policy.id)
    after = act.note.after = shown(policy, is_own=True)
    return after


async def forget_team_routing(act: Act, team: str) -> None:
    """The account's counts again."""
    note_target(act, team)
    act.note.before = await show_routing(act.deps, act.account, team)
    await repository.plan_taking_in(act.deps.mongo, act.account, planned(act.deps.clock.now()))
    await repository.remove_policy(act.deps.mongo, act.account, team)
    await begin(act, act.account)


async def begin(act: Act, policy: str) -> None:
    """It counts in this process at once, and in others within seconds."""
    act.deps.memory.forget(question_of(act.account))
    await act.deps.bell.ring(TAKE_IN, policy)


def note_target(act: Act, team: str | None) -> None:
    """Whose policy it is."""
    act.note.target = {"team": team} if team else {"account": act.account}


def check_ways(wanted: TeamRoutingWanted) -> None:
    """Raise BadWays unless one way decides at the end, and `last_rep` stands in front of it at most."""
    if any(way in SPREADING for way in wanted.ways[:-1]) or len(set(wanted.ways)) < len(wanted.ways):
        raise BadWays("One way chooses among several: name one of them, behind last_rep or alone.", field="ways")


def shown(policy: Policy, *, is_own: bool) -> RoutingShown:
    """As the API shows it."""
    return RoutingShown(
        is_on=policy.is_on,
        mode=policy.mode,
        offer_seconds=policy.offer_s,
        ways=policy.ways,
        language=policy.language,
        skills=policy.skills,
        default_team_id=policy.default_team,
        is_own=is_own,
    )
