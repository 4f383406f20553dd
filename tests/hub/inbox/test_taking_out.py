"""Taking a conversation out needs to be allowed twice, and is written down; a timeline says when it is not whole."""

from typing import Any

import pytest

from hub.audit.repository import AUDIT
from hub.inbox import timeline
from tests.clock import VirtualClock
from tests.hub.inbox.talking import Talk
from tests.hub.inbox.test_timeline import two_of_one_person
from tests.people import Person, code_of, join

EXPORT, VIEW = "people.export", "threads.view"
FORBIDDEN, NOT_THERE = (403, "forbidden"), (404, "no_such_thread")


async def who_may(owner: Person, grants: dict[str, str]) -> Person:
    """A member of a role that allows just this."""
    listed = [{"permission": one, "scope": scope} for one, scope in grants.items()]
    role = await owner.does("POST", "/roles", {"name": "Exporter", "grants": listed})
    return await join(owner, "exporter@acme.test", role["id"])


@pytest.mark.parametrize(
    ("grants", "refusal"),
    [
        ({EXPORT: "all"}, FORBIDDEN),
        ({VIEW: "all"}, FORBIDDEN),
        ({EXPORT: "all", VIEW: "own"}, NOT_THERE),
        ({EXPORT: "own", VIEW: "all"}, NOT_THERE),
    ],
    ids=["no reading", "no taking out", "reading less", "taking out less"],
)
async def test_nobody_takes_out_what_they_may_not_read(
    talk: Talk, owner: Person, grants: dict[str, str], refusal: tuple[int, str]
) -> None:
    thread = await talk.begin(says="hello")
    rep = await who_may(owner, grants)

    assert code_of(await rep.asks("GET", f"/threads/{thread.id}/export")) == refusal


async def test_it_is_written_down_who_has_taken_out_what(talk: Talk, owner: Person) -> None:
    thread = await talk.begin(says="hello")
    rep = await who_may(owner, {EXPORT: "all", VIEW: "all"})

    assert (await rep.asks("GET", f"/threads/{thread.id}/export")).is_success

    (entry,) = await talk.deps.mongo[AUDIT].find({"action": "thread.export"}, limit=2)
    assert (entry["actor"]["id"], entry["target"]["thread"]) == (rep.member, thread.id)


async def test_a_timeline_says_whether_it_is_whole(
    talk: Talk, owner: Person, clock: VirtualClock, monkeypatch: Any
) -> None:
    one, _ = await two_of_one_person(talk, clock)
    path = f"/people/{one.person}/timeline"

    whole = await owner.does("GET", path)
    monkeypatch.setattr(timeline, "MOST_THREADS", 1)
    partial = await owner.does("GET", path)

    assert (whole["is_whole"], partial["is_whole"]) == (True, False)
    assert len({item["thread_id"] for item in partial["items"]}) == 1
