"""What an account says about all its conversations, over HTTP."""

from typing import Any

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint
from hub.threads import policy
from hub.threads.routes.declaring import TAG
from hub.threads.shapes import PolicyShown, PolicyWanted

PATH = "/api/v1/thread-policy"


async def show_thread_policy(call: Call[None, Any]) -> PolicyShown:
    """After how long a member who does not answer loses a conversation."""
    return await policy.show_policy(call.deps, call.caller.account)


async def set_thread_policy(call: Call[PolicyWanted, Any]) -> PolicyShown:
    """After how long a member who does not answer loses a conversation; null: never."""
    return await policy.set_policy(call.act, call.body)


ENDPOINTS = (
    Endpoint(
        method="GET", path=PATH, handler=show_thread_policy, permission=Permission.ACCOUNT_VIEW,
        answer=PolicyShown, summary="Show the rules for conversations", tag=TAG,
    ),
    Endpoint(
        method="PUT", path=PATH, handler=set_thread_policy, permission=Permission.ACCOUNT_MANAGE, body=PolicyWanted,
        answer=PolicyShown, audit="thread_policy.set", summary="Set the rules for conversations", tag=TAG,
    ),
)  # fmt: skip
