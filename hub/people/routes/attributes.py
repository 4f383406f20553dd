"""Attributes over HTTP: what an account wants to know of people."""

from typing import Any

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint, Tag
from hub.people import declaring
from hub.people.shapes import AttributeChange, AttributeList, AttributeShown, AttributeWanted

TAG = Tag("Attributes", "What an account wants to know of people, each of a type.")
PATH = "/api/v1/attributes"


async def list_attributes(call: Call[None, Any]) -> AttributeList:
    """All, in the order of their making."""
    return await declaring.list_attributes(call.deps, call.caller.account)


async def declare_attribute(call: Call[AttributeWanted, Any]) -> AttributeShown:
    """One more. Its key and its type stay; a choice has options."""
    return await declaring.declare(call.act, call.body)


async def change_attribute(call: Call[AttributeChange, Any]) -> AttributeShown:
    """Another label, other options."""
    return await declaring.change(call.act, call.path["attribute_id"], call.body)


async def delete_attribute(call: Call[None, Any]) -> None:
    """Nobody is asked for it any more."""
    await declaring.delete(call.act, call.path["attribute_id"])


def managed(method: Any, path: str, handler: Any, **more: Any) -> Endpoint:
    """For those who manage the account."""
    permission = Permission.ACCOUNT_MANAGE
    return Endpoint(method=method, path=PATH + path, handler=handler, permission=permission, tag=TAG, **more)


ENDPOINTS = (
    Endpoint(
        method="GET", path=PATH, handler=list_attributes, permission=Permission.ACCOUNT_VIEW,
        answer=AttributeList, tag=TAG, summary="List attributes",
    ),
    managed(
        "POST", "", declare_attribute,
        body=AttributeWanted, answer=AttributeShown, status=201, creates=True, audit="attribute.declare",
        summary="Declare an attribute",
    ),
    managed(
        "PATCH", "/{attribute_id}", change_attribute,
        body=AttributeChange, answer=AttributeShown, audit="attribute.change", summary="Change an attribute",
    ),
    managed(
        "DELETE", "/{attribute_id}", delete_attribute, status=204, audit="attribute.delete",
        summary="Delete an attribute",
    ),
)  # fmt: skip
