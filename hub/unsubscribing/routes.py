"""Unsubscribing over HTTP. Whoever has the link has had the mail, and needs no other proof."""

from typing import Any

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint, Tag
from hub.limits import Rate
from hub.unsubscribing import ending, subscription
from hub.unsubscribing.errors import NotOneClick
from hub.unsubscribing.links import PATH
from hub.unsubscribing.shapes import SubscriptionShown

TAG = Tag("Unsubscribing", "Where the links lead by which people end the mails that they get.")
LINK = f"{PATH}/{{token}}"
# What mail programs send, as a form of either kind (RFC 8058).
FIELD, VALUE = b"List-Unsubscribe", b"One-Click"
BODY_BYTES = 8 * 1024
# Mail programs click from a few addresses for all their people, and nobody makes up a link.
RATE = Rate(600)


async def unsubscribe(call: Call[bytes, Any]) -> SubscriptionShown:
    """Ends the mails: what mail programs ask when somebody clicks their button, with `List-Unsubscribe=One-Click` in a
    form. A repeat changes nothing."""
    if FIELD not in call.body or VALUE not in call.body:
        raise NotOneClick("Say that it is a click: the body is the form `List-Unsubscribe=One-Click`.")
    return await ending.end(call.deps, call.path["token"])


async def resubscribe(call: Call[None, Any]) -> SubscriptionShown:
    """The way back, for whoever has clicked by mistake."""
    return await ending.resume(call.deps, call.path["token"])


async def show_subscription(call: Call[None, Any]) -> SubscriptionShown:
    """Whose mails the link ends, and whether they have been ended. Looking changes nothing."""
    found = await subscription.get_subscription(call.deps, call.path["token"])
    return await subscription.shown(call.deps, found)


def by_link(method: Any, path: str, handler: Any, **more: Any) -> Endpoint:
    """For everybody who has the link."""
    return Endpoint(
        method=method, path=path, handler=handler, permission=Permission.PUBLIC, tag=TAG, answer=SubscriptionShown,
        rate=RATE, by_others=True, **more,
    )  # fmt: skip


ENDPOINTS = (
    by_link(
        "POST", LINK, unsubscribe, body=bytes, body_bytes=BODY_BYTES,
        recorded_in="the ledger of consent", summary="End the mails by one click",
    ),
    by_link(
        "POST", f"{LINK}/resume", resubscribe,
        recorded_in="the ledger of consent", summary="Want the mails again",
    ),
    by_link("GET", f"{LINK}/state", show_subscription, summary="Show whose mails a link ends"),
)  # fmt: skip
