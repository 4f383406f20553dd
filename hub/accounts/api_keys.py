"""API keys: what scripts prove themselves by. Shown once, kept as a hash, bounded, ended, followed by another."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from hub.access import Caller, Grants, Permission, Scope
from hub.accounts import repository
from hub.accounts.errors import KeyEnded, NoSuchKey
from hub.accounts.models import Account, ApiKey
from hub.accounts.roles import BadGrants, check_grants, check_may_give
from hub.accounts.shapes import Grant, GrantShown, KeyMade, KeyShown, KeyWanted
from hub.act import Act
from hub.deps import Deps

# Told from every other credential at first sight, by people and by programs that look for secrets in code.
PREFIX = "parley_"
NAME_PLACE = f"{repository.API_KEYS}.name"
SECRET_BYTES = 32
# What was used is written down at most this often.
USED_EVERY_S = 60
# How long a process may go on with a key that another one has ended.
STANDING_S = 2


def as_grants(given: Iterable[Grant]) -> Grants:
    """The list that the API takes, as a mapping; the same permission twice is an error."""
    pairs = [(one.permission, one.scope) for one in given]
    if len(dict(pairs)) != len(pairs):
        raise BadGrants("A permission is named twice.")
    return dict(pairs)


def shown_grants(granted: Iterable[tuple[Permission, Scope]]) -> list[GrantShown]:
    """As the API shows them."""
    return [GrantShown(permission=permission, scope=scope) for permission, scope in sorted(granted)]


async def make(act: Act, wanted: KeyWanted) -> KeyMade:
    """A key that may do no more than whoever makes it. A key has no threads or teams of its own: it reaches all."""
    grants = as_grants(wanted.grants)
    check_grants(grants)
    if {scope for scope in grants.values()} - {Scope.ALL}:
        raise BadGrants("A key has nothing of its own: the scope of its permissions is `all`.")
    check_may_give(act.caller, grants)
    lasts = timedelta(days=wanted.lasts_days) if wanted.lasts_days else None
    return await add(act, act.account, wanted.name, grants, lasts, id=act.new_id)


async def add(act: Act, account: str, name: str, grants: Grants, lasts: timedelta | None, *, id: str) -> KeyMade:
    """Store a new key, and show its secret this once."""
    deps, secret, now = act.deps, secrets.token_urlsafe(SECRET_BYTES), act.deps.clock.now()
    key = ApiKey(
        id=id,
        account=account,
        name=await deps.sealer.seal(account, NAME_PLACE, name),
        hash=hashed(secret),
        granted=sorted(grants.items()),
        made_at=now,
        by=act.caller.id,
        expires_at=now + lasts if lasts else None,
    )
    await repository.add(deps.mongo, key)
    shown = await show(deps, key)
    act.note.target, act.note.after = {"key": key.id, **act.note.target}, shown
    return KeyMade(key=shown, secret=f"{PREFIX}{key.id}_{secret}")


async def list_keys(deps: Deps, account: str) -> list[KeyShown]:
    """All of the account's, those that have ended too."""
    return [await show(deps, key) for key in await repository.list_all(deps.mongo, account, ApiKey)]


async def revoke(act: Act, account: str, id: str) -> None:
    """The key is good no more, within seconds everywhere."""
    key = await access_key(act.deps, account, id)
    act.note.target, act.note.before = {"key": id}, await show(act.deps, key)
    await repository.remove(act.deps.mongo, account, ApiKey, id)
    act.deps.memory.forget(question_of(id))


async def rotate(act: Act, id: str, *, overlap: timedelta) -> KeyMade:
    """A successor that may do the same; the old key stays good for a while beside it."""
    deps, now = act.deps, act.deps.clock.now()
    key = await access_key(deps, act.account, id)
    check_may_give(act.caller, dict(key.granted))
    if key.successor or is_ended(key, now):
        raise KeyEnded("This key has ended or was followed by another already.", id=id)
    ends_at = min(key.expires_at or now + overlap, now + overlap)
    lasts = key.expires_at - key.made_at if key.expires_at else None
    name = await deps.sealer.text(act.account, NAME_PLACE, key.name)
    if not await repository.succeed_key(deps.mongo, key, successor=act.new_id, ends_at=ends_at):
        raise KeyEnded("This key was followed by another at the same moment.", id=id)
    act.note.before = await show(deps, key)
    return await add(act, act.account, name, dict(key.granted), lasts, id=act.new_id)


async def access_key(deps: Deps, account: str, id: str) -> ApiKey:
    """One of the account's."""
    key = await repository.find(deps.mongo, account, ApiKey, id)
    if key is None:
        raise NoSuchKey("There is no such key.", id=id)
    return key


async def find_caller(deps: Deps, token: str) -> Caller | None:
    """Whoever has this key, or None when it is none, or not any more."""
    id, _, secret = token.removeprefix(PREFIX).partition("_")
    key = await deps.memory.recall(question_of(id), lambda: find_standing_key(deps, id), for_s=STANDING_S)
    if key is None or not hmac.compare_digest(key.hash, hashed(secret)) or is_ended(key, deps.clock.now()):
        return None
    await deps.memory.recall(f"key used:{id}", lambda: touch(deps, key), for_s=USED_EVERY_S)
    return Caller("key", key.id, key.account, dict(key.granted))


async def find_standing_key(deps: Deps, id: str) -> ApiKey | None:
    """The key, if its account is open."""
    key = await repository.find_key(deps.mongo, id)
    account = await repository.find(deps.mongo, key.account, Account, key.account) if key else None
    return key if account and account.closed_at is None else None


async def touch(deps: Deps, key: ApiKey) -> None:
    """It is in use."""
    await repository.change(deps.mongo, key.account, ApiKey, key.id, used_at=deps.clock.now())


def is_ended(key: ApiKey, now: datetime) -> bool:
    """Whether its time is over."""
    return key.expires_at is not None and key.expires_at <= now


async def show(deps: Deps, key: ApiKey) -> KeyShown:
    """As the API shows it."""
    return KeyShown(
        id=key.id,
        name=await deps.sealer.text(key.account, NAME_PLACE, key.name),
        grants=shown_grants(key.granted),
        made_at=key.made_at,
        by=key.by,
        expires_at=key.expires_at,
        used_at=key.used_at,
        successor=key.successor,
        is_ended=is_ended(key, deps.clock.now()),
    )


def question_of(id: str) -> str:
    """What a process remembers a key by."""
    return f"key:{id}"


def hashed(secret: str) -> bytes:
    """As it is kept: 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).digest()
