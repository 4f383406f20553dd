"""Rules over HTTP."""

from typing import Any

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint, Tag
from hub.limits import Rate
from hub.rules import editing, trying
from hub.rules.shapes import DryRun, OrderWanted, RuleChange, RuleList, RuleShown, RuleWanted

TAG = Tag("Rules", "What is done by itself: when something happens, if it is so, then this.")
PATH = "/api/v1/rules"
# Ten texts as long as a message can be.
BODY_BYTES = 1024 * 1024
# It looks at a hundred conversations.
DRY_RUNS = Rate(30)


async def list_rules(call: Call[None, Any]) -> RuleList:
    """All of them, in the order in which they run."""
    return await editing.list_rules(call.deps, call.caller.account)


async def show_rule(call: Call[None, Any]) -> RuleShown:
    """One rule, and why it was switched off where it went on failing."""
    return await editing.show_rule(call.deps, call.caller.account, call.path["rule_id"])


async def make_rule(call: Call[RuleWanted, Any]) -> RuleShown:
    """One more, behind all others. It acts on whatever happens from now on."""
    return await editing.make(call.act, call.body)


async def change_rule(call: Call[RuleChange, Any]) -> RuleShown:
    """What is said in the change; the rest stays."""
    return await editing.change(call.act, call.path["rule_id"], call.body)


async def delete_rule(call: Call[None, Any]) -> None:
    """It does nothing more; what it has done stands."""
    await editing.remove(call.act, call.path["rule_id"])


async def order_rules(call: Call[OrderWanted, Any]) -> RuleList:
    """These first, in this order; the others stay behind them, in theirs."""
    return await editing.set_order(call.act, call.body)


async def try_rule(call: Call[None, Any]) -> DryRun:
    """What it would have done in the last 100 conversations; nothing is written."""
    return await trying.try_rule(call.deps, call.caller, call.path["rule_id"])


async def try_unsaved_rule(call: Call[RuleWanted, Any]) -> DryRun:
    """The same for a rule that is not kept yet."""
    return await trying.try_unsaved(call.deps, call.caller, call.body)


def viewed(path: str, handler: Any, **more: Any) -> Endpoint:
    """For those who may see how the account works."""
    return Endpoint(
        method="GET", path=PATH + path, handler=handler, permission=Permission.ACCOUNT_VIEW, tag=TAG, **more
    )


def managed(method: Any, path: str, handler: Any, **more: Any) -> Endpoint:
    """For those who say how the account works."""
    return Endpoint(
        method=method, path=PATH + path, handler=handler, permission=Permission.ACCOUNT_MANAGE, tag=TAG, **more
    )


ENDPOINTS = (
    viewed("", list_rules, answer=RuleList, summary="List rules"),
    managed(
        "POST", "", make_rule,
        body=RuleWanted, body_bytes=BODY_BYTES, answer=RuleShown, status=201, creates=True, audit="rule.make",
        summary="Make a rule",
    ),
    managed("PUT", "/order", order_rules, body=OrderWanted, answer=RuleList, audit="rule.order", summary="Order rules"),
    managed(
        "POST", "/dry-run", try_unsaved_rule,
        body=RuleWanted, body_bytes=BODY_BYTES, answer=DryRun, rate=DRY_RUNS, recorded_in="nowhere: nothing changes",
        summary="Try a rule that is not kept",
    ),
    viewed("/{rule_id}", show_rule, answer=RuleShown, summary="Show a rule"),
    managed(
        "PATCH", "/{rule_id}", change_rule,
        body=RuleChange, body_bytes=BODY_BYTES, answer=RuleShown, audit="rule.change", summary="Change a rule",
    ),
    managed("DELETE", "/{rule_id}", delete_rule, status=204, audit="rule.delete", summary="Delete a rule"),
    managed(
        "POST", "/{rule_id}/dry-run", try_rule,
        answer=DryRun, rate=DRY_RUNS, recorded_in="nowhere: nothing changes", summary="Try a rule",
    ),
)  # fmt: skip
