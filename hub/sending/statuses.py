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
from hub.sending.failures import failing_of, failure_of, note_health, suppress_for
from hub.sending.models import EarlyStatus
from hub.sending.progress import is_forward, with_part
from hub.store.ids import new_id
from hub.threads.delivering import find_sent, get_entry, moved, set_delivery
from hub.threads.failing import note_failed
from hub.threads.models import DeliveryState, Entry, PartSent

STATES = {
    State.SENT: DeliveryState.SENT,
    State.DELIVERED: DeliveryState.DELIVERED,
    State.READ: DeliveryState.READ,
    State.FAILED: DeliveryState.FAILED,
}


async def record_status(deps: Deps, line: Line, status: Status) -> None:
    """The message it is about has come so far. One that nobody knows yet waits: it is kept before we look a second
    time, and whoever sends looks for it after having written the id down, so that one of the two meets the other."""
    if found := await find(deps, line, status.id):
        await apply(deps, line, *found, status)
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


async def apply(deps: Deps, line: Line, entry: Entry, n: int, status: Status) -> None:
    """Forward, or not at all."""
    while True:
        delivery = delivery_of(entry)
        part = delivery.parts[n]
        if not is_about(part, status) or not is_forward(part.state, STATES[status.state]):
            return
        if status.state is State.FAILED:
            await heed(deps, line, entry, status)
        after = with_part(delivery, n, lambda part: moved_by(line, part, status), deps.clock.now())
        if await set_delivery(deps, entry, {"delivery.rev": delivery.rev}, moved(after)):
            return
        entry = await get_entry(deps, entry.account, entry.id)


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
    await suppress_for(deps, line, await to_of(deps, entry), failure)


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
