"""What people do about a message that is on its way, or did not get there: send it again, or take it back."""

from datetime import datetime

from msgspec.structs import replace

from hub.access import Permission
from hub.act import Act
from hub.lines.actions import get_line
from hub.lines.channels import channel_of
from hub.sending.errand import delivery_of
from hub.sending.errors import NotCancellable, NotRetryable, SendRefused
from hub.sending.lane import ring_next
from hub.sending.models import SEND
from hub.sending.progress import UNDER_WAY, is_untouched, whole
from hub.sending.queueing import sealed_to
from hub.sending.saying import check
from hub.threads.access import access_thread, author_of
from hub.threads.delivering import get_entry, moved, set_delivery
from hub.threads.errors import NoSuchMessage
from hub.threads.failing import note_tried_again
from hub.threads.log import get_thread, opened, where_it_goes_on
from hub.threads.models import Delivery, DeliveryState, DeliveryStep, Entry, PartSent, Thread

# What belongs to the desks, and is over.
OVER = ("claim", "attempts", "buried")


async def retry(act: Act, thread_id: str, id: str) -> tuple[Thread, Entry]:
    """Send it again: what has failed, and what nobody knows of if a person says so. The provider gets it under the same
    id, so that one that knows it sends it once; what it had taken and then failed over gets a new one."""
    thread, entry = await access_message(act, thread_id, id)
    delivery = delivery_of(entry)
    check_can_go_again(delivery)
    line = await get_line(act.deps, act.account, entry.line)
    goes_on = await where_it_goes_on(act.deps, thread)
    content, author = await opened(act.deps, entry), author_of(act.caller)
    verdict, to = await check(act.deps, goes_on, line, content, author, reply_to=entry.reply_to)
    if not verdict.is_allowed or to is None:
        raise SendRefused(verdict)
    now = act.deps.clock.now()
    again = tried_again(delivery, now, looks_up=channel_of(line).capabilities.looks_up)
    update = moved(again)
    if again.parts[0].provider_id is None:
        # What the provider still says of the try before is not about this one.
        update["$set"]["provider_id"] = entry.id
    update["$set"] |= {"delivery.due_at": now, "delivery.to": await sealed_to(act.deps, act.account, to)}
    update.setdefault("$unset", {}).update({f"delivery.{name}": "" for name in OVER})
    if not await set_delivery(act.deps, entry, {"delivery.rev": delivery.rev}, update):
        raise NotRetryable("It was changed at the same moment: look again.", id=id)
    await note_tried_again(act.deps, entry)
    await act.deps.bell.ring(SEND, entry.id)
    return await noted(act, thread, entry, again)


def check_can_go_again(delivery: Delivery) -> None:
    """Raise for what is on its way or has arrived. Of what has failed a person knows whether the cause is mended; and
    what must not be sent, the gate refuses."""
    is_stuck = delivery.state in UNDER_WAY and delivery.due_at is None
    if delivery.state is not DeliveryState.FAILED and not is_stuck:
        raise NotRetryable("It is on its way, has been sent, or was taken back.", state=delivery.state)


def tried_again(delivery: Delivery, now: datetime, *, looks_up: bool) -> Delivery:
    """Whoever sends it again answers for it now, whose epoch it ever was."""
    parts = [afresh(part, looks_up=looks_up) for part in delivery.parts]
    state = whole(parts)
    return replace(
        delivery,
        state=state,
        parts=parts,
        steps=[*delivery.steps, DeliveryStep(state=state, at=now)],
        failure=None,
        tries=0,
        rev=delivery.rev + 1,
        is_automated=False,
        epoch=None,
    )


def afresh(part: PartSent, *, looks_up: bool) -> PartSent:
    """As if it had not been tried; what was sent stays sent, and what the provider is still to be asked about is not
    sent before the answer."""
    is_asked_about = looks_up and part.asked_at is not None and part.failure is None
    if part.state not in UNDER_WAY | {DeliveryState.FAILED} or is_asked_about:
        return part
    client_id = renamed(part.client_id) if part.provider_id else part.client_id
    return PartSent(client_id=client_id, state=DeliveryState.QUEUED)


def renamed(client_id: str) -> str:
    """The next name of the same part: the provider takes nothing twice under one."""
    name, _, times = client_id.partition("~")
    return f"{name}~{int(times or 1) + 1}"


async def cancel(act: Act, thread_id: str, id: str) -> tuple[Thread, Entry]:
    """Take it back, as long as surely no provider has any of it."""
    thread, entry = await access_message(act, thread_id, id)
    delivery, now = delivery_of(entry), act.deps.clock.now()
    if not is_untouched(delivery):
        raise NotCancellable("It is on its way already, or has ended.", state=delivery.state)
    back = replace(
        delivery,
        state=DeliveryState.CANCELLED,
        parts=[replace(part, state=DeliveryState.CANCELLED, failure=None) for part in delivery.parts],
        failure=None,
        steps=[*delivery.steps, DeliveryStep(state=DeliveryState.CANCELLED, at=now)],
        rev=delivery.rev + 1,
    )
    update = moved(back)
    # Without a time whoever holds a claim on it has lost it, and writes nothing more.
    update.setdefault("$unset", {}).update({f"delivery.{name}": "" for name in ("due_at", *OVER)})
    if not await set_delivery(act.deps, entry, {"delivery.rev": delivery.rev}, update):
        raise NotCancellable("It was begun at the same moment.", id=id)
    await ring_next(act.deps, entry)
    return await noted(act, thread, entry, back)


async def access_message(act: Act, thread_id: str, id: str) -> tuple[Thread, Entry]:
    """A message of ours in a conversation that the caller may write in."""
    thread = await access_thread(act.deps, act.caller, thread_id, Permission.THREADS_REPLY)
    entry = await get_entry(act.deps, act.account, id)
    if entry.thread != thread.id or entry.delivery is None:
        raise NoSuchMessage("There is no such message of ours in this conversation.", id=id)
    return thread, entry


async def noted(act: Act, thread: Thread, entry: Entry, after: Delivery) -> tuple[Thread, Entry]:
    """How it is now; both go into the audit log."""
    act.note.target = {"thread": thread.id, "message": entry.id}
    act.note.before, act.note.after = {"state": delivery_of(entry).state}, {"state": after.state}
    return await get_thread(act.deps, act.account, thread.id), replace(entry, delivery=after)
