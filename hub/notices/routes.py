"""Notices over HTTP: every member's own, and nobody else's; and what the account lets go to phones."""

from typing import Any

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint, Tag
from hub.notices import clearing, numbers, policy, preferences, showing
from hub.notices.shapes import (
    NoticeCounts,
    NoticePage,
    NoticePreferencesShown,
    NoticePreferencesWanted,
    NoticesQuery,
    NoticesReadWanted,
    NotificationPolicyShown,
    NotificationPolicyWanted,
    OwnNumberProof,
    OwnNumberShown,
    OwnNumberWanted,
)

TAG = Tag("Notifications", "What members should know of, and how they want to be told.")
PATH, POLICY = "/api/v1/me/notifications", "/api/v1/notification-policy"


async def list_notices(call: Call[None, NoticesQuery]) -> NoticePage:
    """What has happened that one should know of, the latest first. What was read is kept for 30 days."""
    return await showing.list_page(call.deps, call.caller, call.query)


async def count_notices(call: Call[None, Any]) -> NoticeCounts:
    """How many there are to read."""
    return await showing.count(call.deps, call.caller)


async def read_notices(call: Call[NoticesReadWanted, Any]) -> NoticeCounts:
    """Read: some, those of a conversation, or all. Whatever shows them elsewhere shows them no more."""
    await clearing.clear_wanted(call.deps, call.caller, call.body)
    return await showing.count(call.deps, call.caller)


async def show_notice_preferences(call: Call[None, Any]) -> NoticePreferencesShown:
    """How one is told of what, and when."""
    return await preferences.show(call.deps, call.caller)


async def set_notice_preferences(call: Call[NoticePreferencesWanted, Any]) -> NoticePreferencesShown:
    """How to be told of what, and when."""
    return await preferences.set_all(call.act, call.body)


async def set_own_number(call: Call[OwnNumberWanted, Any]) -> OwnNumberShown:
    """A phone of one's own: a code comes to it over the line that will write to it."""
    return await numbers.set_number(call.act, call.body)


async def verify_own_number(call: Call[OwnNumberProof, Any]) -> OwnNumberShown:
    """The code has come; from now on the number is written to."""
    return await numbers.verify_number(call.act, call.body.code)


async def remove_own_number(call: Call[None, Any]) -> None:
    """Nothing is written to it any more."""
    await numbers.remove_number(call.act)


async def show_notification_policy(call: Call[None, Any]) -> NotificationPolicyShown:
    """What may go to members' own phones: nothing, until somebody has named a line."""
    return await policy.show_policy(call.deps, call.caller.account)


async def set_notification_policy(call: Call[NotificationPolicyWanted, Any]) -> NotificationPolicyShown:
    """What may go to members' own phones. The account pays for it; a number that was proved before gets nothing either
    over a line, or in a country, that is not named any more."""
    return await policy.set_policy(call.act, call.body)


def mine(method: Any, path: str, handler: Any, **more: Any) -> Endpoint:
    """For every member, whatever the role."""
    return Endpoint(method=method, path=PATH + path, handler=handler, permission=Permission.MEMBERSHIP, tag=TAG, **more)


ENDPOINTS = (
    mine("GET", "", list_notices, query=NoticesQuery, answer=NoticePage, summary="List my notifications"),
    mine("GET", "/counts", count_notices, answer=NoticeCounts, summary="Count my notifications"),
    mine(
        "POST", "/read", read_notices, body=NoticesReadWanted, answer=NoticeCounts,
        recorded_in="the notices themselves", summary="Mark my notifications as read",
    ),
    mine(
        "GET", "/preferences", show_notice_preferences, answer=NoticePreferencesShown,
        summary="Show how I am told",
    ),
    mine(
        "PUT", "/preferences", set_notice_preferences, body=NoticePreferencesWanted, answer=NoticePreferencesShown,
        audit="notice_preferences.set", summary="Set how I am told",
    ),
    mine(
        "PUT", "/number", set_own_number, body=OwnNumberWanted, answer=OwnNumberShown,
        audit="own_number.set", summary="Name my phone",
    ),
    mine(
        "POST", "/number/verify", verify_own_number, body=OwnNumberProof, answer=OwnNumberShown,
        audit="own_number.verify", summary="Prove my phone",
    ),
    mine("DELETE", "/number", remove_own_number, status=204, audit="own_number.remove", summary="Forget my phone"),
    Endpoint(
        method="GET", path=POLICY, handler=show_notification_policy, permission=Permission.ACCOUNT_VIEW,
        answer=NotificationPolicyShown, summary="Show what may go to members' phones", tag=TAG,
    ),
    Endpoint(
        method="PUT", path=POLICY, handler=set_notification_policy, permission=Permission.ACCOUNT_MANAGE,
        body=NotificationPolicyWanted, answer=NotificationPolicyShown, audit="notification_policy.set",
        summary="Set what may go to members' phones", tag=TAG,
    ),
)  # fmt: skip
