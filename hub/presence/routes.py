"""Presence over HTTP: what an account wants to see of it."""

from typing import Any

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint, Tag
from hub.presence import policy
from hub.presence.shapes import PresencePolicyShown, PresencePolicyWanted

TAG = Tag("Presence", "What members see of visitors who type.")
PATH = "/api/v1/presence-policy"


async def show_presence_policy(call: Call[None, Any]) -> PresencePolicyShown:
    """Whether members see what a visitor types before it is sent: not, until somebody has said so."""
    return await policy.show_policy(call.deps, call.caller.account)


async def set_presence_policy(call: Call[PresencePolicyWanted, Any]) -> PresencePolicyShown:
    """Whether members see what a visitor types before it is sent. It is never stored, and only whoever has the
    conversation open sees it; your privacy notice should say that you do."""
    return await policy.set_policy(call.act, call.body)


ENDPOINTS = (
    Endpoint(
        method="GET", path=PATH, handler=show_presence_policy, permission=Permission.ACCOUNT_VIEW,
        answer=PresencePolicyShown, summary="Show what is seen of visitors who type", tag=TAG,
    ),
    Endpoint(
        method="PUT", path=PATH, handler=set_presence_policy, permission=Permission.ACCOUNT_MANAGE,
        body=PresencePolicyWanted, answer=PresencePolicyShown, audit="presence_policy.set",
        summary="Set what is seen of visitors who type", tag=TAG,
    ),
)  # fmt: skip
