"""Sending, as due work. What might have reached the provider is never sent again before the provider was asked about
it; what surely has not is tried again, in a while."""

from collections.abc import Sequence
from datetime import timedelta

from channels.base import Outbound, Receipt, Refused, Unreachable, Unsure
from hub.deps import Deps
from hub.letterheads.dressing import letterhead_for
from hub.lines import health, outages
from hub.lines.actions import access_of, get_line
from hub.lines.channels import channel_of
from hub.sending.again import facts_again
from hub.sending.content import with_files, with_links
from hub.sending.errand import Errand, Record, delivery_of, to_of
from hub.sending.failures import (
    GIVEN_UP,
    NOT_REACHED,
    TAKEN_OVER,
    UNKNOWN,
    UNREACHABLE,
    failing_at_gate,
    failing_of,
    learn_from,
    note_health,
)
from hub.sending.gate import decide
from hub.sending.lane import is_preceded, ring_next
from hub.sending.models import SEND
from hub.sending.moving import moved_if_down
from hub.sending.pointing import going_out
from hub.sending.progress import TAKEN, UNDER_WAY
from hub.sending.recipients import note_of_copy
from hub.sending.senders import sender_for
from hub.sending.statuses import catch_up_early, find
from hub.sending.waiting import pause_at_gate, wait_for_place, wait_for_turn
from hub.sending.ways import ways_of
from hub.store.mongo import Document
from hub.threads.delivering import MESSAGES, get_entry
from hub.threads.log import get_thread, where_it_goes_on
from hub.threads.models import Entry, Failing, PartSent
from hub.work.kinds import Kind, Later, Lease

# Tried for about an hour.
TRIES = 12
PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=15)
# The one in front rings when it has ended, but not when it waits for something itself, or its worker has died.
PATIENCE = timedelta(minutes=1)
# Providers need a moment until they know what they have taken.
LOOK_AFTER = timedelta(seconds=2)
LOOK_FOR = timedelta(hours=1)
# As often as it may be begun and never ended: then people are told, where the message stands.
ATTEMPTS = 8


async def send(deps: Deps, document: Document, lease: Lease) -> None:
    """Take one message as far as it goes. The next one to the same person waits for this."""
    entry = await get_entry(deps, document["account"], document["_id"])
    if delivery_of(entry).state in UNDER_WAY:
        if await is_preceded(deps, entry):
            raise Later(deps.clock.now() + PATIENCE)
        is_last = lease.attempt >= ATTEMPTS
        entry = await (give_up(Record(deps, lease, entry)) if is_last else take_on(deps, entry, lease))
    await catch_up_early(deps, entry)
    await ring_next(deps, entry)


async def take_on(deps: Deps, entry: Entry, lease: Lease) -> Entry:
    """Hand it over, by the line that it goes over now; gives back how it stands then."""
    entry = await moved_if_down(deps, entry, lease)
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
    access, to, channel = await access_of(deps, line), await to_of(deps, entry), channel_of(line)
    return Errand(
        deps=deps,
        lease=lease,
        entry=entry,
        line=line,
        channel=channel,
        access=access,
        to=to,
        sender=await sender_for(deps, entry, line, access, to),
        contents=await going_out(deps, entry, line, channel.capabilities),
    )


async def hand_over(errand: Errand) -> None:
    """Part by part, each only once the one before it was taken."""
    for n in range(len(errand.delivery.parts)):
        if errand.part(n).asked_at is not None:
            await clear_up(errand, n)
        if is_open(errand.part(n)):
            if not await passes_gate(errand, n):
                return
            # Last of all: what waits for the morning takes nobody's turn.
            await wait_for_turn(errand, n)
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
        message = Outbound(id=errand.part(n).client_id, to=errand.to, content=errand.contents[n])
        taken = await errand.channel.lookup(ways_of(errand.deps), errand.access, message, since=asked_at)
    except (Unreachable, Unsure, Refused):
        await ask_again(errand, n, errand.now - asked_at)
        return
    receipt = await first_of_no_other(errand, n, taken)
    if receipt:
        await errand.sent(n, receipt.id)
        health.sent(errand.deps, errand.line)
    elif errand.now >= asked_at + can.surely_known_after:
        await go_again(errand, n)
    else:
        await errand.unknown(n)
        raise errand.later(min(LOOK_AFTER * 5, asked_at + can.surely_known_after - errand.now))


async def first_of_no_other(errand: Errand, n: int, taken: Sequence[Receipt]) -> Receipt | None:
    """What is known to be another message of ours is not this one, however alike they are. It may be known already as
    this one: the name of a part is written down before how it fares."""
    for receipt in taken:
        found = await find(errand.deps, errand.line, receipt.id)
        if found is None or (found[0].id, found[1]) == (errand.entry.id, n):
            return receipt
    return None


async def ask_again(errand: Errand, n: int, since: timedelta) -> None:
    """The provider cannot be asked now: in a while, but not forever."""
    if since > LOOK_FOR:
        await errand.unknown(n, UNKNOWN)
        return
    await errand.unknown(n)
    raise errand.later(max(LOOK_AFTER, min(since, LONGEST_PAUSE)))


async def passes_gate(errand: Errand, n: int) -> bool:
    """Ask the gate again: they may have opted out, and the night may have begun, since this was written."""
    deps, entry = errand.deps, errand.entry
    thread = await get_thread(deps, entry.account, entry.thread)
    # An epoch is one of this very thread; it ends also when the conversation goes on in another one.
    if errand.delivery.epoch not in (None, thread.epoch):
        await errand.failed(n, TAKEN_OVER)
        return False
    # While the part before it was handed over, somebody may have stopped the line.
    errand.line = await get_line(deps, entry.account, errand.line.id)
    goes_on = await where_it_goes_on(deps, thread)
    facts = await facts_again(deps, goes_on, entry, errand.line, errand.to)
    verdict = decide(facts)
    if pause := pause_at_gate(facts, verdict):
        await errand.wait(n, failing_at_gate(verdict))
        raise errand.later(pause)
    if verdict.is_allowed:
        await wait_for_place(errand, n, facts)
    else:
        await errand.failed(n, failing_at_gate(verdict))
    return verdict.is_allowed


async def hand_over_part(errand: Errand, n: int) -> None:
    """Hand it to the provider, and write down what came of it."""
    deps = errand.deps
    message = await outbound(errand, n)
    # Before the call: whoever finds it so after a crash asks the provider first.
    await errand.ask(n)
    try:
        receipt = await errand.channel.send(ways_of(deps), errand.access, message)
    except Refused as refused:
        await handle_refused(errand, n, refused)
    except Unreachable:
        await note_away(errand, n)
        await try_later(errand, n, UNREACHABLE, None)
    except Unsure:
        await outages.note_down(deps, errand.line)
        await handle_unsure(errand, n)
    else:
        # First of all: where a provider cannot be asked, nobody else knows of it.
        await errand.sent(n, receipt.id)
        for status in receipt.refused:
            await note_of_copy(deps, errand.line, errand.entry, status)
        health.sent(deps, errand.line)
        await outages.note_up(deps, errand.line)


async def outbound(errand: Errand, n: int) -> Outbound:
    """As the adapter gets it."""
    account, is_mail = errand.entry.account, errand.channel.capabilities.is_mail
    content = await (with_files if is_mail else with_links)(errand.deps, account, errand.contents[n])
    return Outbound(
        id=errand.part(n).client_id,
        to=errand.to,
        content=content,
        sender=errand.sender,
        letterhead=await letterhead_for(errand.deps, errand.entry, errand.line, errand.access, content)
        if is_mail
        else None,
        at=errand.now,
    )


async def handle_refused(errand: Errand, n: int, refused: Refused) -> None:
    """For now, or for good; and perhaps for everything else to this address."""
    failing = failing_of(refused.failure)
    note_health(errand.deps, errand.line, refused.failure)
    if refused.failure.about == "provider":
        await note_away(errand, n)
    if refused.failure.is_passing:
        await try_later(errand, n, failing, refused.retry_after)
        return
    if refused.failure.about in ("message", "person"):
        # Whoever says no to one of them is there for all others.
        await outages.note_up(errand.deps, errand.line)
    await learn_from(errand.deps, errand.line, errand.entry, errand.to, refused.failure, at=errand.now)
    await errand.failed(n, failing)


async def note_away(errand: Errand, n: int) -> None:
    """The provider is away, and surely nothing was sent: where there may be another way, nobody waits for this one."""
    await outages.note_down(errand.deps, errand.line)
    if has_choice(errand, n) and errand.delivery.tries == 0:
        await errand.take_back(n)
        raise errand.later(timedelta())


async def go_again(errand: Errand, n: int) -> None:
    """Surely it was not taken: once more at once, over another line where there is one; from then on with pauses."""
    if errand.delivery.tries:
        await try_later(errand, n, UNREACHABLE, None)
        return
    await errand.take_back(n)
    if has_choice(errand, n):
        raise errand.later(timedelta())


def has_choice(errand: Errand, n: int) -> bool:
    """Whether it could go over another line, which is chosen when it is begun."""
    return n == 0 and errand.line.second is not None and errand.delivery.moved_from is None


async def try_later(errand: Errand, n: int, failing: Failing, wait: timedelta | None) -> None:
    """Surely nothing was sent: once more in a while, but not forever. Meanwhile people see why."""
    if errand.delivery.tries + 1 >= TRIES:
        await errand.failed(n, failing)
        return
    pause = pause_after(errand.delivery.tries)
    await errand.take_back(n, NOT_REACHED if failing is UNREACHABLE else failing)
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
