"""Closing an account: nothing of it can be read from that moment on, in no backup either.

First nobody gets in any more; then the keys go, which is what makes everything unreadable; the documents themselves are
removed by a worker, once no process can have its keys in memory any more.
"""

from datetime import timedelta

from hub.access import INSTALLATION
from hub.accounts import repository
from hub.accounts.errors import NameDiffers, NoSuchAccount
from hub.accounts.founding import name_of
from hub.accounts.models import Account
from hub.accounts.standing import has_work
from hub.act import Act
from hub.deps import Deps
from hub.logins import actions as logins
from hub.store.mongo import Document
from hub.store.sealed import CACHED_FOR
from hub.work.kinds import Kind, Lease

PAUSE = CACHED_FOR * 2


async def close(act: Act, account_id: str, *, name: str) -> None:
    """Close it for good. The name is asked for again, so that it is the right one."""
    deps, now = act.deps, act.deps.clock.now()
    account = await repository.find(deps.mongo, account_id, Account, account_id)
    if account is None or account.closed_at:
        raise NoSuchAccount("There is no such account, or it is closed already.", id=account_id)
    if name.strip() != (await name_of(deps, account)).strip():
        raise NameDiffers("This is not the name of the account: type it as it is shown.")
    change = {"$set": {"closed_at": now, "due_at": now + PAUSE}}
    await repository.change_account(deps.mongo, account_id, {"closed_at": {"$exists": False}}, change)
    await erase_logins(deps, account_id)
    await deps.sealer.erase(account_id)
    # Its own log has gone with it: that it was closed stands in that of the installation.
    act.note.account, act.note.target = INSTALLATION, {"account": account_id}
    act.note.after = {"closed": True}


async def erase_logins(deps: Deps, account: str) -> None:
    """The account is closed: whoever works for no other has no login any more."""
    async for member in repository.each_member(deps.mongo, account):
        if not await has_work(deps, member.login):
            await logins.erase(deps, member.login)


async def remove(deps: Deps, document: Document, lease: Lease) -> None:
    """Whatever is left of a closed account, the account itself last: until then it is due."""
    account = document["account"]
    await erase_logins(deps, account)
    for farewell in deps.declared.farewells:
        await farewell(deps, account)
    collections = {index.collection for index in deps.declared.indexes} | set(deps.declared.sealed)
    await repository.remove_account(deps.mongo, account, collections - {repository.ACCOUNTS})
    # A process may have sealed something by keys of its own making, just before it learned of the closing.
    await deps.sealer.erase(account)
    async with lease.writing:
        await repository.remove_account(deps.mongo, account, [repository.ACCOUNTS])


KINDS = (
    Kind(
        name="accounts.remove",
        collection=repository.ACCOUNTS,
        handler=remove,
        lease=timedelta(minutes=5),
        backoff=timedelta(minutes=1),
        slots=1,
    ),
)
