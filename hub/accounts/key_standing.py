"""What an API key may do at this moment, and whether it is one at all."""

from collections.abc import Collection
from datetime import datetime

from hub.access import Caller, Grants
from hub.accounts import repository
from hub.accounts.errors import NoSuchKey
from hub.accounts.models import Account, ApiKey
from hub.accounts.standing import Standing, find_standings
from hub.deps import Deps
from hub.secrets import fits
from hub.store.ids import is_id

# Told from every other credential at first sight, by people and by programs that look for secrets in code.
PREFIX = "parley_"
# What was used is written down at most this often.
USED_EVERY_S = 60
# How long a process may go on with a key that another one has ended.
STANDING_S = 2

KeyStanding = tuple[ApiKey, Grants]


async def find_caller(deps: Deps, token: str) -> Caller | None:
    """Whoever has this key, or None when it is none, or not any more."""
    id, secret = parts_of(token)
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
    if not is_shown(key, secret, deps.clock.now()):
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


async def find_standing(deps: Deps, id: str) -> KeyStanding | None:
    """The key and what it may do now: no more than the member whose power it is a part of. Raises NoSuchKey, which is
    not remembered, when it is none, or its account or member may do nothing at all."""
    standings = await find_standings_of(deps, {id})
    if id not in standings:
        raise NoSuchKey("There is no such key.", id=id)
    return standings[id]


async def find_callers(deps: Deps, tokens: Collection[str]) -> dict[str, Caller]:
    """Whoever has these keys, by key and in a fixed number of queries. One that is none any more is left out."""
    parted = {token: parts_of(token) for token in tokens}
    standings, now = await find_standings_of(deps, {id for id, _ in parted.values()}), deps.clock.now()
    return {
        token: Caller("key", id, standings[id][0].account, standings[id][1])
        for token, (id, secret) in parted.items()
        if id in standings and is_shown(standings[id][0], secret, now)
    }


async def find_standings_of(deps: Deps, ids: Collection[str]) -> dict[str, KeyStanding]:
    """Each of these keys that is one, and what it may do."""
    keys = (await repository.find_each(deps.mongo, ApiKey, ids)).values()
    accounts = await repository.find_each(deps.mongo, Account, {key.account for key in keys if not key.root})
    roots = await find_standings(deps, {key.root for key in keys if key.root})
    granted = {key.id: granted_to(key, accounts.get(key.account), roots.get(key.root)) for key in keys}
    return {key.id: (key, grants) for key in keys if (grants := granted[key.id]) is not None}


def granted_to(key: ApiKey, account: Account | None, root: Standing | None) -> Grants | None:
    """What the key may do: all that it says if the operator has made it, else as much of it as its root may do. None
    when it is good for nothing any more."""
    if not key.root:
        return dict(key.granted) if account and account.closed_at is None else None
    if root is None or root.account.id != key.account:
        return None
    theirs = root.grants
    return {one: scope for one, scope in key.granted if one in theirs and theirs[one].covers(scope)}


def parts_of(token: str) -> tuple[str, str]:
    """Its id and its secret."""
    id, _, secret = token.removeprefix(PREFIX).partition("_")
    return id, secret


def is_shown(key: ApiKey, secret: str, now: datetime) -> bool:
    """Whether this is its secret, and its time not over."""
    return fits(secret, key.hash) and not is_ended(key, now)


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
