"""Taking in once more what came already: after a mistake was mended, or something was added. What is there already does
not change by it."""

from datetime import timedelta

from hub.act import Act
from hub.deps import Deps
from hub.errors import Invalid
from hub.intake import repository
from hub.intake.errors import NoSuchEvent, NoSuchReplay, ReplayRunning
from hub.intake.ledger import process
from hub.intake.models import IntakeEvent, IntakeState, Replay
from hub.intake.shapes import EventShown, ReplayShown, ReplayWanted
from hub.intake.showing import event_shown, replay_shown
from hub.lines.actions import get_line
from hub.store.mongo import Duplicate

STEP = 50
# As long as the ledger reaches back, and a little more.
LONGEST = repository.KEPT_FOR + timedelta(days=1)


async def replay_event(act: Act, id: str) -> EventShown:
    """Take one event in once more, soon."""
    deps = act.deps
    event = await get_event(deps, act.account, id)
    act.note.target, act.note.before = {"event": id, "line": event.line}, event_shown(event)
    if not await repository.make_due(deps.mongo, act.account, id, deps.clock.now()):
        raise no_such_event(id)
    await deps.bell.ring("intake.process", id)
    after = event_shown(await get_event(deps, act.account, id))
    act.note.after = after
    return after


async def replay_range(act: Act, wanted: ReplayWanted) -> ReplayShown:
    """Take in once more whatever came on the line within this time."""
    deps, now, line = act.deps, act.deps.clock.now(), await get_line(act.deps, act.account, wanted.line_id)
    if not wanted.since < wanted.until <= wanted.since + LONGEST:
        raise Invalid("`since` is before `until`, by 31 days at most.", field="until")
    await check_none_is_running(deps, act.account, besides=act.new_id)
    replay = Replay(
        id=act.new_id,
        account=act.account,
        line=line.id,
        since=wanted.since,
        until=wanted.until,
        total=await repository.count_range(deps.mongo, act.account, line.id, wanted.since, wanted.until),
        made_at=now,
        due_at=now,
    )
    try:
        await repository.add_replay(deps.mongo, replay)
    except Duplicate:
        # The same request was cut off, and is sent again.
        replay = await get_replay(deps, act.account, replay.id)
    await deps.bell.ring("intake.replay", replay.id)
    made = replay_shown(replay)
    act.note.target, act.note.after = {"replay": replay.id, "line": line.id}, made
    return made


async def check_none_is_running(deps: Deps, account: str, *, besides: str) -> None:
    """One at a time: each may be a walk over all that came in a month. Two that are asked for at one moment may both
    begin, which does no harm."""
    running = await repository.find_running_replay(deps.mongo, account)
    if running and running.id != besides:
        raise ReplayRunning("Another replay is running: wait until it has ended.", id=running.id)


async def go_through(deps: Deps, account: str, id: str) -> None:
    """One event after the other, from where it stopped; how far it has come can be seen meanwhile."""
    replay = await get_replay(deps, account, id)
    position, done, failed = replay.position, replay.done, replay.failed
    while events := await repository.list_range(deps.mongo, replay, position, limit=STEP):
        for event in events:
            failed += (await process(deps, event)).state is IntakeState.FAILED
        done, position = done + len(events), (events[-1].at, events[-1].id)
        await repository.change_replay(deps.mongo, account, id, done=done, failed=failed, position=position)
    await repository.change_replay(deps.mongo, account, id, ended_at=deps.clock.now())


async def get_event(deps: Deps, account: str, id: str) -> IntakeEvent:
    """One of the account's."""
    event = await repository.find_event(deps.mongo, account, id)
    if event is None:
        raise no_such_event(id)
    return event


async def get_replay(deps: Deps, account: str, id: str) -> Replay:
    """One of the account's."""
    replay = await repository.find_replay(deps.mongo, account, id)
    if replay is None:
        raise NoSuchReplay("There is no such replay.", id=id)
    return replay


def no_such_event(id: str) -> NoSuchEvent:
    """There is none, or it is older than the ledger reaches back."""
    return NoSuchEvent("The ledger has no such event. It keeps them for thirty days.", id=id)
