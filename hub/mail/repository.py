"""Letters that have not been sent. They hold links that open doors, so nothing is kept: neither after the sending, nor
when nobody revives what was given up."""

from datetime import datetime, timedelta

from hub.mail.models import MAILS
from hub.store.indexes import Index
from hub.store.mongo import Mongo
from hub.work.kinds import Lease

KEPT_FOR = timedelta(days=7)
INDEXES = (
    Index(MAILS, (("made_at", 1),), expire_after=KEPT_FOR),
    Index(MAILS, (("account", 1),)),
)


async def add(mongo: Mongo, account: str, *, id: str, letter: bytes, now: datetime) -> None:
    """Store it, due at once."""
    await mongo[MAILS].insert({"_id": id, "account": account, "letter": letter, "made_at": now, "due_at": now})


async def remove(mongo: Mongo, account: str, lease: Lease) -> None:
    """Forget it, as long as it is ours."""
    await mongo[MAILS].delete({**lease.where, "account": account})
