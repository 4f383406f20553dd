"""Sending, as due work."""

from datetime import timedelta

import msgspec

from hub.deps import Deps
from hub.mail import actions, posting, repository
from hub.mail.errors import MailRefused
from hub.mail.message import compose
from hub.mail.models import MAILS, PLACE, SEND, Addressed, Mailbox
from hub.store.mongo import Document
from hub.work.kinds import Kind, Lease


async def send(deps: Deps, document: Document, lease: Lease) -> None:
    """Hand it over, then forget it."""
    account = document["account"]
    # Without keys whoever it was for has been erased meanwhile, and asking for a keyring would make new ones.
    if await deps.sealer.has_keys(account):
        await hand_over(deps, document)
    async with lease.writing:
        await repository.remove(deps.mongo, account, lease)


async def hand_over(deps: Deps, document: Document) -> None:
    """Open it, and give it to the mail server."""
    way = actions.way(deps)
    opened = await deps.sealer.unseal(document["account"], PLACE, document["letter"])
    addressed = msgspec.json.decode(opened, type=Addressed)
    try:
        to = Mailbox.read(addressed.to)
    except ValueError:
        raise MailRefused("This does not go to an address that mail can be sent to.") from None
    sender = Mailbox.read(deps.settings.mail_from)
    await posting.send(
        way, compose(addressed.letter, id=document["_id"], sender=sender, to=to, made_at=document["made_at"])
    )


# Tries for some sixteen hours: a night without the mail server, or one that sends strangers away at first.
KINDS = (
    Kind(
        name=SEND,
        collection=MAILS,
        handler=send,
        attempts=24,
        backoff=timedelta(seconds=15),
        backoff_most=timedelta(hours=1),
        # Mail servers let one sender have few connections.
        slots=4,
    ),
)
