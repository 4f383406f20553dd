"""API keys: what scripts prove themselves by. Shown once, kept as a hash, bounded, ended, followed by another."""

from collections.abc import Iterable
from datetime import timedelta

from hub.access import Grants, Permission, Scope
from hub.accounts import repository
from hub.accounts.errors import KeyEnded, KeyExists, NoSuchKey
from hub.accounts.fullness import check_not_full
from hub.accounts.key_standing import PREFIX, forget, is_ended, remember_as_gone
from hub.accounts.models import ApiKey
from hub.accounts.roles import BadGrants, check_grants, check_may_give
from hub.accounts.shapes import Grant, GrantShown, KeyMade, KeyShown, KeyWanted
from hub.act import Act
from hub.deps import Deps
from hub.secrets import hash_of, new_secret
from hub.store.mongo import Duplicate

NAME_PLACE = f"{repository.API_KEYS}.name"


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
    return await add(act, act.account, wanted.name, grants, lasting(wanted), id=act.new_id)


def lasting(wanted: KeyWanted) -> timedelta | None:
    """How long it is to be good; None is for ever."""
    return timedelta(days=wanted.lasts_days) if wanted.lasts_days else None


async def add(act: Act, account: str, name: str, grants: Grants, lasts: timedelta | None, *, id: str) -> KeyMade:
    """Store a new key, and show its secret this once. One that a key makes is the same member's, and ends with it."""
    deps, secret, now = act.deps, new_secret(), act.deps.clock.now()
    await check_not_full(deps, account, ApiKey)
    maker = await find_maker(act, account)
    ends = [now + lasts if lasts else None, maker.expires_at if maker else None]
    key = ApiKey(
        id=id,
        account=account,
        name=await deps.sealer.seal(account, NAME_PLACE, name),
        hash=hash_of(secret),
        granted=sorted(grants.items()),
        made_at=now,
        by=act.caller.id,
        root=maker.root if maker else act.caller.id if act.caller.kind == "member" else "",
        expires_at=min(filter(None, ends), default=None),
    )
    try:
        await repository.add(deps.mongo, key)
    except Duplicate:
        raise KeyExists(
            "This request has made the key before, and its secret was lost on the way: revoke it, and make another.",
            id=id,
        ) from None
    if maker and not await repository.find(deps.mongo, account, ApiKey, maker.id):
        # Whoever revoked it at this moment may have looked for what it made before this was there.
        await repository.remove(deps.mongo, account, ApiKey, id)
        raise revoked_meanwhile(maker.id)
    return await made_of(act, key, secret)


async def find_maker(act: Act, account: str) -> ApiKey | None:
    """The key that makes another one, or None when it is a person who does."""
    if act.caller.kind != "key":
        return None
    maker = await repository.find(act.deps.mongo, account, ApiKey, act.caller.id)
    if maker is None:
        raise revoked_meanwhile(act.caller.id)
    return maker


async def made_of(act: Act, key: ApiKey, secret: str) -> KeyMade:
    """The key with its secret; what it may goes into the audit log."""
    shown = await show(act.deps, key)
    act.note.target, act.note.after = {"key": key.id, **act.note.target}, shown
    return KeyMade(key=shown, secret=f"{PREFIX}{key.id}_{secret}")


async def list_keys(deps: Deps, account: str) -> list[KeyShown]:
    """All of the account's, those that have ended too."""
    return [await show(deps, key) for key in await repository.list_all(deps.mongo, account, ApiKey)]


async def revoke(act: Act, account: str, id: str) -> None:
    """The key is good no more, within seconds everywhere, nor is any that was made by it."""
    key = await access_key(act.deps, account, id)
    act.note.target, act.note.before = {"key": id}, await show(act.deps, key)
    # Before it, so that a repeat of what was cut off finds them; and after it, for what it has made meanwhile.
    await revoke_made_by(act.deps, account, id)
    await end(act.deps, account, id)
    await revoke_made_by(act.deps, account, id)


async def revoke_made_by(deps: Deps, account: str, id: str) -> None:
    """Whoever found a key may have made others by it."""
    for key in await repository.list_keys_of(deps.mongo, account, by=id):
        await revoke_made_by(deps, account, key.id)
        await end(deps, account, key.id)


async def end(deps: Deps, account: str, id: str) -> None:
    """It is there no more, and this process knows that without looking."""
    await repository.remove(deps.mongo, account, ApiKey, id)
    await remember_as_gone(deps, id)


async def rotate(act: Act, id: str, *, overlap: timedelta) -> KeyMade:
    """A successor that may do the same; the old key stays good for a while beside it."""
    deps, now = act.deps, act.deps.clock.now()
    key = await access_key(deps, act.account, id)
    check_may_give(act.caller, dict(key.granted))
    act.note.before = await show(deps, key)
    # A request that was cut off and is sent again meets what it has stored itself.
    follower = await repository.find(deps.mongo, act.account, ApiKey, act.new_id)
    if follower and key.successor == follower.id:
        return await renew(act, follower)
    if key.successor or is_ended(key, now):
        raise KeyEnded("This key has ended or was followed by another already.", id=id)
    made = await renew(act, follower) if follower else await follow(act, key)
    ends_at = min(key.expires_at or now + overlap, now + overlap)
    # The successor comes first: were we to die here, the old key would go on as it was.
    if not await repository.succeed_key(deps.mongo, key, successor=act.new_id, ends_at=ends_at):
        await end(deps, act.account, act.new_id)
        raise KeyEnded("This key was followed by another at the same moment.", id=id)
    return made


async def follow(act: Act, key: ApiKey) -> KeyMade:
    """Another key that may do the same, for as long."""
    lasts = key.expires_at - key.made_at if key.expires_at else None
    name = await act.deps.sealer.text(act.account, NAME_PLACE, key.name)
    return await add(act, act.account, name, dict(key.granted), lasts, id=act.new_id)


async def renew(act: Act, key: ApiKey) -> KeyMade:
    """Another secret, in place of one that nobody has ever seen."""
    secret = new_secret()
    if not await repository.change(act.deps.mongo, key.account, ApiKey, key.id, hash=hash_of(secret)):
        raise revoked_meanwhile(key.id)
    forget(act.deps, key.id)
    return await made_of(act, key, secret)


async def access_key(deps: Deps, account: str, id: str) -> ApiKey:
    """One of the account's."""
    key = await repository.find(deps.mongo, account, ApiKey, id)
    if key is None:
        raise no_such_key(id)
    return key


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


def no_such_key(id: str) -> NoSuchKey:
    """There is none of this account."""
    return NoSuchKey("There is no such key.", id=id)


def revoked_meanwhile(id: str) -> KeyEnded:
    """What a key is told that has gone during its own request."""
    return KeyEnded("This key was revoked at the same moment.", id=id)
