"""What routing does when something new stands in a log. Accounts that do not route cost one look into the memory."""

from hub.deps import Deps
from hub.routing import repository
from hub.routing.giving import wants_somebody
from hub.routing.needing import find_owner_before
from hub.routing.offering import pass_on
from hub.routing.policies import is_on_anywhere
from hub.routing.waiting import fill, keep_from, serve
from hub.threads.happenings import (
    NOBODY,
    Closed,
    MergedInto,
    Offered,
    OfferPassed,
    OwnerChanged,
    OwnerKind,
    Reopened,
    Snoozed,
    Woken,
)
from hub.threads.models import Entry, EntryKind, Thread
from hub.threads.ownership import AGENT, who_answers

CONCERNING = (Closed, MergedInto, Offered, OfferPassed, OwnerChanged, Reopened, Snoozed, Woken)


async def route(deps: Deps, thread: Thread, entry: Entry) -> None:
    """A reaction: somebody is wanted, or somebody has got free. Seen twice, it finds everything settled."""
    if not concerns(thread, entry) or not await is_on_anywhere(deps, thread.account):
        return
    match entry.event:
        case Offered() as event:
            await offered(deps, thread, event)
        case OfferPassed() as event:
            await offer_passed(deps, thread, event)
        case OwnerChanged() as event:
            await owner_changed(deps, thread, entry, event)
        case Closed() | Snoozed() | MergedInto():
            await put_away(deps, thread, entry)
        case _:
            await heard(deps, thread)


def concerns(thread: Thread, entry: Entry) -> bool:
    """Whether it can be routing's business at all. What routing itself has said of a thread of nobody is not."""
    if isinstance(entry.event, OwnerChanged):
        return entry.event.why != "routed" or entry.event.owner.kind is OwnerKind.MEMBER
    is_heard = entry.kind is EntryKind.MESSAGE and entry.direction == "in" and not entry.needs_no_answer
    return (is_heard and wants_somebody(thread)) or isinstance(entry.event, CONCERNING)


async def heard(deps: Deps, thread: Thread) -> None:
    """The person has written, or it goes on. Where an agent answers at first, it is the agent's."""
    if wants_somebody(thread) and await who_answers(deps, thread) != AGENT:
        await serve(deps, thread)


async def offered(deps: Deps, thread: Thread, event: Offered) -> None:
    """The offer ends in time; or at once, if the member has gone while it was on its way."""
    if thread.offered_to == event.member:
        fields = {"offered_to": event.member, "until": event.until, "due_at": event.until, "is_stuck": False}
        await repository.change_wait(deps.mongo, thread.account, thread.id, **fields)
        if any(one.is_away for one in await repository.list_facts(deps.mongo, thread.account, [event.member])):
            await pass_on(deps, thread, event.member, "gone")


async def offer_passed(deps: Deps, thread: Thread, event: OfferPassed) -> None:
    """Somebody else is asked, and the member may have something else."""
    await repository.release(deps.mongo, thread.account, thread.id, member=event.member)
    if wants_somebody(thread):
        await keep_from(deps, thread, event.member)
        await serve(deps, thread)
    if event.why == "declined":
        await fill(deps, thread.account)


async def owner_changed(deps: Deps, thread: Thread, entry: Entry, event: OwnerChanged) -> None:
    """Whoever has it has it; and whoever had it gets something else, and not the same again."""
    await repository.release(deps.mongo, thread.account, thread.id)
    if event.why == "routed":
        await repository.end_wait(deps.mongo, thread.account, thread.id)
        return
    before = await find_owner_before(deps, thread, entry.seq)
    if wants_somebody(thread):
        if before and event.owner == NOBODY:
            await keep_from(deps, thread, before)
        await serve(deps, thread)
    else:
        await repository.end_wait(deps.mongo, thread.account, thread.id)
    if before:
        await note_free(deps, thread, before, entry)


async def put_away(deps: Deps, thread: Thread, entry: Entry) -> None:
    """Nobody has to do anything now, and whoever had it gets something else."""
    await repository.release(deps.mongo, thread.account, thread.id)
    if not wants_somebody(thread):
        await repository.end_wait(deps.mongo, thread.account, thread.id)
    if thread.owner.kind is OwnerKind.MEMBER:
        await note_free(deps, thread, thread.owner.id, entry)
    elif isinstance(entry.event, MergedInto):
        await fill(deps, thread.account)


async def note_free(deps: Deps, thread: Thread, member: str, entry: Entry) -> None:
    """The member has a place more."""
    await repository.change_facts(deps.mongo, thread.account, member, {"freed_at": entry.stored_at})
    await fill(deps, thread.account)
