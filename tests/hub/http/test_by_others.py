"""Doors where others ask, with credentials that are none of ours."""

from typing import Any

import pytest

from hub.access import Permission
from hub.http.endpoint import Call
from hub.settings import Settings
from tests.hub.http.rooms import as_caller, get, hub_with


async def who_asks(call: Call[None, Any]) -> str:
    """What kind of caller it is."""
    return call.caller.kind


async def test_whoever_asks_there_is_a_stranger_whatever_they_show(settings: Settings) -> None:
    door = get(who_asks, permission=Permission.PUBLIC, answer=str, by_others=True)

    async with hub_with(settings, door) as hub:
        answer = await hub.client.get(door.path, headers=as_caller())

    assert answer.json() == "stranger"


def test_no_such_door_leads_to_anything_that_is_not_open_to_all() -> None:
    with pytest.raises(TypeError, match="strangers"):
        get(who_asks, permission=Permission.ME, by_others=True)
