"""Every query about presence. Who is there is never stored; what an account wants to see of it is."""

from hub.presence.models import PresencePolicy
from hub.store.documents import read
from hub.store.indexes import Index
from hub.store.mongo import Mongo

POLICIES = "presence_policies"
INDEXES = (Index(POLICIES, (("account", 1),), unique=True),)


async def find_policy(mongo: Mongo, account: str) -> PresencePolicy | None:
    """What the account has said about it."""
    found = await mongo[POLICIES].find_one({"_id": account, "account": account})
    return read(PresencePolicy, found) if found else None


async def put_policy(mongo: Mongo, policy: PresencePolicy) -> None:
    """What the account says from now on."""
    where = {"_id": policy.account, "account": policy.account}
    await mongo[POLICIES].update(where, {"$set": {"shows_previews": policy.shows_previews}}, upsert=True)
