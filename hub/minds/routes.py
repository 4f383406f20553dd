"""The models of an account over HTTP."""

from typing import Any

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint, Tag
from hub.limits import Rate
from hub.minds import actions, checking
from hub.minds.actions import use_named
from hub.minds.shapes import MindChecked, MindList, MindShown, MindWanted

TAG = Tag("Minds", "The models that an account has, and for what.")
PATH = "/api/v1/minds"
MANAGE = Permission.AGENTS_MANAGE


async def list_minds(call: Call[None, Any]) -> MindList:
    """One for each use at most, with what was wrong the last time; never with its key."""
    return MindList(items=await actions.list_minds(call.deps, call.caller.account))


async def set_mind(call: Call[MindWanted, Any]) -> MindShown:
    """From now on this one is asked; what is left out is as usual."""
    return await actions.set_mind(call.act, use_named(call.path["use"]), call.body)


async def remove_mind(call: Call[None, Any]) -> None:
    """Nothing is asked of it any more; what it has written stays."""
    await actions.remove_mind(call.act, use_named(call.path["use"]))


async def check_mind(call: Call[None, Any]) -> MindChecked:
    """Have it do something small, and say what is wrong."""
    return await checking.check_mind(call.act, use_named(call.path["use"]))


ENDPOINTS = (
    Endpoint(
        method="GET", path=PATH, handler=list_minds, permission=Permission.ACCOUNT_VIEW, tag=TAG, answer=MindList,
        summary="List the models of the account",
    ),
    Endpoint(
        method="PUT", path=f"{PATH}/{{use}}", handler=set_mind, permission=MANAGE, tag=TAG, body=MindWanted,
        answer=MindShown, audit="mind.set", summary="Set up a model",
    ),
    Endpoint(
        method="DELETE", path=f"{PATH}/{{use}}", handler=remove_mind, permission=MANAGE, tag=TAG, status=204,
        audit="mind.remove", summary="Remove a model",
    ),
    Endpoint(
        method="POST", path=f"{PATH}/{{use}}/check", handler=check_mind, permission=MANAGE, tag=TAG,
        answer=MindChecked, rate=Rate(30), audit="mind.check", summary="Try a model",
    ),
)  # fmt: skip
