"""What an API key may do at this moment, and whether it is one at all."""

from datetime import datetime

from hub.access import Caller, Grants
from hub.accounts import repository
from hub.accounts.errors import NoSuchKey
from hub.accounts.models import Account, ApiKey, Member
from hub.accounts.standing import grants_of
from hub.deps import Deps
from hub.secrets import fits
from hub.store.ids import is_id

# Told from every other credential at first sight, by people and by programs that look for secrets in code.
PREFIX = "parley_"
# What was used is written down at most this often.
USED_EVERY_S = 60
# How long a process may go on with a key that another one has ended.
STANDING_S = 2


async def find_caller(deps: Deps, token: str) -> Caller | None:
    """Whoever has this key, or None when it is none, or not any more."""
    id, _, secret = token.removeprefix(PREFIX).partition("_")
    # What cannot be a key is not looked for: strangers shall not choose what is asked and remembered.
    if not is_id(id):
        return None
    try:
        standing = await deps.memory.recall(question_of(id), lambda: find_standing(deps, id), for_s=STANDING_S)
    except NoSuchKey:
        return None
    if standing is None:
        return None
    key, grants = standing
    if not fits(secret, key.hash) or is_ended(key, deps.clock.now()):
        return None
    await deps.memory.recall(f"key used:{id}", lambda: touch(deps, key), for_s=USED_EVERY_S)
    return Caller("key", key.id, key.account, grants)


async def find_caller_of(deps: Deps, account: str, id: str) -> Caller | None:
    """A key as one who asks, with nobody showing it: for what it was used to ask for before. None when it is none any
    more."""
    try:
        standing = await find_standing(deps, id)
    except NoSuchKey:
        return None
    if standing is None or standing[0].account != account or is_ended(standing[0], deps.clock.now()):
        return None
    return Caller("key", id, account, standing[1])


async def find_standing(deps: Deps, id: str) -> tuple[ApiKey, Grants] | None:
    """The key and what it may do now: no more than the member whose power it is a part of. Raises NoSuchKey, which is
    not remembered, when it is none, or its account or member may do nothing at all."""
    key = await repository.find_key(deps.mongo, id)
    account = await repository.find(deps.mongo, key.account, Account, key.account) if key else None
    if key is None or account is None or account.closed_at:
        raise NoSuchKey("There is no such key.", id=id)
    if not key.root:
        return key, dict(key.granted)
    member = await repository.find(deps.mongo, account.id, Member, key.root)
    if member is None or not account.is_open_to(member.id):
        raise NoSuchKey("There is no such key.", id=id)
    theirs = await grants_of(deps, account, member)
    return key, {one: scope for one, scope in key.granted if one in theirs and theirs[one].covers(scope)}


async def touch(deps: Deps, key: ApiKey) -> None:
    """It is in use."""
    await repository.change(deps.mongo, key.account, ApiKey, key.id, used_at=deps.clock.now())


def is_ended(key: ApiKey, now: datetime) -> bool:
    """Whether its time is over."""
    return key.expires_at is not None and key.expires_at <= now


def forget(deps: Deps, id: str) -> None:
    """It is otherwise now: this process looks again."""
    deps.memory.forget(question_of(id))


async def remember_as_gone(deps: Deps, id: str) -> None:
    """It is there no more, and this process knows that without looking."""
    forget(deps, id)
    await deps.memory.recall(question_of(id), nothing, for_s=STANDING_S)


async def nothing() -> None:
    """What there is to know of a key that has just gone."""


def question_of(id: str) -> str:
    """What a process remembers a key by."""
    return f"key:{id}"
