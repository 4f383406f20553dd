"""A message that the gate has let through, before it has its place in the log."""

import msgspec
from bson.binary import Binary

from channels.base import Address, Content
from hub.deps import Deps
from hub.lines.channels import channel_of
from hub.lines.models import Line
from hub.sending.content import parts_of
from hub.sending.facts import is_automated
from hub.sending.fitting import split
from hub.sending.models import Saying
from hub.threads.delivering import client_id_of
from hub.threads.models import TO_PLACE, Author, Delivery, DeliveryState, DeliveryStep, Draft, EntryKind, Thread


async def delivery_for(
    deps: Deps,
    thread: Thread,
    saying: Saying,
    author: Author,
    *,
    id: str,
    line: Line,
    content: Content,
    to: Address,
    epoch: int | None,
) -> Delivery:
    """How it fares at the beginning: due to be sent."""
    now = deps.clock.now()
    return Delivery(
        state=DeliveryState.QUEUED,
        to=await sealed_to(deps, thread.account, to),
        parts=parts_of(id, split(content, channel_of(line).capabilities)),
        steps=[DeliveryStep(state=DeliveryState.QUEUED, at=now)],
        due_at=now,
        is_automated=is_automated(author, is_scheduled=saying.is_scheduled),
        epoch=epoch,
    )


def drafted(saying: Saying, author: Author, *, id: str, line: Line, content: Content, delivery: Delivery) -> Draft:
    """The message before it has its place in the log."""
    return Draft(
        id=id,
        kind=EntryKind.MESSAGE,
        author=author,
        client_id=client_id_of(author, saying.client_id),
        line=line.id,
        medium=line.medium,
        direction="out",
        content=content,
        files=saying.files,
        delivery=delivery,
        is_reaction=content.reaction is not None,
        has_choices=bool(content.choices),
        reply_to=saying.reply_to or None,
        seen_seq=saying.seen_seq,
    )


async def sealed_to(deps: Deps, account: str, to: Address) -> Binary:
    """Whom it goes to, as it is kept."""
    return (await deps.sealer.keyring(account)).seal(TO_PLACE, msgspec.json.encode(to))
