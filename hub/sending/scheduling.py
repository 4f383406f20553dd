"""What people do about what is to be said later: put it off, change it, take it back."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from hub.access import Permission
from hub.act import Act
from hub.deps import Deps
from hub.files.actions import hold, release
from hub.sending import repository
from hub.sending.announcing import announce
from hub.sending.choosing import line_for
from hub.sending.content import content_of
from hub.sending.errors import BadSendAt, NoSuchScheduled, NotTheAuthor, ScheduledGone, TooManyScheduled
from hub.sending.models import SCHEDULED, Saying, Scheduled, ScheduledState
from hub.sending.pointing import check_reply_to
from hub.sending.saying import check_mentions
from hub.sending.scheduled import opened, sealed
from hub.sending.shapes import ScheduledChange, ScheduledList, ScheduledShown
from hub.store.mongo import Duplicate
from hub.threads.access import access_thread, author_of
from hub.threads.belonging import list_merged_into
from hub.threads.delivering import client_id_of
from hub.threads.log import get_thread, where_it_goes_on
from hub.threads.models import Author, Thread

FURTHEST = timedelta(days=366)


async def find_scheduled(deps: Deps, account: str, author: Author, client_id: str) -> Scheduled | None:
    """What its author has put off under this id."""
    return await repository.find_scheduled(deps.mongo, account, client_id=client_id_of(author, client_id))


async def schedule(act: Act, thread: Thread, saying: Saying, send_at: datetime, *, unless_answered: bool) -> Scheduled:
    """Say it then. The gate is asked when its time has come."""
    deps, thread, author = act.deps, await where_it_goes_on(act.deps, thread), author_of(act.caller)
    check_send_at(deps, send_at)
    await check_reply_to(deps, thread, saying)
    await line_for(deps, thread, saying.line)
    await check_mentions(deps, act.account, saying.mentions)
    await content_of(deps, thread, saying, author)
    await check_has_place(deps, thread)
    await hold_files(deps, thread, saying, send_at)
    scheduled = Scheduled(
        id=act.new_id,
        account=act.account,
        thread=thread.id,
        client_id=client_id_of(author, saying.client_id),
        author_kind=author.kind,
        author=author.id,
        saying=await sealed(deps, act.account, saying),
        send_at=send_at,
        due_at=send_at,
        made_at=deps.clock.now(),
        heard_seq=heard_seq_of(thread),
        unless_answered=unless_answered,
    )
    try:
        await repository.add_scheduled(deps.mongo, scheduled)
    except Duplicate:
        return await find_scheduled(deps, act.account, author, saying.client_id) or scheduled
    announce(deps, scheduled)
    return scheduled


async def check_has_place(deps: Deps, thread: Thread) -> None:
    """Raise when as much waits in the conversation as may."""
    if await repository.is_full(deps.mongo, thread.account, await logs_of(deps, thread)):
        raise TooManyScheduled(f"{repository.MOST} messages wait here already.", most=repository.MOST)


async def hold_files(deps: Deps, thread: Thread, saying: Saying, send_at: datetime) -> None:
    """Files that nobody has used for a day are forgotten; these are kept for as long as somebody may put off anew what
    was not said then."""
    await hold(deps, thread.account, saying.files, thread.id, until=send_at + repository.KEPT_FOR)


async def logs_of(deps: Deps, thread: Thread) -> list[str]:
    """The conversation, and those that go on in it: what was to be said there is said here."""
    return [thread.id, *(one.id for one in await list_merged_into(deps, thread))]


def heard_seq_of(thread: Thread) -> int:
    """The last that the person has written."""
    return thread.heard.seq if thread.heard else 0


def check_send_at(deps: Deps, send_at: datetime) -> None:
    """Raise for what is over, and for what nobody will remember."""
    now = deps.clock.now()
    if not now < send_at <= now + FURTHEST:
        raise BadSendAt("Choose a time within the next year.", send_at=send_at)


async def list_scheduled(deps: Deps, thread: Thread) -> ScheduledList:
    """What waits in a conversation, and what was not said, and why."""
    found = await repository.list_scheduled(deps.mongo, thread.account, await logs_of(deps, thread))
    return ScheduledList(items=[await shown(deps, one) for one in found])


async def change(act: Act, thread_id: str, id: str, wanted: ScheduledChange) -> ScheduledShown:
    """Another text, which is its author's alone to change; another time. What was not said waits anew."""
    deps, seen = act.deps, await access_scheduled(act, thread_id, id)
    if wanted.send_at:
        check_send_at(deps, wanted.send_at)
    before, saying = await shown(deps, seen), await opened(deps, seen)
    if wanted.text not in (None, saying.text):
        check_is_author(act, seen)
        saying = replace(saying, text=wanted.text)
    send_at = wanted.send_at or seen.send_at
    thread = await get_thread(deps, act.account, seen.thread)
    await hold_files(deps, thread, saying, send_at)
    fields: dict[str, Any] = {
        "saying": await sealed(deps, act.account, saying),
        "send_at": send_at,
        "due_at": send_at,
        "state": ScheduledState.WAITING,
        "failure": None,
        "ended_at": None,
        **await waiting_anew(deps, seen, thread),
    }
    if not await repository.change_scheduled(deps.mongo, seen, {}, **fields):
        raise gone(id)
    announce(deps, seen)
    after = await shown(deps, replace(seen, rev=seen.rev + 1, **fields))
    await deps.bell.ring(SCHEDULED, id)
    act.note.target, act.note.before, act.note.after = {"thread": seen.thread, "scheduled": id}, before, after
    return after


def check_is_author(act: Act, scheduled: Scheduled) -> None:
    """Raise unless it goes out in the caller's own name."""
    if author_of(act.caller) != Author(scheduled.author_kind, scheduled.author):
        raise NotTheAuthor(
            "Only whoever has written it may change what it says: take it back, and write your own.", id=scheduled.id
        )


async def waiting_anew(deps: Deps, scheduled: Scheduled, thread: Thread) -> dict[str, Any]:
    """What they had written by now, for one that was settled: only what they write from here on is an answer."""
    if scheduled.state is ScheduledState.WAITING:
        return {}
    await check_has_place(deps, await where_it_goes_on(deps, thread))
    return {"heard_seq": heard_seq_of(thread), "made_at": deps.clock.now()}


async def cancel(act: Act, thread_id: str, id: str) -> ScheduledShown:
    """It is not said; what it was."""
    seen = await access_scheduled(act, thread_id, id)
    before = await shown(act.deps, seen)
    act.note.target, act.note.before = {"thread": seen.thread, "scheduled": id}, before
    if not await repository.remove_scheduled(act.deps.mongo, seen, {}):
        raise gone(id)
    await let_files_be(act.deps, seen, before.attachment_ids)
    announce(act.deps, seen)
    return before


async def let_files_be(deps: Deps, scheduled: Scheduled, files: Collection[str]) -> None:
    """Nothing waits with them any more, but for those that something else waits with here."""
    thread = await get_thread(deps, scheduled.account, scheduled.thread)
    left = (await list_scheduled(deps, thread)).items if files else []
    needed = {file for one in left for file in one.attachment_ids}
    await release(deps, scheduled.account, [file for file in files if file not in needed], thread.id)


async def access_scheduled(act: Act, thread_id: str, id: str) -> Scheduled:
    """One that is not being said at this moment, in a conversation that the caller may write in."""
    deps = act.deps
    thread = await access_thread(deps, act.caller, thread_id, Permission.THREADS_REPLY)
    if thread.merged_into:
        heir = await where_it_goes_on(deps, thread)
        thread = await access_thread(deps, act.caller, heir.id, Permission.THREADS_REPLY)
    found = await repository.find_scheduled(deps.mongo, act.account, _id=id)
    if found is None or found.thread not in await logs_of(deps, thread):
        raise NoSuchScheduled("Nothing of this id is to be said here later: perhaps it was said.", id=id)
    if found.state is ScheduledState.GOING:
        raise gone(id)
    return found


def gone(id: str) -> ScheduledGone:
    return ScheduledGone("It is being said at this moment, or was changed meanwhile: look again.", id=id)


async def shown(deps: Deps, scheduled: Scheduled) -> ScheduledShown:
    """As the API shows it."""
    saying = await opened(deps, scheduled)
    return ScheduledShown(
        id=scheduled.id,
        author=Author(scheduled.author_kind, scheduled.author),
        text=saying.text,
        subject=saying.subject,
        cc=[*saying.cc],
        bcc=[*saying.bcc],
        line_id=saying.line,
        attachment_ids=[*saying.files],
        send_at=scheduled.send_at,
        unless_answered=scheduled.unless_answered,
        state=scheduled.state,
        failure=scheduled.failure,
        made_at=scheduled.made_at,
        rev=scheduled.rev,
    )
