"""Reports of what was measured."""

from collections.abc import Iterator
from typing import Any

import pytest

from hub.clocks.models import Measure
from hub.clocks.reporting import by_member, percentile
from hub.threads.models import AuthorKind
from tests.hub.clocks.logs import BEGIN
from tests.hub.clocks.watching import finish, promise, take
from tests.hub.sending.scene import Scene
from tests.people import code_of


async def report(scene: Scene, query: str = "") -> Any:
    """How long people waited."""
    await scene.comes_back()
    return await scene.owner.does("GET", f"/reports/answers{query}")


async def a_round(scene: Scene, *, queue: float, human: float) -> None:
    """Asked, taken, answered and done."""
    await scene.hears("How much?")
    await scene.clock.advance(minutes=queue)
    await take(scene)
    await scene.clock.advance(minutes=human)
    await scene.says()
    await finish(scene)


async def test_waiting_is_told_in_the_middle_and_for_nine_of_ten(scene: Scene) -> None:
    await promise(scene, {"first_answer_minutes": 20})
    await scene.says()
    await finish(scene)
    for human in (5, 10, 30):
        await a_round(scene, queue=0, human=human)

    told = await report(scene)

    assert told["first_answer"] == {"count": 4, "p50_s": 300.0, "p90_s": 1800.0, "late": 1}
    assert told["resolution"]["count"] == 4
    assert told["is_complete"]


async def test_whose_time_it_was_is_told_apart(scene: Scene) -> None:
    await scene.says()
    await finish(scene)
    await scene.owner.does("POST", f"/threads/{(await scene.thread()).id}/release")
    await a_round(scene, queue=7, human=3)

    shares = (await report(scene))["shares"]

    assert {name: seconds for name, seconds in shares.items() if seconds} == {"queue_s": 420.0, "human_s": 180.0}


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?from=2054-03-02T08:00:00Z", 1),
        ("?from=2054-03-02T09:00:00Z&to=2054-03-02T10:00:00Z", 1),
        ("?from=2054-03-02T08:00:00Z&to=2054-03-02T09:00:00Z", 0),
        ("?from=2054-03-02T09:00:01Z&to=2054-03-03T09:00:00Z", 0),
    ],
)
async def test_a_report_is_about_its_time(scene: Scene, query: str, count: int) -> None:
    await scene.says()

    assert (await report(scene, query))["first_answer"]["count"] == count


async def test_a_report_is_about_a_team_or_a_member(scene: Scene) -> None:
    await scene.says()
    team = (await scene.owner.does("POST", "/teams", {"name": "Sales", "hours": None}))["id"]
    member = scene.owner.member

    of_team, of_member = [await report(scene, f"?{query}") for query in (f"team_id={team}", f"member_id={member}")]

    assert of_team["members"] == []
    assert [one["member_id"] for one in of_member["members"]] == [member]


async def test_a_report_has_a_beginning_and_an_end(scene: Scene) -> None:
    for query in (
        "?from=2050-01-01T00:00:00Z",
        "?to=0001-01-01T00:00:00Z",
        "?from=2054-03-02T09:00:00Z&to=2054-03-01T00:00:00Z",
    ):
        assert code_of(await scene.owner.asks("GET", f"/reports/answers{query}")) == (400, "invalid")


async def test_nobody_has_measured_anything_of_what_is_not_there(scene: Scene) -> None:
    for query in ("?team_id=none", "?member_id=none"):
        assert code_of(await scene.owner.asks("GET", f"/reports/answers{query}"))[0] == 404


@pytest.mark.parametrize(
    ("took", "half", "most"),
    [([], None, None), ([1000], 1.0, 1.0), ([1000, 2000], 1.0, 2.0), ([*range(10)], 0.004, 0.008)],
)
def test_a_percentile_is_a_time_that_it_has_really_taken(
    took: list[int], half: float | None, most: float | None
) -> None:
    assert (percentile(took, 0.5), percentile(took, 0.9)) == (half, most)


def measured(member: str | None, took_ms: int) -> Measure:
    """Something that this one has done."""
    return Measure(
        id=f"{member}.{took_ms}",
        account="acme",
        thread="thread",
        at=BEGIN,
        what="next_answer",
        took_ms=took_ms,
        by=AuthorKind.MEMBER,
        member=member,
    )


def test_however_many_members_there_are_what_they_did_is_gone_through_once() -> None:
    def once() -> Iterator[Measure]:
        yield from (measured(member, took_ms) for took_ms in range(2) for member in ("b", "a", None))

    parted = by_member(once())

    assert [(member, [one.took_ms for one in own]) for member, own in parted] == [("a", [0, 1]), ("b", [0, 1])]
