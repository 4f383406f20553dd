"""Sending, as due work. What might have reached the provider is never sent again before the provider was asked about
it; what surely has not is tried again, in a while."""

from datetime import timedelta

from channels.base import Outbound, Refused, Unreachable, Unsure
from hub.deps import Deps
from hub.lines import health
from hub.lines.actions import access_of, get_line
from hub.lines.channels import channel_of
from hub.people.getting import get_person
from hub.sending.content import split_as_before, with_links
from hub.sending.errand import Errand, Record, delivery_of, to_of
from hub.sending.facts import facts_for
from hub.sending.failures import (
    GIVEN_UP,
    TAKEN_OVER,
    UNKNOWN,
    UNREACHABLE,
    failing_at_gate,
    failing_of,
    note_health,
    suppress_for,
)
from hub.sending.gate import decide
from hub.sending.http import http_of
from hub.sending.lane import is_preceded, ring_next
from hub.sending.limits import take_turn
from hub.sending.models import SEND, Why
from hub.sending.progress import TAKEN, UNDER_WAY
from hub.sending.statuses import catch_up_early
from hub.store.mongo import Document
from hub.threads.delivering import MESSAGES, get_entry
from hub.threads.log import get_thread, opened, where_it_goes_on
from hub.threads.models import Entry, Failing, PartSent
from hub.work.kinds import Kind, Later, Lease

# Tried for about an hour.
TRIES = 12
PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=15)
# Until somebody else rings, or has died.
PATIENCE = timedelta(minutes=1)
# Providers need a moment until they know what they have taken.
LOOK_AFTER = timedelta(seconds=2)
LOOK_FOR = timedelta(hours=1)
# How long a place is held for a message whose turn comes soon.
SHORT = timedelta(seconds=2)
# As often as it may be begun and never ended: then people are told, where the message stands.
ATTEMPTS = 8


async def send(deps: Deps, document: Document, lease: Lease) -> None:
    """Take one message as far as it goes. The next one to the same person waits for this."""
    entry = await get_entry(deps, document["account"], document["_id"])
    if delivery_of(entry).state in UNDER_WAY:
        if await is_preceded(deps, entry):
            raise Later(deps.clock.now() + PATIENCE)
        entry = await (take_on(deps, entry, lease) if lease.attempt < ATTEMPTS else give_up(Record(deps, lease, entry)))
    await catch_up_early(deps, entry)
    await ring_next(deps, entry)


async def take_on(deps: Deps, entry: Entry, lease: Lease) -> Entry:
    """Hand it over; gives back how it stands then."""
    errand = await errand_for(deps, entry, lease)
    await hand_over(errand)
    return errand.entry


async def give_up(record: Record) -> Entry:
    """Something on our side has failed each time, and may do so still. What may have been sent stays unknown."""
    for n, part in enumerate(record.delivery.parts):
        if part.state in UNDER_WAY:
            await (record.unknown(n, UNKNOWN) if part.asked_at else record.failed(n, GIVEN_UP))
            break
    return record.entry


async def errand_for(deps: Deps, entry: Entry, lease: Lease) -> Errand:
    """All that is needed to send it."""
    line = await get_line(deps, entry.account, entry.line)
    channel = channel_of(line)
    return Errand(
        deps=deps,
        lease=lease,
        entry=entry,
        line=line,
        channel=channel,
        access=await access_of(deps, line),
        to=await to_of(deps, entry),
        contents=split_as_before(await opened(deps, entry), delivery_of(entry).parts),
    )


async def hand_over(errand: Errand) -> None:
    """Part by part, each only once the one before it was taken."""
    for n in range(len(errand.delivery.parts)):
        if errand.part(n).asked_at is not None:
            await clear_up(errand, n)
        if is_open(errand.part(n)):
            await wait_for_turn(errand)
            if not await passes_gate(errand, n):
                return
            await hand_over_part(errand, n)
        if errand.part(n).state not in TAKEN:
            return


def is_open(part: PartSent) -> bool:
    """Whether it surely was not sent, and is to be."""
    return part.state in UNDER_WAY and part.asked_at is None


async def clear_up(errand: Errand, n: int) -> None:
    """It was handed over, and no answer has come: ask the provider. Where none can be asked, a person decides."""
    asked_at, can = errand.part(n).asked_at or errand.now, errand.channel.capabilities
    if not can.looks_up:
        await errand.unknown(n, UNKNOWN)
        return
    try:
        receipt = await errand.channel.lookup(http_of(errand.deps), errand.access, errand.part(n).client_id)
    except (Unreachable, Unsure, Refused):
        await ask_again(errand, n, errand.now - asked_at)
        return
    if receipt:
        await errand.sent(n, receipt.id)
    elif errand.now >= asked_at + can.surely_known_after:
        await errand.take_back(n)
    else:
        await errand.unknown(n)
        raise errand.later(min(LOOK_AFTER * 5, asked_at + can.surely_known_after - errand.now))


async def ask_again(errand: Errand, n: int, since: timedelta) -> None:
    """The provider cannot be asked now: in a while, but not forever."""
    if since > LOOK_FOR:
        await errand.unknown(n, UNKNOWN)
        return
    await errand.unknown(n)
    raise errand.later(max(LOOK_AFTER, min(since, LONGEST_PAUSE)))


async def wait_for_turn(errand: Errand) -> None:
    """A line and a person take only so many in a second. A short while is waited for here, so that a line that has much
    to send sends as fast as it may; what takes longer leaves the place to others."""
    while wait := await take_turn(errand.deps, errand.line, errand.channel.capabilities, errand.entry.thread):
        if wait > SHORT:
            raise errand.later(wait)
        await errand.deps.clock.sleep(wait.total_seconds())


async def passes_gate(errand: Errand, n: int) -> bool:
    """Ask the gate again: they may have opted out, and the night may have begun, since this was written."""
    deps, entry = errand.deps, errand.entry
    thread = await get_thread(deps, entry.account, entry.thread)
    # An epoch is one of this very thread; it ends also when the conversation goes on in another one.
    if errand.delivery.epoch not in (None, thread.epoch):
        await errand.failed(n, TAKEN_OVER)
        return False
    thread = await where_it_goes_on(deps, thread)
    person = await get_person(deps, entry.account, thread.person)
    content = await opened(deps, entry)
    facts = await facts_for(
        deps,
        thread,
        person,
        errand.line,
        content,
        is_automated=errand.delivery.is_automated,
        to=errand.to,
        is_queued=True,
    )
    verdict = decide(facts)
    if verdict.code is Why.LINE_PAUSED:
        raise errand.later(PATIENCE)
    if verdict.code is Why.QUIET_HOURS and verdict.alternatives and (until := verdict.alternatives[0].until):
        raise Later(until)
    if not verdict.is_allowed:
        await errand.failed(n, failing_at_gate(verdict))
    return verdict.is_allowed


async def hand_over_part(errand: Errand, n: int) -> None:
    """Hand it to the provider, and write down what came of it."""
    deps = errand.deps
    content = await with_links(deps, errand.entry.account, errand.contents[n])
    # Before the call: whoever finds it so after a crash asks the provider first.
    await errand.ask(n)
    message = Outbound(id=errand.part(n).client_id, to=errand.to, content=content)
    try:
        receipt = await errand.channel.send(http_of(deps), errand.access, message)
    except Refused as refused:
        await handle_refused(errand, n, refused)
    except Unreachable:
        await try_later(errand, n, UNREACHABLE, None)
    except Unsure:
        await handle_unsure(errand, n)
    else:
        health.sent(deps, errand.line)
        await errand.sent(n, receipt.id)


async def handle_refused(errand: Errand, n: int, refused: Refused) -> None:
    """For now, or for good; and perhaps for everything else to this address."""
    failing = failing_of(refused.failure)
    note_health(errand.deps, errand.line, refused.failure)
    if refused.failure.is_passing:
        await try_later(errand, n, failing, refused.retry_after)
        return
    await suppress_for(errand.deps, errand.line, errand.to, refused.failure)
    await errand.failed(n, failing)


async def try_later(errand: Errand, n: int, failing: Failing, wait: timedelta | None) -> None:
    """Surely nothing was sent: once more in a while, but not forever."""
    if errand.delivery.tries + 1 >= TRIES:
        await errand.failed(n, failing)
        return
    pause = pause_after(errand.delivery.tries)
    await errand.take_back(n)
    raise errand.later(max(pause, wait or pause))


async def handle_unsure(errand: Errand, n: int) -> None:
    """It may have been sent: never blindly again."""
    if errand.channel.capabilities.looks_up:
        await errand.unknown(n)
        raise errand.later(LOOK_AFTER)
    await errand.unknown(n, UNKNOWN)


def pause_after(tries: int) -> timedelta:
    """Twice as long after each."""
    pause: timedelta = min(PAUSE * 2**tries, LONGEST_PAUSE)
    return pause


KINDS = (Kind(name=SEND, collection=MESSAGES, handler=send, prefix="delivery.", attempts=ATTEMPTS),)
