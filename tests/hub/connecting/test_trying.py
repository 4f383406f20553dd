"""A test message: straight to the provider, and back comes what became of it."""

import pytest

from tests.fakes.sandbox.moods import Does
from tests.hub.connecting.desk import PHONE, Desk
from tests.people import code_of


async def test_it_comes_and_the_answer_has_the_providers_id(desk: Desk) -> None:
    line = await desk.connect()

    said = await desk.tests(line)

    [sent] = desk.sandbox.sent
    assert (sent.to, bool(sent.text)) == (PHONE, True)
    assert (said["outcome"], said["provider_id"]) == ("taken", sent.id)
    assert (await desk.stored(line)).health.sent_at


async def test_it_stands_in_no_conversation_and_makes_nobody_a_contact(desk: Desk) -> None:
    await desk.tests(await desk.connect())

    assert (await desk.owner.does("GET", "/people"))["items"] == []
    assert (await desk.owner.does("GET", "/threads"))["items"] == []


async def test_a_no_is_told_in_the_providers_words_and_counts_for_the_line(desk: Desk) -> None:
    line = await desk.connect()
    desk.sandbox.mood("refuse", code="account_suspended")

    said = await desk.tests(line)

    assert said["outcome"] == "refused"
    assert "suspended" in said["words"]
    assert said["advice"]
    assert (await desk.stored(line)).health.failed_code == "account_suspended"


@pytest.mark.parametrize("mood", ["hang_up", "nonsense", "down"])
async def test_what_may_have_been_sent_is_said_to_be_unsure(desk: Desk, mood: Does) -> None:
    line = await desk.connect()
    desk.sandbox.mood(mood)

    said = await desk.tests(line)

    assert (said["outcome"], said["provider_id"]) == ("unsure", None)


async def test_a_provider_that_is_away_was_not_reached(desk: Desk) -> None:
    line = await desk.connect()

    async with desk.sandbox.gone():
        said = await desk.tests(line)

    assert said["outcome"] == "unreachable"
    assert desk.sandbox.sent == []


async def test_nothing_goes_to_an_address_that_was_suppressed(desk: Desk) -> None:
    line = await desk.connect()
    await desk.owner.does("POST", "/suppressions", {"kind": "phone", "value": PHONE, "medium": "sms"})

    said = await desk.tests(line)

    assert said["outcome"] == "refused"
    assert desk.sandbox.sent == []


async def test_nothing_goes_over_a_line_that_is_paused(desk: Desk) -> None:
    line = await desk.connect()
    await desk.owner.does("POST", f"/lines/{line['id']}/pause")

    said = await desk.tests(line)

    assert said["outcome"] == "refused"
    assert desk.sandbox.sent == []


async def test_whatsapp_outside_of_the_window_says_so_itself(desk: Desk) -> None:
    said = await desk.tests(await desk.connect("sandbox_whatsapp"))

    assert (said["outcome"], desk.sandbox.refused) == ("refused", ["window_closed"])


async def test_a_mail_has_a_subject(desk: Desk) -> None:
    line = await desk.connect("sandbox_email", address="us@acme.test")

    said = await desk.tests(line, "asha@example.test")

    assert said["outcome"] == "taken"
    assert desk.sandbox.sent[0].body["subject"]


async def test_a_repeat_of_the_request_sends_nothing_again(desk: Desk) -> None:
    line = await desk.connect()
    way = f"/api/v1/lines/{line['id']}/test"
    headers = {**desk.owner.headers, "idempotency-key": "once"}

    answers = [await desk.hub.client.post(way, json={"to": PHONE}, headers=headers) for _ in range(2)]

    assert answers[0].json() == answers[1].json()
    assert len(desk.sandbox.sent) == 1


async def test_five_in_a_minute_are_an_accounts_whatever_the_line(desk: Desk) -> None:
    lines = [await desk.connect(), await desk.connect()]
    for _ in range(5):
        await desk.tests(lines[0])

    refused = await desk.owner.asks("POST", f"/lines/{lines[1]['id']}/test", {"to": PHONE})

    assert code_of(refused) == (429, "too_many")
    assert len(desk.sandbox.sent) == 5


@pytest.mark.parametrize(
    ("provider", "to", "refusal"),
    [
        ("sandbox_sms", "030 123456", (400, "bad_line")),
        ("sandbox_sms", "030123", (400, "bad_line")),
        ("sandbox_sms", "asha@example.test", (400, "bad_line")),
        ("sandbox_chat", PHONE, (422, "nothing_to_test")),
    ],
)
async def test_whom_nobody_can_write_to_is_refused(
    desk: Desk, provider: str, to: str, refusal: tuple[int, str]
) -> None:
    line = await desk.connect(provider)

    answer = await desk.owner.asks("POST", f"/lines/{line['id']}/test", {"to": to})

    assert code_of(answer) == refusal
