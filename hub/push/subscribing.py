"""Members' browsers that are pushed to. Each belongs to the session that has subscribed it, and goes with it."""

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

import msgspec

from hub.access import Caller, Permission
from hub.act import Act
from hub.deps import Deps
from hub.push import repository
from hub.push.encryption import BrowserKeys
from hub.push.errors import BadPushSubscription, NoSuchPushSubscription, PushSubscriptionsFull
from hub.push.models import KEY_PLACE, NAME_PLACE, WAY_PLACE, Subscription, Way
from hub.push.shapes import PushSubscriptionList, PushSubscriptionShown, PushSubscriptionWanted
from hub.sessions.entering import list_session_ids
from hub.sessions.standing import read_caller
from hub.store.mongo import Document, Duplicate


async def subscribe(act: Act, wanted: PushSubscriptionWanted) -> PushSubscriptionShown:
    """From now on this browser shows what the member is told. One that subscribes again is the same one."""
    deps, caller = act.deps, act.caller
    check(wanted)
    await repository.remove_ended(
        deps.mongo, act.account, caller.id, besides=await list_session_ids(deps, caller.login)
    )
    keyring = await deps.sealer.keyring(act.account)
    way = Way(wanted.endpoint, wanted.keys.p256dh, wanted.keys.auth)
    fields: Document = {
        "session": caller.session,
        "way": keyring.seal(WAY_PLACE, msgspec.json.encode(way)),
        "name": keyring.seal(NAME_PLACE, wanted.name.encode()),
    }
    id = await store(act, keyring.lookup(KEY_PLACE, wanted.endpoint), fields)
    act.note.target, act.note.after = {"push_subscription": id}, {"member": caller.id}
    return await shown(deps, caller, await access_own(deps, caller, id))


def check(wanted: PushSubscriptionWanted) -> None:
    """Raise unless it can be pushed to. Which addresses are contacted at all is decided when it is done."""
    try:
        parts = urlsplit(wanted.endpoint)
        is_address = parts.scheme == "https" or (parts.scheme == "http" and is_here(parts.hostname or ""))
        # Reading the port says whether it is one.
        if not is_address or not parts.hostname or parts.port == 0 or parts.username is not None:
            raise ValueError("no address of a push service")
        BrowserKeys.read(wanted.keys.p256dh, wanted.keys.auth)
    except ValueError:
        raise BadPushSubscription("This is not what a browser's PushSubscription looks like.") from None


def is_here(host: str) -> bool:
    """Whether it is this machine, which nothing leaves on the way: for trying out."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


async def store(act: Act, key: bytes, fields: Document) -> str:
    """As a new browser, or in place of what was known of it; its id."""
    mongo, caller = act.deps.mongo, act.caller
    known = await repository.find_by_key(mongo, act.account, key)
    if known and known.member == caller.id and await repository.change(mongo, act.account, known.id, **fields):
        return known.id
    if known:
        # Somebody else has signed in at this browser: what was meant for the one before is not for them.
        await repository.remove(mongo, act.account, known.id)
    if len(await repository.list_of(mongo, act.account, caller.id)) >= repository.MOST:
        raise PushSubscriptionsFull(
            f"A member's notifications go to {repository.MOST} browsers at most: remove one.", most=repository.MOST
        )
    now = act.deps.clock.now()
    try:
        await repository.add(
            mongo, Subscription(id=act.new_id, account=act.account, member=caller.id, key=key, made_at=now, **fields)
        )
    except Duplicate:
        # Another tab of the same browser was first.
        return await store(act, key, fields)
    return act.new_id


async def list_subscriptions(deps: Deps, caller: Caller) -> PushSubscriptionList:
    """The member's browsers, as far as they are signed in."""
    standing = await list_session_ids(deps, caller.login)
    found = await repository.list_of(deps.mongo, caller.account, caller.id)
    return PushSubscriptionList(items=[await shown(deps, caller, one) for one in found if one.session in standing])


async def unsubscribe(act: Act, id: str) -> None:
    """This browser is told nothing any more."""
    gone = await access_own(act.deps, act.caller, id)
    act.note.target, act.note.before = {"push_subscription": id}, {"member": gone.member}
    await repository.remove(act.deps.mongo, act.account, id)


async def access_own(deps: Deps, caller: Caller, id: str) -> Subscription:
    """One of the caller's own."""
    found = await repository.find(deps.mongo, caller.account, id)
    if found is None or found.member != caller.id:
        raise NoSuchPushSubscription("You have no such browser.", id=id)
    return found


async def find_standing(deps: Deps, account: str, id: str) -> Subscription | None:
    """The browser, while its member is signed in there and let in; it is forgotten otherwise."""
    found = await repository.find(deps.mongo, account, id)
    if found is None:
        return None
    caller = await read_caller(deps, found.session, account)
    if caller and caller.id == found.member and caller.may(Permission.MEMBERSHIP):
        return found
    await repository.remove(deps.mongo, account, id)
    return None


async def forget_browsers(deps: Deps, account: str, members: Collection[str]) -> bool:
    """A parting: whoever is shut out is told nothing any more."""
    await repository.remove_all(deps.mongo, account, members)
    return False


async def shown(deps: Deps, caller: Caller, subscription: Subscription) -> PushSubscriptionShown:
    """As the API shows it."""
    return PushSubscriptionShown(
        id=subscription.id,
        name=await deps.sealer.text(subscription.account, NAME_PLACE, subscription.name),
        is_this=subscription.session == caller.session,
        made_at=subscription.made_at,
    )
