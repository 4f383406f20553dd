"""Browsers that are pushed to, over HTTP."""

from typing import Any

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint, Tag
from hub.push import subscribing, vapid
from hub.push.shapes import PushKey, PushSubscriptionList, PushSubscriptionShown, PushSubscriptionWanted

TAG = Tag("Push", "Browsers that show a member what has happened, also while no page is open.")
PATH = "/api/v1/me/push-subscriptions"


async def show_push_key(call: Call[None, Any]) -> PushKey:
    """What a browser subscribes with: `pushManager.subscribe({applicationServerKey: key, userVisibleOnly: true})`."""
    return PushKey(key=await vapid.public_key(call.deps))


async def list_push_subscriptions(call: Call[None, Any]) -> PushSubscriptionList:
    """One's own browsers that are pushed to, as long as one is signed in there."""
    return await subscribing.list_subscriptions(call.deps, call.caller)


async def subscribe_to_push(call: Call[PushSubscriptionWanted, Any]) -> PushSubscriptionShown:
    """Push to this browser, as long as this session lasts. Safe to repeat: a browser is there once."""
    return await subscribing.subscribe(call.act, call.body)


async def unsubscribe_from_push(call: Call[None, Any]) -> None:
    """Push to this browser no more."""
    await subscribing.unsubscribe(call.act, call.path["subscription_id"])


def mine(method: Any, path: str, handler: Any, **more: Any) -> Endpoint:
    """For every member, whatever the role."""
    return Endpoint(method=method, path=path, handler=handler, permission=Permission.MEMBERSHIP, tag=TAG, **more)


ENDPOINTS = (
    mine("GET", "/api/v1/me/push-key", show_push_key, answer=PushKey, summary="The key to subscribe with"),
    mine("GET", PATH, list_push_subscriptions, answer=PushSubscriptionList, summary="My browsers"),
    mine(
        "POST", PATH, subscribe_to_push,
        body=PushSubscriptionWanted, answer=PushSubscriptionShown, status=201, creates=True, audit="push.subscribe",
        summary="Push to a browser",
    ),
    mine(
        "DELETE", PATH + "/{subscription_id}", unsubscribe_from_push,
        status=204, audit="push.unsubscribe", summary="Push to a browser no more",
    ),
)  # fmt: skip
