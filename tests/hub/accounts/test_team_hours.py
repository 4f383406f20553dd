"""When teams and members are there. It is nine in the morning in UTC, on a Monday, and half past two in Kolkata."""

from datetime import timedelta
from typing import Any

import pytest

from hub.settings import Settings
from tests.clock import MORNING
from tests.dumps import dump, raw
from tests.hub.accounts.staff import hire, last_entry, make_team
from tests.people import Person, code_of, found, join

BEN, CARA = "ben@example.test", "cara@example.test"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def hours(opens: str, closes: str, *days: str, holidays: Any = ()) -> Any:
    """In Kolkata, as the API shows them."""
    span = {"opens": opens, "closes": closes}
    week = {day: [span] * (day in (days or DAYS)) for day in DAYS}
    return {"zone": "Asia/Kolkata", "week": week, "holidays": list(holidays)}


OPEN_NOW, OPEN_AT_FIVE, NEVER = hours("14:00", "18:00"), hours("17:00", "20:00"), {"zone": "UTC", "week": {}}
AT_FIVE, TOMORROW = (f"{MORNING + timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}" for hours in (2.5, 18.5))
CANARY = {"date": "2026-12-25", "name": "Canary day", "spans": []}


def presence(shown: Any) -> tuple[bool, str | None]:
    """Whether somebody is there, and if not, from when on."""
    return shown["is_open"], shown["opens_at"]


# Teams


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, (True, None)),
        (OPEN_NOW, (True, None)),
        (OPEN_AT_FIVE, (False, AT_FIVE)),
        (hours("09:00", "12:00", "tuesday"), (False, TOMORROW)),
        (NEVER, (False, None)),
    ],
    ids=["none", "now", "later", "tomorrow", "never"],
)
async def test_a_team_says_whether_it_is_there_and_from_when_on(
    asha: Person, given: Any, expected: tuple[bool, str | None]
) -> None:
    made = await asha.does("POST", "/teams", {"name": "Sales", "hours": given})

    assert presence(made) == expected
    assert await asha.does("GET", f"/teams/{made['id']}") == made
    assert (await asha.does("GET", "/teams"))["items"] == [made]


async def test_hours_are_shown_as_they_were_given(asha: Person) -> None:
    given = hours("09:00", "17:00", "monday", holidays=[CANARY])

    made = await asha.does("POST", "/teams", {"name": "Sales", "hours": given})

    assert made["hours"] == given


async def test_a_team_gets_other_hours_and_keeps_all_else(asha: Person) -> None:
    team = await make_team(asha, "Sales", asha, hours=OPEN_NOW)

    after = await asha.does("PUT", f"/teams/{team}/hours", {"hours": OPEN_AT_FIVE})

    assert after["hours"] == OPEN_AT_FIVE
    assert presence(after) == (False, AT_FIVE)
    assert (after["name"], after["member_ids"]) == ("Sales", [asha.member])
    assert await asha.does("GET", f"/teams/{team}") == after


async def test_without_hours_a_team_is_always_there_again(asha: Person) -> None:
    team = await make_team(asha, "Sales", hours=OPEN_AT_FIVE)

    after = await asha.does("PUT", f"/teams/{team}/hours", {"hours": None})

    assert (after["hours"], *presence(after)) == (None, True, None)


async def test_another_name_leaves_the_hours(asha: Person) -> None:
    team = await make_team(asha, "Sales", hours=OPEN_NOW)

    assert (await asha.does("PATCH", f"/teams/{team}", {"name": "Support"}))["hours"] == OPEN_NOW


@pytest.mark.parametrize("given", [{"zone": "Mars/Olympus", "week": {}}, hours("18:00", "14:00")], ids=["zone", "span"])
async def test_hours_that_no_clock_can_follow_are_refused(asha: Person, given: Any) -> None:
    team = await make_team(asha, "Sales", hours=OPEN_NOW)

    answers = [
        await asha.asks("POST", "/teams", {"name": "Support", "hours": given}),
        await asha.asks("PUT", f"/teams/{team}/hours", {"hours": given}),
        await asha.asks("PUT", f"/members/{asha.member}/hours", {"hours": given}),
    ]

    assert [code_of(answer) for answer in answers] == [(400, "bad_hours")] * 3
    assert [shown["hours"] for shown in (await asha.does("GET", "/teams"))["items"]] == [OPEN_NOW]


async def test_what_a_holiday_is_called_stands_nowhere_in_plain(asha: Person, settings: Settings) -> None:
    given = hours("09:00", "17:00", holidays=[CANARY])

    await make_team(asha, "Sales", hours=given)
    await asha.does("PUT", f"/members/{asha.member}/hours", {"hours": given})

    assert b"Canary" not in raw(dump(settings))


async def test_the_log_says_which_hours_a_team_had_and_has(asha: Person) -> None:
    team = await make_team(asha, "Sales", hours=OPEN_NOW)

    await asha.does("PUT", f"/teams/{team}/hours", {"hours": OPEN_AT_FIVE})

    entry = await last_entry(asha, "team.hours")
    assert (entry["before"]["hours"], entry["after"]["hours"]) == (OPEN_NOW, OPEN_AT_FIVE)


# Members


async def test_whoever_has_no_hours_and_no_team_is_always_there(asha: Person) -> None:
    shown = await asha.does("GET", f"/members/{asha.member}/hours")

    assert shown == {"hours": None, "is_open": True, "opens_at": None}


async def test_without_own_hours_those_of_the_team_count(asha: Person) -> None:
    await make_team(asha, "Sales", asha, hours=OPEN_AT_FIVE)

    shown = await asha.does("GET", f"/members/{asha.member}/hours")

    assert shown == {"hours": None, "is_open": False, "opens_at": AT_FIVE}


async def test_whoever_is_in_two_teams_is_there_with_either(asha: Person) -> None:
    await make_team(asha, "Sales", asha, hours=OPEN_AT_FIVE)
    await make_team(asha, "Support", asha, hours=OPEN_NOW)

    assert presence(await asha.does("GET", f"/members/{asha.member}/hours")) == (True, None)


async def test_the_first_of_two_teams_to_open_is_what_counts(asha: Person) -> None:
    await make_team(asha, "Sales", asha, hours=hours("18:00", "19:00"))
    await make_team(asha, "Support", asha, hours=OPEN_AT_FIVE)
    await make_team(asha, "Nobody", asha, hours=NEVER)

    assert presence(await asha.does("GET", f"/members/{asha.member}/hours")) == (False, AT_FIVE)


async def test_a_team_that_has_set_no_hours_says_nothing_of_its_members(asha: Person) -> None:
    await make_team(asha, "Sales", asha, hours=OPEN_AT_FIVE)
    await make_team(asha, "Everybody", asha)

    assert presence(await asha.does("GET", f"/members/{asha.member}/hours")) == (False, AT_FIVE)


async def test_own_hours_count_in_place_of_the_teams(asha: Person) -> None:
    await make_team(asha, "Sales", asha, hours=OPEN_NOW)

    shown = await asha.does("PUT", f"/members/{asha.member}/hours", {"hours": OPEN_AT_FIVE})

    assert shown == {"hours": OPEN_AT_FIVE, "is_open": False, "opens_at": AT_FIVE}
    assert await asha.does("GET", f"/members/{asha.member}/hours") == shown


async def test_own_hours_are_taken_away_again(asha: Person) -> None:
    await make_team(asha, "Sales", asha, hours=OPEN_NOW)
    await asha.does("PUT", f"/members/{asha.member}/hours", {"hours": OPEN_AT_FIVE})

    shown = await asha.does("PUT", f"/members/{asha.member}/hours", {"hours": None})

    assert shown == {"hours": None, "is_open": True, "opens_at": None}


async def test_the_log_says_which_hours_a_member_had_and_has(asha: Person) -> None:
    await asha.does("PUT", f"/members/{asha.member}/hours", {"hours": OPEN_NOW})

    await asha.does("PUT", f"/members/{asha.member}/hours", {"hours": None})

    entry = await last_entry(asha, "member.hours")
    assert entry["target"]["member"] == asha.member
    assert (entry["before"], entry["after"]) == (OPEN_NOW, None)


async def test_to_set_hours_takes_the_permission_to_manage_members(asha: Person) -> None:
    ben = await join(asha, BEN, "editor")

    answer = await ben.asks("PUT", f"/members/{ben.member}/hours", {"hours": None})

    assert code_of(answer) == (403, "forbidden")


async def test_hours_are_shown_as_far_as_the_permission_reaches(asha: Person) -> None:
    ben = await hire(asha, BEN, {"members.view": "team"})
    cara = await join(asha, CARA, "viewer")
    await make_team(asha, "Sales", ben, cara, hours=OPEN_NOW)

    assert presence(await ben.does("GET", f"/members/{cara.member}/hours")) == (True, None)
    assert code_of(await ben.asks("GET", f"/members/{asha.member}/hours")) == (404, "no_such_member")


async def test_members_of_other_accounts_have_no_hours(asha: Person) -> None:
    zoe = await found(asha.hub, "zenith")
    path = f"/members/{asha.member}/hours"

    answers = [await zoe.asks("GET", path), await zoe.asks("PUT", path, {"hours": NEVER})]

    assert [code_of(answer) for answer in answers] == [(404, "no_such_member")] * 2
    assert (await asha.does("GET", path))["hours"] is None
