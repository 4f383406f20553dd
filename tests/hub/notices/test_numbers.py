"""A member's own phone: proved by a code over a line of the account."""

import pytest

from hub.notices.numbers import new_code
from hub.notices.showing import preferences_of
from tests.fakes.sandbox.running import RunningSandbox
from tests.hub.notices.desk import PATH, Desk
from tests.hub.notices.phones import NUMBER, OTHERS, allow, code_in, name_number, prove
from tests.people import code_of, join


async def test_whoever_has_the_phone_proves_it_by_the_code_that_comes_to_it(
    desk: Desk, sandbox: RunningSandbox, line_id: str
) -> None:
    await name_number(desk, line_id)

    proved = await prove(desk, code_in(sandbox))

    assert sandbox.sent[-1].to == NUMBER
    assert proved.json()["is_verified"]


async def test_no_code_is_right_after_five_wrong_ones_or_ten_minutes(
    desk: Desk, sandbox: RunningSandbox, line_id: str
) -> None:
    await name_number(desk, line_id)
    code = code_in(sandbox)
    wrong = f"{(int(code) + 1) % 10**6:06}"

    refused = [code_of(await prove(desk, one)) for one in (*[wrong] * 5, code)]
    await name_number(desk, line_id)
    await desk.clock.advance(minutes=9, seconds=59)
    await desk.clock.advance(seconds=2)
    desk.rep = await desk.comes_back(desk.rep)

    assert {*refused, code_of(await prove(desk, code_in(sandbox)))} == {(422, "wrong_number_code")}


async def test_a_number_that_is_not_proved_gets_nothing_but_codes(
    desk: Desk, sandbox: RunningSandbox, line_id: str
) -> None:
    await name_number(desk, line_id)
    await desk.wants(desk.rep, ways=("phone",))

    await desk.talk.hear(await desk.a_talk_of_the_rep(), "Hello")
    await desk.pass_time(minutes=5)

    assert len(sandbox.sent) == 1


async def test_why_no_text_has_left_stands_where_the_number_does(
    desk: Desk, sandbox: RunningSandbox, line_id: str
) -> None:
    sandbox.mood("refuse", code="30006")

    await name_number(desk, line_id)

    shown = (await desk.rep.does("GET", f"{PATH}/preferences"))["number"]
    assert (shown["is_verified"], bool(shown["failure"]), bool(shown["advice"])) == (False, True, True)


async def test_the_number_stands_sealed_and_goes_with_its_owner(
    desk: Desk, sandbox: RunningSandbox, line_id: str
) -> None:
    await name_number(desk, line_id)
    stored = await desk.hub.deps.mongo["notice_preferences"].find({}, limit=10)

    await desk.rep.does("DELETE", f"{PATH}/number")

    assert NUMBER[3:] not in str(stored)
    assert (await desk.rep.does("GET", f"{PATH}/preferences"))["number"] is None


async def test_no_line_writes_to_phones_until_the_account_says_so(desk: Desk, line_id: str) -> None:
    await allow(desk)

    refused = await desk.rep.asks("PUT", f"{PATH}/number", {"number": NUMBER, "line_id": line_id})

    assert code_of(refused) == (422, "bad_own_number")


@pytest.mark.parametrize(
    "number",
    ["+4990012345678", "+491805123456", "+497001234567", "+447012345678", "+882161234567", "+919876543210"],
    ids=["premium or unknown", "shared cost", "personal", "personal abroad", "satellite", "another country"],
)
async def test_no_code_goes_to_a_number_that_costs_more_or_is_abroad(
    desk: Desk, sandbox: RunningSandbox, line_id: str, number: str
) -> None:
    refused = await desk.rep.asks("PUT", f"{PATH}/number", {"number": number, "line_id": line_id})
    await desk.work()

    assert (code_of(refused), sandbox.sent) == ((422, "bad_own_number"), [])


async def test_without_countries_it_is_the_account_s_own(desk: Desk, line_id: str) -> None:
    await allow(desk, line_id, countries=())
    wanted = {"number": NUMBER, "line_id": line_id}

    abroad = await desk.rep.asks("PUT", f"{PATH}/number", wanted)
    await desk.owner.does("PATCH", "/account", {"region": "DE"})
    at_home = await desk.rep.asks("PUT", f"{PATH}/number", wanted)

    assert [abroad.status_code, at_home.status_code] == [422, 200]


async def test_one_number_gets_ten_codes_a_day_whoever_names_it(desk: Desk, line_id: str) -> None:
    members = [await join(desk.owner, f"rep{n}@acme.test") for n in range(3)]
    wanted = {"number": NUMBER, "line_id": line_id}

    answers = [await one.asks("PUT", f"{PATH}/number", wanted) for one in members for _ in range(5)]

    assert [one.status_code for one in answers] == [200] * 10 + [429] * 5


async def test_no_code_is_made_for_a_number_that_is_another_by_now(desk: Desk, line_id: str) -> None:
    await name_number(desk, line_id)
    seen = await preferences_of(desk.hub.deps, desk.rep.account, desk.rep.member)

    await desk.rep.does("PUT", f"{PATH}/number", {"number": OTHERS, "line_id": line_id})

    assert await new_code(desk.hub.deps, seen) is None


async def test_the_audit_log_tells_of_a_private_number_by_its_end_alone(
    desk: Desk, sandbox: RunningSandbox, line_id: str
) -> None:
    await name_number(desk, line_id)
    await prove(desk, code_in(sandbox))
    await desk.wants(desk.rep)
    await desk.rep.does("DELETE", f"{PATH}/number")

    items = (await desk.owner.does("GET", "/audit"))["items"]

    (named,) = [one for one in items if one["action"] == "own_number.set"]
    assert named["after"] == {"line_id": line_id, "is_verified": False, "ends_with": NUMBER[-2:]}
    assert NUMBER[-6:] not in str(items)
