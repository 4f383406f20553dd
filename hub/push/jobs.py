"""Sending, as due work."""

from contextlib import suppress
from datetime import timedelta
from urllib.parse import urlsplit

import msgspec

from hub.access import Permission
from hub.accounts.standing import find_caller_of
from hub.deps import Deps
from hub.push import repository, service
from hub.push.errors import PushRefused
from hub.push.models import (
    LASTS,
    MESSAGE_PLACE,
    PUSHES,
    SEND,
    WAY_PLACE,
    Message,
    Push,
    PushContent,
    PushTakenBack,
    Subscription,
    Way,
)
from hub.push.service import Parcel
from hub.push.subscribing import find_standing
from hub.store.mongo import Document
from hub.threads.access import access_thread
from hub.threads.errors import NoSuchThread
from hub.work.kinds import Kind, Later, Lease

# Safari ends a subscription whose pushes show nothing ("Sending web push notifications in web apps and browsers").
SHOWING_ONLY = ".push.apple.com"


async def send(deps: Deps, document: Document, lease: Lease) -> None:
    """Tell the browser what is to be told by now. What is told meanwhile is sent after it, never beside it."""
    account = document["account"]
    push = await repository.find_push(deps.mongo, account, document["_id"])
    if push is None or push.message is None:
        return
    browser = await find_standing(deps, account, push.subscription)
    is_shown = await hand_over(deps, browser, push, push.message) if browser else False
    settle = repository.settle_shown if is_shown else repository.settle_gone
    async with lease.writing:
        if await settle(deps.mongo, account, lease, push):
            return
    raise Later(deps.clock.now())


async def hand_over(deps: Deps, browser: Subscription, push: Push, sealed: bytes) -> bool:
    """Open it, and give it to the push service; whether the browser shows something by it."""
    account, lasts = push.account, push.said_at + LASTS - deps.clock.now()
    if lasts <= timedelta(0):
        raise PushRefused("The push service has not taken this for a day, and nobody wants to be told any more.")
    message: Message = msgspec.json.decode(await deps.sealer.unseal(account, MESSAGE_PLACE, sealed), type=Message)
    way = msgspec.json.decode(await deps.sealer.unseal(account, WAY_PLACE, browser.way), type=Way)
    if isinstance(message, PushContent) and not await may_see(deps, push, message.thread):
        if not push.is_shown:
            return False
        message = PushTakenBack(message.tag)
    is_over = isinstance(message, PushTakenBack)
    if is_over and (urlsplit(way.endpoint).hostname or "").endswith(SHOWING_ONLY):
        return False
    plain = msgspec.json.encode(message)
    is_known = await service.send(deps, way, Parcel(plain=plain, topic=push.topic, lasts=lasts, is_urgent=not is_over))
    if not is_known:
        await repository.remove(deps.mongo, account, browser.id)
    return is_known and not is_over


async def may_see(deps: Deps, push: Push, thread: str) -> bool:
    """Whether the member may, by now, see the conversation that the push is about, if it is about one."""
    if not thread:
        return True
    caller = await find_caller_of(deps, push.account, push.member)
    if caller is None or not caller.may(Permission.THREADS_VIEW):
        return False
    with suppress(NoSuchThread):
        await access_thread(deps, caller, thread, Permission.THREADS_VIEW)
        return True
    return False


# Tries for some hours: what is a day old is not sent any more.
KINDS = (
    Kind(
        name=SEND,
        collection=PUSHES,
        handler=send,
        attempts=12,
        backoff=timedelta(seconds=10),
        backoff_most=timedelta(hours=1),
    ),
)
