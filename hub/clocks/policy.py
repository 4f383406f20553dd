"""What an account promises to those who write to it."""

import msgspec
from bson.binary import Binary

from hub.accounts.hours import Hours, check_hours
from hub.accounts.teams import get_team
from hub.act import Act
from hub.clocks import repository
from hub.clocks.models import HOURS_PLACE, Promise, SlaPolicy
from hub.clocks.promising import get_policy, opened_hours, terms_question
from hub.clocks.shapes import PromiseShown, PromiseWanted, SlaPolicyShown, SlaPolicyWanted
from hub.deps import Deps
from hub.lines.actions import access_line


async def show_policy(deps: Deps, account: str) -> SlaPolicyShown:
    """As it is."""
    policy = await get_policy(deps, account)
    return SlaPolicyShown(
        promises=[promise_shown(promise) for promise in policy.promises],
        warn_percent=policy.warn_percent,
        hours=await opened_hours(deps, policy),
    )


async def set_policy(act: Act, wanted: SlaPolicyWanted) -> SlaPolicyShown:
    """From now on. A clock that runs has its new time with the next entry of its log, or when the old one is over."""
    deps, account = act.deps, act.account
    await check(act, wanted)
    act.note.target, act.note.before = {"account": account}, await show_policy(deps, account)
    policy = SlaPolicy(
        id=account,
        account=account,
        promises=[promise_of(promise) for promise in wanted.promises],
        warn_percent=wanted.warn_percent,
        hours=await sealed_hours(deps, account, wanted.hours),
    )
    await repository.set_policy(deps.mongo, policy)
    deps.memory.forget(terms_question(account))
    after = act.note.after = await show_policy(deps, account)
    return after


async def check(act: Act, wanted: SlaPolicyWanted) -> None:
    """Raise unless teams and lines are there, and a clock can follow the hours."""
    if wanted.hours:
        check_hours(wanted.hours)
    for team in {promise.team_id for promise in wanted.promises if promise.team_id}:
        await get_team(act.deps, act.account, team)
    for line in {promise.line_id for promise in wanted.promises if promise.line_id}:
        await access_line(act.deps, act.caller, line)


async def sealed_hours(deps: Deps, account: str, hours: Hours | None) -> Binary | None:
    """As they are kept: a holiday may be somebody's own affair."""
    if hours is None:
        return None
    return (await deps.sealer.keyring(account)).seal(HOURS_PLACE, msgspec.json.encode(hours))


def promise_of(wanted: PromiseWanted) -> Promise:
    """As it is kept."""
    return Promise(
        team=wanted.team_id,
        line=wanted.line_id,
        priority=wanted.priority,
        first_answer_minutes=wanted.first_answer_minutes,
        next_answer_minutes=wanted.next_answer_minutes,
        resolution_minutes=wanted.resolution_minutes,
    )


def promise_shown(promise: Promise) -> PromiseShown:
    """As the API shows it."""
    return PromiseShown(
        team_id=promise.team,
        line_id=promise.line,
        priority=promise.priority,
        first_answer_minutes=promise.first_answer_minutes,
        next_answer_minutes=promise.next_answer_minutes,
        resolution_minutes=promise.resolution_minutes,
    )
