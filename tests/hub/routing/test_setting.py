"""What an account says about routing, and what it is told."""

import pytest

from tests.hub.routing.crew import ask, hire, turn_on
from tests.people import Person, code_of


async def test_it_is_off_at_first(boss: Person) -> None:
    shown = await boss.does("GET", "/routing")

    assert (shown["is_on"], shown["mode"], shown["ways"]) == (False, "assign", ["last_rep", "round_robin"])


async def test_a_team_goes_by_the_accounts_policy_until_it_has_its_own(boss: Person) -> None:
    path = f"/teams/{(await boss.does('POST', '/teams', {'name': 'Sales'}))['id']}/routing"
    await turn_on(boss, ways=["least_loaded"])
    accounts = await boss.does("GET", path)
    await boss.does("PUT", path, {"is_on": False, "mode": "offer", "offer_seconds": 90})
    own = await boss.does("GET", path)
    await boss.does("DELETE", path)

    again = await boss.does("GET", path)

    assert (accounts["ways"], accounts["is_own"]) == (["least_loaded"], False)
    assert (own["is_on"], own["offer_seconds"], own["is_own"]) == (False, 90, True)
    assert again == accounts


@pytest.mark.parametrize(
    "ways",
    [["round_robin", "last_rep"], ["round_robin", "least_loaded"], ["last_rep", "last_rep"]],
    ids=lambda ways: "+".join(ways),
)
async def test_ways_that_do_not_go_together_are_refused(boss: Person, ways: list[str]) -> None:
    assert code_of(await boss.asks("PUT", "/routing", {"is_on": True, "ways": ways})) == (422, "bad_ways")


async def test_what_is_known_of_a_member_is_shown_as_it_was_set(boss: Person) -> None:
    ravi = await hire(boss, "ravi")
    wanted = {"capacity": 7, "languages": ["es", "de-AT"], "skills": ["tax  law", "vat"], "line_ids": []}

    shown = await boss.does("PUT", f"/members/{ravi.member}/routing", wanted)

    assert shown["skills"] == ["tax law", "vat"]
    assert (
        shown == await ravi.does("GET", "/me/availability") == await ravi.does("GET", f"/members/{ravi.member}/routing")
    )
    assert (shown["capacity"], shown["load"], shown["is_there"]) == (7, 0, True)


async def test_a_line_that_there_is_not_is_refused(boss: Person) -> None:
    answer = await boss.asks("PUT", f"/members/{boss.member}/routing", {"line_ids": ["nothing"]})

    assert code_of(answer) == (404, "no_such_line")


async def test_only_managers_say_how_it_is_routed(boss: Person) -> None:
    ravi = await hire(boss, "ravi")

    answer = await ravi.asks("PUT", "/routing", {"is_on": True})

    assert answer.status_code == 403


async def test_whoever_asks_is_told_why_it_is_theirs_and_why_not_somebody_elses(boss: Person) -> None:
    ravi, lena = await hire(boss, "ravi"), await hire(boss, "lena")
    await turn_on(boss)
    await lena.does("PUT", "/me/availability", {"is_away": True})
    thread = await ask(boss.hub, boss, "mia")

    shown = await ravi.does("GET", f"/threads/{thread.id}/routing")

    why = {one["member_id"]: (one["is_fit"], one["why"]) for one in shown["candidates"]}
    assert shown["because"] == "round robin: longest without"
    assert why == {
        ravi.member: (True, "round robin: longest without"),
        lena.member: (False, "away"),
        boss.member: (False, "full: 0 of 0"),
    }
