"""What providers say of messages of ours. It may come before we know by which id the provider calls the message, more
than once, and in any order: nothing is lost by that, and nothing goes back."""

from msgspec.structs import replace

from channels.base import State, Status
from hub.deps import Deps
from hub.lines.actions import get_line
from hub.lines.channels import channel_of
from hub.lines.models import Line
from hub.sending import repository
from hub.sending.errand import delivery_of, to_of
from hub.sending.failures import failing_of, failure_of, learn_from, note_health
from hub.sending.models import SEND, EarlyStatus
from hub.sending.progress import is_forward, with_part
from hub.sending.recipients import is_of_person, note_of_copy
from hub.store.ids import is_id, new_id
from hub.store.mongo import Duplicate
from hub.threads.delivering import find_entry, find_sent, get_entry, make_due, moved, set_delivery
from hub.threads.failing import note_failed, note_tried_again
from hub.threads.models import Delivery, DeliveryState, Entry, PartSent

STATES = {
    State.SENT: DeliveryState.SENT,
    State.DELIVERED: DeliveryState.DELIVERED,
    State.READ: DeliveryState.READ,
    State.FAILED: DeliveryState.FAILED,
}


async def record_status(deps: Deps, line: Line, status: Status) -> None:
    """The message it is about has come so far. One that nobody knows yet waits: it is kept before we look a second
    time, and whoever sends looks for it after having written the id down, so that one of the two meets the other."""
    if found := await find(deps, line, status.id) or await find_ours(deps, line, status.ours):
        await apply(deps, line, *found, status)
        return
    if status.recipient is not None:
        # Who tells of one recipient tells our own name of the message, by which it is known from its beginning.
        return
    early = early_of(deps, line, status)
    await repository.add_early(deps.mongo, early)
    if found := await find(deps, line, status.id):
        await apply(deps, line, *found, status)
        await repository.remove_early(deps.mongo, early)


async def catch_up_early(deps: Deps, entry: Entry) -> None:
    """What was said of this message before its id was known."""
    ids = [part.provider_id for part in delivery_of(entry).parts if part.provider_id]
    early = await repository.list_early(deps.mongo, entry.account, entry.line, ids) if ids else []
    for one in early:
        line = await get_line(deps, entry.account, entry.line)
        status = Status(id=one.provider_id, state=State(one.state), at=one.at, code=one.code)
        if found := await find(deps, line, status.id):
            await apply(deps, line, *found, status)
            await repository.remove_early(deps.mongo, one)


async def find(deps: Deps, line: Line, provider_id: str) -> tuple[Entry, int] | None:
    """The message, and which of its parts is called so."""
    if entry := await find_sent(deps, line.account, line.id, provider_id):
        return entry, 0
    name = await repository.find_part_name(deps.mongo, line.account, line.id, provider_id)
    if name is None:
        return None
    entry = await get_entry(deps, line.account, name.entry)
    # It was sent again since, under another name: this is about the try before.
    return (entry, name.part) if delivery_of(entry).parts[name.part].client_id == name.client_id else None


async def find_ours(deps: Deps, line: Line, client_id: str) -> tuple[Entry, int] | None:
    """The message that we have called so, and which of its parts: where the provider tells our names, what it has taken
    is known also when its answer was lost."""
    id = client_id.partition(".")[0]
    entry = await find_entry(deps, line.account, id) if is_id(id) else None
    if entry is None or entry.delivery is None or entry.line != line.id:
        return None
    names = [part.client_id for part in entry.delivery.parts]
    return (entry, names.index(client_id)) if client_id in names else None


async def apply(deps: Deps, line: Line, entry: Entry, n: int, status: Status) -> None:
    """Forward, or not at all."""
    if not await is_of_person(deps, entry, status):
        await note_of_copy(deps, line, entry, status)
        return
    while True:
        delivery = delivery_of(entry)
        part = delivery.parts[n]
        if not is_about(part, status) or not is_forward(part.state, STATES[status.state]):
            return
        if status.state is State.FAILED:
            await heed(deps, line, entry, status)
        after = with_part(delivery, n, lambda part: moved_by(line, part, status), deps.clock.now())
        if await is_stored(deps, entry, after, name="" if n or part.provider_id else status.id):
            if part.failure and status.state is not State.FAILED:
                await note_tried_again(deps, entry)
                await send_rest(deps, entry, after)
            return
        entry = await get_entry(deps, entry.account, entry.id)


async def send_rest(deps: Deps, entry: Entry, after: Delivery) -> None:
    """The sending had ended with a part of which nobody knew anything: what stands behind that goes out now."""
    if any(part.state is DeliveryState.QUEUED for part in after.parts):
        await make_due(deps, entry, {"delivery.rev": after.rev}, deps.clock.now())
        await deps.bell.ring(SEND, entry.id)


async def is_stored(deps: Deps, entry: Entry, after: Delivery, *, name: str) -> bool:
    """Write it down, if nobody has changed it meanwhile; with what the provider calls the message, where that is
    new."""
    where, update = {"delivery.rev": delivery_of(entry).rev}, moved(after)
    if not name:
        return await set_delivery(deps, entry, where, update)
    try:
        return await set_delivery(deps, entry, where, {**update, "$set": {**update["$set"], "provider_id": name}})
    except Duplicate:
        # The provider has called something else on this line so.
        return await set_delivery(deps, entry, where, update)


def is_about(part: PartSent, status: Status) -> bool:
    """Whether it is of this try: of one that was never handed over nobody can know anything."""
    return part.provider_id == status.id or (part.provider_id is None and part.asked_at is not None)


def moved_by(line: Line, part: PartSent, status: Status) -> PartSent:
    """The part, as the provider has it now."""
    failing = failing_of(failure_of(channel_of(line), status.code)) if status.state is State.FAILED else None
    return replace(
        part, state=STATES[status.state], at=status.at, failure=failing, provider_id=status.id, asked_at=None
    )


async def heed(deps: Deps, line: Line, entry: Entry, status: Status) -> None:
    """What a failure means beyond this message. Before it is written down: whoever dies in between does it again."""
    failure = failure_of(channel_of(line), status.code)
    await note_failed(deps, entry)
    note_health(deps, line, failure)
    await learn_from(deps, line, entry, await to_of(deps, entry), failure, at=status.at)


def early_of(deps: Deps, line: Line, status: Status) -> EarlyStatus:
    """As it waits for its message."""
    now = deps.clock.now()
    return EarlyStatus(
        id=new_id(now),
        account=line.account,
        line=line.id,
        provider_id=status.id,
        state=STATES[status.state],
        code=status.code,
        at=status.at,
        stored_at=now,
    )
