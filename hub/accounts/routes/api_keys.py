"""API keys over HTTP."""

from datetime import timedelta
from typing import Any

from hub.access import Permission
from hub.accounts import api_keys
from hub.accounts.shapes import KeyList, KeyMade, KeyWanted, Rotation
from hub.http.endpoint import Call, Endpoint, Tag

TAG = Tag("API keys", "What scripts prove themselves by. A key may do no more than whoever made it.")
PATH = "/api/v1/keys"
DECLARED: dict[str, Any] = {"permission": Permission.KEYS_MANAGE, "tag": TAG}


async def list_keys(call: Call[None, Any]) -> KeyList:
    """All keys, without their secrets; with when each was used last."""
    return KeyList(items=await api_keys.list_keys(call.deps, call.caller.account))


async def make_key(call: Call[KeyWanted, Any]) -> KeyMade:
    """A new key. Its secret is shown this once."""
    return await api_keys.make(call.act, call.body)


async def rotate_key(call: Call[Rotation, Any]) -> KeyMade:
    """A successor that may do the same. The old key stays good for the overlap."""
    return await api_keys.rotate(call.act, call.path["key_id"], overlap=timedelta(hours=call.body.overlap_hours))


async def revoke_key(call: Call[None, Any]) -> None:
    """The key is good no more, within seconds."""
    await api_keys.revoke(call.act, call.caller.account, call.path["key_id"])


ENDPOINTS = (
    Endpoint(method="GET", path=PATH, handler=list_keys, answer=KeyList, summary="List keys", **DECLARED),
    Endpoint(
        method="POST", path=PATH, handler=make_key, body=KeyWanted, answer=KeyMade, status=201, creates=True,
        audit="key.make", summary="Make a key", **DECLARED,
    ),
    Endpoint(
        method="POST", path=PATH + "/{key_id}/rotate", handler=rotate_key, body=Rotation, answer=KeyMade, status=201,
        creates=True, audit="key.rotate", summary="Rotate a key", **DECLARED,
    ),
    Endpoint(
        method="DELETE", path=PATH + "/{key_id}", handler=revoke_key, status=204,
        audit="key.revoke", summary="Revoke a key", **DECLARED,
    ),
)  # fmt: skip
