"""A member's own phone: proved by a code, and written to over a line of the account."""

import re
from typing import Any

import pytest

from hub.notices.allowance import take_text
from hub.notices.numbers import new_code
from hub.notices.showing import preferences_of
from tests.fakes.sandbox.running import RunningSandbox
from tests.hub.notices.desk import PATH, Desk
from tests.hub.sending.scene import connect_to
from tests.people import code_of, join

NUMBER, OTHERS = "+4915100000042", "+4915100000043"
POLICY = "/notification-policy"


@pytest.fixture
async def line_id(desk: Desk, sandbox: RunningSandbox) -> str:
    """A line of the account by SMS, over which its members' phones are written to."""
    line = await connect_to(desk.hub.deps, desk.owner.account, sandbox, "sandbox_sms")
    await allow(desk, line.id)
    return line.id


async def allow(desk: Desk, *lines: str, countries: tuple[str, ...] = ("DE",)) -> None:
    """The account lets these lines write to its members' phones."""
    await desk.owner.does("PUT", POLICY, {"phone_line_ids": [*lines], "phone_countries": [*countries]})


async def name_number(desk: Desk, line_id: str) -> None:
    """The rep names the own phone, and a code goes to it."""
    await desk.rep.does("PUT", f"{PATH}/number", {"number": NUMBER, "line_id": line_id})
    await desk.work()


def code_in(sandbox: RunningSandbox) -> str:
    """The last that came."""
    (code,) = re.findall(r"[0-9]{6}", sandbox.sent[-1].text)
    return str(code)


async def prove(desk: Desk, code: str) -> Any:
    """The rep types what came."""
    return await desk.rep.asks("POST", f"{PATH}/number/verify", {"code": code})


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


async def test_a_text_comes_once_when_nobody_has_looked_for_two_minutes(
    desk: Desk, sandbox: RunningSandbox, line_id: str
) -> None:
    await name_number(desk, line_id)
    await prove(desk, code_in(sandbox))
    await desk.wants(desk.rep, ways=("phone",))
    thread = await desk.a_talk_of_the_rep()
    await desk.talk.hear(thread, "my-secret-word")

    came = []
    for minutes in (1, 1, 30):
        await desk.pass_time(minutes=minutes)
        came.append(len(sandbox.sent) - 1)

    assert came == [0, 1, 1]
    assert "Maja: 1 new message" in sandbox.sent[-1].text and "secret" not in sandbox.sent[-1].text


async def test_a_number_that_is_not_proved_gets_nothing_but_codes(
    desk: Desk, sandbox: RunningSandbox, line_id: str
) -> None:
    await name_number(desk, line_id)
    await desk.wants(desk.rep, ways=("phone",))

    await desk.talk.hear(await desk.a_talk_of_the_rep(), "Hello")
    await desk.pass_time(minutes=5)

    assert len(sandbox.sent) == 1


async def test_what_may_have_left_when_the_provider_hung_up_is_not_texted_again(
    desk: Desk, sandbox: RunningSandbox, line_id: str
) -> None:
    await name_number(desk, line_id)
    await prove(desk, code_in(sandbox))
    await desk.wants(desk.rep, ways=("phone",))
    await desk.talk.hear(await desk.a_talk_of_the_rep(), "Hello")
    sandbox.mood("hang_up")
    await desk.pass_time(minutes=2)

    desk.rep = await desk.comes_back(desk.rep)
    await desk.talk.hear(await desk.a_talk_of_the_rep(), "Hello")
    await desk.pass_time(minutes=15)

    assert [sent.text.split(".")[0] for sent in sandbox.sent[1:]] == ["Parley: 1 conversation has news for you"] * 2


async def test_what_surely_has_not_left_is_tried_again(desk: Desk, sandbox: RunningSandbox, line_id: str) -> None:
    await name_number(desk, line_id)
    await prove(desk, code_in(sandbox))
    await desk.wants(desk.rep, ways=("phone",))
    await desk.talk.hear(await desk.a_talk_of_the_rep(), "Hello")

    async with sandbox.gone():
        await desk.pass_time(minutes=2)
    await desk.pass_time(minutes=10)

    assert len(sandbox.sent) == 2


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


async def test_a_proved_number_gets_nothing_over_a_line_that_is_not_allowed_any_more(
    desk: Desk, sandbox: RunningSandbox, line_id: str
) -> None:
    await name_number(desk, line_id)
    await prove(desk, code_in(sandbox))
    await desk.wants(desk.rep, ways=("phone",))
    await desk.talk.hear(await desk.a_talk_of_the_rep(), "Hello")

    await allow(desk)
    await desk.pass_time(minutes=2)

    assert len(sandbox.sent) == 1
    assert "lets no notification" in (await desk.rep.does("GET", f"{PATH}/preferences"))["number"]["failure"]


async def test_one_number_gets_ten_codes_a_day_whoever_names_it(desk: Desk, line_id: str) -> None:
    members = [await join(desk.owner, f"rep{n}@acme.test") for n in range(3)]
    wanted = {"number": NUMBER, "line_id": line_id}

    answers = [await one.asks("PUT", f"{PATH}/number", wanted) for one in members for _ in range(5)]

    assert [one.status_code for one in answers] == [200] * 10 + [429] * 5


async def test_what_would_be_one_text_too_many_waits(desk: Desk, sandbox: RunningSandbox, line_id: str) -> None:
    await name_number(desk, line_id)
    await prove(desk, code_in(sandbox))
    await desk.wants(desk.rep, ways=("phone",))
    await desk.talk.hear(await desk.a_talk_of_the_rep(), "Hello")
    for _ in range(40):
        await take_text(desk.hub.deps, desk.owner.account, NUMBER)

    came = []
    for minutes in (3, 40):
        await desk.pass_time(minutes=minutes)
        came.append(len(sandbox.sent) - 1)

    assert came == [0, 1]


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
