"""P6, how much: on the way of a message, and while screens are open, nothing reads a whole account. The embedded
database would do so for one condition more than an index has."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest

from channels.base import State
from hub.house import House
from hub.inbox import syncing
from hub.inbox.live_shapes import Sync
from hub.rooms import ROOMS
from hub.sessions.standing import identify_token
from hub.settings import Settings
from tests.clock import VirtualClock
from tests.contracts.matrix import Sent
from tests.contracts.reading import is_served, questions_of
from tests.hub.sending.conftest import sandbox, scene, sending_settings  # noqa: F401 - its scene, on a hub of ours
from tests.hub.sending.scene import AGENT, Scene
from tests.hubs import Hub, running_hub

# An account has few of these, however much is said in it.
FEW = {
    "accounts",
    "api_keys",
    "invitations",
    "keys",
    "lines",
    "members",
    "processes",
    "roles",
    "routing_members",
    "teams",
}
INDEXES: dict[str, list[list[str]]] = {}
for index in House(ROOMS).indexes:
    INDEXES.setdefault(index.collection, []).append([field for field, _ in index.keys])


@pytest.mark.parametrize(
    ("where", "is_well"),
    [
        ({"account": "a", "thread": "t"}, True),
        ({"thread": "t", "account": "a", "seq": 7}, True),
        ({"account": "a", "thread": "t", "seq": {"$lt": 7}}, True),
        ({"_id": "e", "account": "a", "state": {"$ne": "sent"}}, True),
        ({"account": "a", "thread": "t", "line": "l"}, False),
        ({"account": "a", "thread": {"$in": ["t"]}, "seq": 7}, False),
        ({"account": "a", "thread": "t", "seq": {"$exists": True}}, False),
        ({"account": "a", "_id": "e"}, False),
        ({"account": "a", "$or": [{"thread": "t"}]}, False),
    ],
    ids=str,
)
def test_an_index_serves_its_first_fields_and_nothing_else(where: Mapping[str, Any], is_well: bool) -> None:
    assert is_served(where, [["account", "thread", "seq"]]) is is_well


@pytest.fixture
def sent() -> Sent:
    """What the hub asks of the database."""
    return Sent()


@pytest.fixture
async def open_hub(sending_settings: Settings, clock: VirtualClock, sent: Sent) -> AsyncIterator[Hub]:  # noqa: F811
    """A hub with time of its own, that is listened to."""
    async with running_hub(sending_settings, clock=clock, listeners=[sent]) as hub:
        yield hub


def unserved(sent: Sent) -> set[str]:
    """What was asked for that no index serves."""
    found = set()
    for command in sent.take():
        collection = str(command.get(next(iter(command), "")))
        if collection not in FEW:
            asked = [where for where in questions_of(command) if where]
            found |= {f"{collection} by {[*where]}" for where in asked if not is_served(where, INDEXES[collection])}
    return found


async def test_a_conversation_reads_nothing_but_itself(scene: Scene, sent: Sent) -> None:  # noqa: F811
    sent.take()

    await scene.hears("Is it still free?")
    await scene.says("Let me look", author=AGENT)
    await scene.says("It is")
    await scene.work()
    await scene.hears_of(scene.sandbox.sent[-1].id, State.DELIVERED)
    await scene.deps.background.settle()

    assert unserved(sent) == set()


async def test_a_screen_that_comes_back_reads_nothing_but_what_has_changed(scene: Scene, sent: Sent) -> None:  # noqa: F811
    thread = await scene.thread()
    caller = await identify_token(scene.deps, scene.owner.token)
    after = syncing.position(scene.clock.now())
    sent.take()

    await scene.owner.does("GET", "/threads?view=all")
    await scene.owner.does("POST", f"/threads/{thread.id}/read", {})
    await syncing.sync(scene.deps, caller, Sync(after=after, known={thread.id: 0}))
    await scene.owner.does("GET", f"/threads/{thread.id}/scheduled")

    assert unserved(sent) == set()
