"""Doing what a rule says, by the actions of the rooms whose it is. Every deed has an id that a repeat has too."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import asdict

from hub.access import Permission
from hub.accounts.standing import get_able
from hub.accounts.teams import get_team
from hub.deps import Deps
from hub.people.changing import change as change_person
from hub.people.lead import record_lead
from hub.people.stages import moved, tell
from hub.people.tags import with_tags
from hub.rules import deeds, repository
from hub.rules.deeds import AnyDeed
from hub.rules.errors import AnsweredMeanwhile, TooLate
from hub.rules.wording import text_of
from hub.sending.models import Saying
from hub.sending.saying import say
from hub.threads import ownership, state
from hub.threads.delivering import client_id_of, find_said
from hub.threads.happenings import ClockBreached, StageChanged
from hub.threads.models import Author, Entry, Thread

# A rule that comes to its turn later than this speaks to nobody any more.
LATEST = timedelta(minutes=15)


@dataclass(frozen=True)
class Doing:
    """One deed about to be done: where, as whom, and under which id; about which entry, decided when, and under which
    epoch if nobody but the rule itself has changed who speaks since."""

    deps: Deps
    thread: Thread
    author: Author
    id: str
    entry: Entry
    since: datetime
    epoch: int

    @property
    def at(self) -> dict[str, Any]:
        """As the actions of conversations take it."""
        return {"deps": self.deps, "thread": self.thread, "author": self.author, "id": self.id}


async def do(doing: Doing, deed: AnyDeed) -> Thread:
    """Do it, and give back the conversation as it is then; raises what the room has against it."""
    return await HOW[type(deed)](doing, deed)


async def stands(doing: Doing) -> bool:
    """Whether the deed stands in the log: then it was done, by whichever process."""
    deps, account = doing.deps, doing.thread.account
    ids = (doing.id, client_id_of(doing.author, doing.id))
    return any([await find_said(deps, account, id) for id in ids])


async def check_can(deps: Deps, account: str, deed: AnyDeed) -> None:
    """Raise when what the deed names is not there, or may not do this."""
    for field, permission in ABLE.get(type(deed), {}).items():
        if member := getattr(deed, field):
            await get_able(deps, account, member, permission)
    if isinstance(deed, deeds.Assign) and deed.team_id:
        await get_team(deps, account, deed.team_id)


async def assign(doing: Doing, deed: deeds.Assign) -> Thread:
    await check_can(doing.deps, doing.thread.account, deed)
    return await ownership.assign(
        **doing.at, member=deed.member_id, team=deed.team_id, keeps_member=True, epoch=doing.epoch
    )


async def set_priority(doing: Doing, deed: deeds.SetPriority) -> Thread:
    return await state.set_priority(**doing.at, priority=deed.priority)


async def tag(doing: Doing, deed: deeds.Tag) -> Thread:
    return await state.tag(**doing.at, put=deed.put, taken=deed.take_off)


async def close(doing: Doing, _: deeds.Close) -> Thread:
    return await state.close(**doing.at, why="rule", unless_heard_after=doing.entry.seq)


async def snooze(doing: Doing, deed: deeds.Snooze) -> Thread:
    until = doing.deps.clock.now() + timedelta(minutes=deed.minutes)
    return await state.snooze(**doing.at, until=until, unless_heard_after=doing.entry.seq)


async def send(doing: Doing, deed: deeds.Send | deeds.SendCanned) -> Thread:
    await check_timely(doing)
    subject = deed.subject if isinstance(deed, deeds.Send) else ""
    text = await text_of(doing.deps, doing.thread, deed)
    saying = Saying(client_id=doing.id, text=text, subject=subject, line=deed.line_id)
    return (await say(doing.deps, doing.thread, saying, doing.author, epoch=doing.epoch)).thread


async def check_timely(doing: Doing) -> None:
    """Raise for what comes long after, or when somebody has answered the person meanwhile."""
    entry = doing.entry
    if doing.deps.clock.now() - entry.stored_at > LATEST:
        raise TooLate("What this would answer was written long ago.", seq=entry.seq)
    is_asking = entry.direction == "in" or isinstance(entry.event, ClockBreached)
    may_be_answered = is_asking and doing.thread.answered_seq > entry.seq
    if may_be_answered and await repository.was_answered(doing.deps.mongo, entry.account, entry):
        raise AnsweredMeanwhile("Somebody has answered meanwhile.", seq=doing.thread.answered_seq)


async def note(doing: Doing, deed: deeds.AddNote) -> Thread:
    """For colleagues it counts whoever speaks by now."""
    text = await text_of(doing.deps, doing.thread, deed)
    saying = Saying(client_id=doing.id, text=text, is_note=True)
    return (await say(doing.deps, doing.thread, saying, doing.author, epoch=doing.thread.epoch)).thread


async def set_lead(doing: Doing, deed: deeds.SetLead) -> Thread:
    thread = doing.thread
    await check_can(doing.deps, thread.account, deed)
    given = {name: value for name, value in asdict(deed).items() if value is not None}
    fields = {name.removesuffix("_id"): value for name, value in given.items()}
    await record_lead(
        doing.deps, thread.account, thread.person, fields, author=doing.author, id=doing.id, since=doing.since
    )
    return thread


async def set_stage(doing: Doing, deed: deeds.SetStage) -> Thread:
    deps, thread, by = doing.deps, doing.thread, f"{doing.author.kind}:{doing.author.id}"
    now = deps.clock.now()
    after = await change_person(
        deps, thread.account, thread.person, lambda person: moved(person, deed.stage, at=now, by=by)
    )
    # Nobody is further along than they were when they were at this stage already; but a process may have died between
    # the change and the word in the log.
    if after.steps and after.steps[-1].by == by and after.steps[-1].at >= doing.since:
        await tell(deps, after, StageChanged(stage=after.stage), doing.author, id=doing.id)
    return thread


async def tag_person(doing: Doing, deed: deeds.TagPerson) -> Thread:
    thread = doing.thread
    await change_person(
        doing.deps,
        thread.account,
        thread.person,
        lambda person: with_tags(person, put=deed.put, taken=deed.take_off),
    )
    return thread


async def follow(doing: Doing, deed: deeds.Follow) -> Thread:
    await check_can(doing.deps, doing.thread.account, deed)
    return await state.follow_thread(**doing.at, member=deed.member_id)


ABLE: Mapping[type, Mapping[str, Permission]] = {
    deeds.Assign: {"member_id": Permission.THREADS_REPLY},
    deeds.Follow: {"member_id": Permission.THREADS_VIEW},
    deeds.SetLead: {"assignee_id": Permission.PEOPLE_VIEW},
}
HOW: Mapping[type, Callable[[Doing, Any], Awaitable[Thread]]] = {
    deeds.Assign: assign,
    deeds.SetPriority: set_priority,
    deeds.Tag: tag,
    deeds.Close: close,
    deeds.Snooze: snooze,
    deeds.Send: send,
    deeds.SendCanned: send,
    deeds.AddNote: note,
    deeds.SetLead: set_lead,
    deeds.SetStage: set_stage,
    deeds.TagPerson: tag_person,
    deeds.Follow: follow,
}
