"""What is to be said later, as due work: once its time has come it goes the way of everything that is said."""

from dataclasses import dataclass
from typing import Any

import msgspec
from bson.binary import Binary
from msgspec.structs import replace

from hub.deps import Deps
from hub.errors import HubError, Unavailable
from hub.files.actions import release
from hub.sending import repository
from hub.sending.announcing import announce
from hub.sending.authors import check_may_still
from hub.sending.errors import SendRefused
from hub.sending.failures import GIVEN_UP, failing_at_gate
from hub.sending.models import SAYING_PLACE, SCHEDULED, Saying, Scheduled, ScheduledState, Verdict
from hub.sending.saying import say
from hub.sending.staying import Answered
from hub.sending.waiting import hours_left
from hub.store.mongo import Document
from hub.threads.log import get_thread, where_it_goes_on
from hub.threads.models import Author, Failing, Thread
from hub.work.kinds import Kind, Later, Lease

ATTEMPTS = 8
OURS_TO_FIX = "Change it, or say it now."


@dataclass
class Turn:
    """One run of saying what was scheduled, as long as the claim on it is ours."""

    deps: Deps
    lease: Lease
    seen: Scheduled

    async def change(self, **fields: Any) -> None:
        """Write it down; when the claim is ours no more, whoever has it now goes on."""
        async with self.lease.writing:
            if not await repository.change_scheduled(self.deps.mongo, self.seen, self.lease.where, **fields):
                raise Later(self.deps.clock.now())
        self.seen = replace(self.seen, rev=self.seen.rev + 1, **fields)
        announce(self.deps, self.seen)

    async def end(self, state: ScheduledState, failure: Failing | None = None) -> None:
        """It is not said, and why: it stands there until somebody puts it away, or changes it."""
        await self.change(state=state, failure=failure, ended_at=self.deps.clock.now())

    async def forget(self) -> None:
        """It was said: the log has it."""
        async with self.lease.writing:
            await repository.remove_scheduled(self.deps.mongo, self.seen, self.lease.where)
        announce(self.deps, self.seen)


async def say_scheduled(deps: Deps, document: Document, lease: Lease) -> None:
    """Say it now, unless it is settled, or nobody may."""
    scheduled = await repository.find_scheduled(deps.mongo, document["account"], _id=document["_id"])
    if scheduled is None or scheduled.state not in (ScheduledState.WAITING, ScheduledState.GOING):
        return
    turn = Turn(deps, lease, scheduled)
    if lease.attempt >= ATTEMPTS:
        await turn.end(ScheduledState.REFUSED, GIVEN_UP)
        return
    if scheduled.state is ScheduledState.WAITING:
        await turn.change(state=ScheduledState.GOING)
    try:
        await say_now(turn)
    except Answered:
        await turn.end(ScheduledState.ANSWERED)
    except SendRefused as refused:
        await wait_or_end(turn, refused.verdict)
    except Unavailable:
        raise
    except HubError as error:
        failing = Failing(code=error.code, words=error.message, advice=OURS_TO_FIX, is_passing=True)
        await turn.end(ScheduledState.REFUSED, failing)
    else:
        await turn.forget()


async def say_now(turn: Turn) -> None:
    """As its author, if that one still may."""
    deps, seen = turn.deps, turn.seen
    author = Author(seen.author_kind, seen.author)
    thread = await where_it_goes_on(deps, await get_thread(deps, seen.account, seen.thread))
    await check_may_still(deps, thread, author)
    saying = replace(await opened(deps, seen), is_scheduled=True, unless_heard_after=silent_since(thread, seen))
    if thread.id != seen.thread:
        # The files wait in the conversation that has ended; they go along.
        await release(deps, seen.account, saying.files, seen.thread)
    await say(deps, thread, saying, author)


def silent_since(thread: Thread, scheduled: Scheduled) -> int | None:
    """Behind which place of the log they must not have written. Places of a log that ends in another one tell nothing
    of that: there the time does."""
    if not scheduled.unless_answered:
        return None
    if thread.id == scheduled.thread or thread.heard is None:
        return scheduled.heard_seq
    return 0 if thread.heard.at > scheduled.made_at else thread.heard.seq


async def wait_or_end(turn: Turn, verdict: Verdict) -> None:
    """At night it waits for the morning, and says so; any other no is one."""
    now = turn.deps.clock.now()
    pause = hours_left(verdict, now)
    if pause is None:
        await turn.end(ScheduledState.REFUSED, failing_at_gate(verdict))
        return
    await turn.change(state=ScheduledState.WAITING, failure=failing_at_gate(verdict))
    raise Later(now + pause)


async def sealed(deps: Deps, account: str, saying: Saying) -> Binary:
    """As it is kept."""
    return (await deps.sealer.keyring(account)).seal(SAYING_PLACE, msgspec.json.encode(saying))


async def opened(deps: Deps, scheduled: Scheduled) -> Saying:
    """What is to be said."""
    plain = await deps.sealer.unseal(scheduled.account, SAYING_PLACE, scheduled.saying)
    return msgspec.json.decode(plain, type=Saying)


KINDS = (Kind(name=SCHEDULED, collection=repository.SCHEDULED, handler=say_scheduled, attempts=ATTEMPTS),)
