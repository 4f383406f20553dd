"""Doing what a rule says, by the actions of the rooms whose it is. Every deed has an id that a repeat has too."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
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
from hub.rules import deeds
from hub.rules.deeds import AnyDeed
from hub.rules.wording import text_of
from hub.sending.models import Saying
from hub.sending.saying import say
from hub.threads import ownership, state
from hub.threads.events import StageChanged
from hub.threads.models import Author, Thread


@dataclass(frozen=True)
class Doing:
    """One deed about to be done: where, as whom, and under which id."""

    deps: Deps
    thread: Thread
    author: Author
    id: str

    @property
    def at(self) -> dict[str, Any]:
        """As the actions of conversations take it."""
        return {"deps": self.deps, "thread": self.thread, "author": self.author, "id": self.id}


async def do(doing: Doing, deed: AnyDeed) -> Thread:
    """Do it, and give back the conversation as it is then; raises what the room has against it."""
    return await HOW[type(deed)](doing, deed)


async def check_can(deps: Deps, account: str, deed: AnyDeed) -> None:
    """Raise when what the deed names is not there, or may not do this."""
    for field, permission in ABLE.get(type(deed), {}).items():
        if member := getattr(deed, field):
            await get_able(deps, account, member, permission)
    if isinstance(deed, deeds.Assign) and deed.team_id:
        await get_team(deps, account, deed.team_id)


async def assign(doing: Doing, deed: deeds.Assign) -> Thread:
    await check_can(doing.deps, doing.thread.account, deed)
    return await ownership.assign(**doing.at, member=deed.member_id, team=deed.team_id)


async def set_priority(doing: Doing, deed: deeds.SetPriority) -> Thread:
    return await state.set_priority(**doing.at, priority=deed.priority)


async def tag(doing: Doing, deed: deeds.Tag) -> Thread:
    return await state.tag(**doing.at, put=deed.put, taken=deed.take_off)


async def close(doing: Doing, _: deeds.Close) -> Thread:
    return await state.close(**doing.at, why="rule")


async def snooze(doing: Doing, deed: deeds.Snooze) -> Thread:
    return await state.snooze(**doing.at, until=doing.deps.clock.now() + timedelta(minutes=deed.minutes))


async def send(doing: Doing, deed: deeds.Send | deeds.SendCanned) -> Thread:
    subject = deed.subject if isinstance(deed, deeds.Send) else ""
    text = await text_of(doing.deps, doing.thread, deed)
    return await said(doing, Saying(client_id=doing.id, text=text, subject=subject, line=deed.line_id))


async def note(doing: Doing, deed: deeds.AddNote) -> Thread:
    text = await text_of(doing.deps, doing.thread, deed)
    return await said(doing, Saying(client_id=doing.id, text=text, is_note=True))


async def said(doing: Doing, saying: Saying) -> Thread:
    """Through the gate, under the epoch of the conversation as the rule has it."""
    thread = doing.thread
    return (await say(doing.deps, thread, saying, doing.author, epoch=thread.epoch)).thread


async def set_lead(doing: Doing, deed: deeds.SetLead) -> Thread:
    thread = doing.thread
    await check_can(doing.deps, thread.account, deed)
    given = {name: value for name, value in asdict(deed).items() if value is not None}
    fields = {name.removesuffix("_id"): value for name, value in given.items()}
    await record_lead(doing.deps, thread.account, thread.person, fields, author=doing.author, id=doing.id)
    return thread


async def set_stage(doing: Doing, deed: deeds.SetStage) -> Thread:
    deps, thread, by = doing.deps, doing.thread, f"{doing.author.kind}:{doing.author.id}"
    now = deps.clock.now()
    after = await change_person(
        deps, thread.account, thread.person, lambda person: moved(person, deed.stage, at=now, by=by)
    )
    # Nobody is further along than they were when they were at this stage already.
    if after.steps and (after.steps[-1].at, after.steps[-1].by) == (now, by):
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
