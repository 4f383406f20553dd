"""The ledger: what a provider sends is checked, stored as it came, and acknowledged; only then it is read.

Whoever has stored an event goes on with it at once. For the case that this process dies, or has no place, the event is
due some seconds later, and a worker goes on with it.
"""

import hashlib
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import replace
from datetime import timedelta

import msgspec
import structlog

from channels.base import Access, BadSignature, Channel, Hook, Posted
from hub.deps import Deps
from hub.intake import bodies, repository
from hub.intake.elements import take_in
from hub.intake.errors import SignatureRefused
from hub.intake.models import BESIDE, IntakeEvent, IntakeState, Outcome
from hub.intake.parsing import parsed_of
from hub.lines import actions as lines
from hub.lines import health
from hub.lines.channels import channel_of
from hub.lines.models import Line
from hub.store.ids import new_id
from hub.store.mongo import DatabaseAway, Duplicate
from hub.work.attempt import reason_of

log = structlog.get_logger()

# How long whoever has stored an event has for it alone; a large batch takes longer.
GRACE = timedelta(seconds=5)
BYTES_PER_S, LONGEST_GRACE = 20_000, timedelta(minutes=1)
LONGEST_ID, LONGEST_REASON = 200, 200


async def take(deps: Deps, line: Line, hook: Hook) -> IntakeEvent | None:
    """Store the event, once; None for a repeat. The signature is checked first: what is not the provider's word is not
    read, and asks nothing of the database."""
    channel, access = channel_of(line), await lines.access_of(deps, line)
    check_signature(deps, line, channel, access, hook)
    return await keep(deps, line, event_id(channel, hook), without_secrets(channel, access, hook.posted))


def without_secrets(channel: Channel, access: Access, posted: Posted) -> Posted:
    """Without what in its URL proves only who tells it."""
    secrets = {access.values.get(field.name) for field in channel.fields if field.is_secret} - {""}
    return replace(posted, query={name: value for name, value in posted.query.items() if value not in secrets})


async def keep(deps: Deps, line: Line, event_id: str, posted: Posted) -> IntakeEvent | None:
    """Store an event that is known to be good, once; None for a repeat."""
    health.heard(deps, line)
    if bodies.is_large(posted.body) and await find_kept(deps, line, event_id):
        await count_repeat(deps, line, event_id)
        return None
    now, keyring = deps.clock.now(), await deps.sealer.keyring(line.account)
    raw, file = await bodies.stored(deps, line.account, posted.body)
    event = IntakeEvent(
        id=new_id(now),
        account=line.account,
        line=line.id,
        event_id=event_id,
        raw=raw,
        beside=keyring.seal(BESIDE, msgspec.json.encode((posted.content_type, posted.query))),
        at=now,
        due_at=now + GRACE + min(timedelta(seconds=len(posted.body) // BYTES_PER_S), LONGEST_GRACE),
        file=file,
    )
    try:
        await repository.add_event(deps.mongo, event)
    except Duplicate:
        await count_repeat(deps, line, event_id)
        return None
    return event


async def count_repeat(deps: Deps, line: Line, event_id: str) -> None:
    """One that came before."""
    await repository.count_repeat(deps.mongo, line.account, line.id, event_id)


async def find_kept(deps: Deps, line: Line, event_id: str) -> IntakeEvent | None:
    """What was stored of a repeat before."""
    return await repository.find_same(deps.mongo, line.account, line.id, event_id)


def check_signature(deps: Deps, line: Line, channel: Channel, access: Access, hook: Hook) -> None:
    """Raise SignatureRefused unless it is the provider's word, and count what is not."""
    try:
        channel.verify(access, hook)
    except BadSignature as error:
        health.refused(deps, line, str(error))
        raise SignatureRefused("This does not bear the signature of the line's provider.", reason=str(error)) from None


def event_id(channel: Channel, hook: Hook) -> str:
    """What repeats of it have in common; where the provider says nothing, or too much, that is its bytes."""
    id = channel.event_id(hook)
    return id if 0 < len(id) <= LONGEST_ID else hashlib.sha256(id.encode() + hook.body).hexdigest()


def go_on(deps: Deps, event: IntakeEvent) -> None:
    """Take it in at once, beside everything else; where there is no place for more, a worker does so a little later."""
    if not deps.background.is_full:
        deps.background.start(process(deps, event), f"intake {event.id}")


async def process(deps: Deps, event: IntakeEvent, *, keeps_order: bool = True) -> Outcome:
    """Take the event in, as often as this is asked, and write down what has become of it, whatever that is."""
    try:
        outcome = await outcome_of(deps, event, keeps_order=keeps_order)
    except DatabaseAway:
        raise
    except Exception as error:  # the outermost loop of an event: a person must be able to see why it got stuck
        log.warning("event_failed", work=event.id, line=event.line, exc_info=error)
        outcome = Outcome(state=IntakeState.FAILED, reason=reason_of(error), is_over=False)
    await repository.settle(deps.mongo, event, outcome)
    return outcome


async def outcome_of(deps: Deps, event: IntakeEvent, *, keeps_order: bool) -> Outcome:
    """Read it, and take every element in."""
    # What came on a line before it was removed is taken in all the same.
    line = await lines.find_any_line(deps, event.line) or await lines.get_line(deps, event.account, event.line)
    async with in_turn(deps, event):
        try:
            channel, access = channel_of(line), await lines.access_of(deps, line)
            parsed = await parsed_of(deps.apart, channel, access, await posted_of(deps, event))
        except ValueError as error:
            return Outcome(state=IntakeState.FAILED, reason=f"This cannot be read. {str(error)[:LONGEST_REASON]}")
        return await take_in(deps, line, parsed, keeps_order=keeps_order)


def in_turn(deps: Deps, event: IntakeEvent) -> AbstractAsyncContextManager[None]:
    """What is large is taken in one after the other: a process must not have all of it in memory at once."""
    return deps.turns.of("intake.large") if event.file else nullcontext()


async def posted_of(deps: Deps, event: IntakeEvent) -> Posted:
    """What was stored, for its adapter."""
    beside = await deps.sealer.unseal(event.account, BESIDE, event.beside)
    content_type, query = msgspec.json.decode(beside, type=tuple[str, dict[str, str]])
    return Posted(await bodies.body_of(deps, event), content_type, query, event.at)
