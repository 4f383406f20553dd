"""The guided check: what a line needs, step by step."""

from dataclasses import replace

import pytest

from hub.connecting.steps import is_reachable
from hub.settings import Settings
from tests.clock import VirtualClock
from tests.hub.connecting.desk import Desk
from tests.hubs import running_hub
from tests.people import found

STEPS = ["provider", "key", "webhook", "public_url", "heard", "signatures", "sent", "second"]


async def test_a_new_line_is_led_from_step_to_step(desk: Desk) -> None:
    line = await desk.connect()

    steps = await desk.checks(line)

    assert [*steps] == STEPS
    assert {about: step["is_well"] for about, step in steps.items()} == {
        **{"provider": True, "key": True, "webhook": False, "public_url": True},
        **{"heard": False, "signatures": True, "sent": False, "second": None},
    }
    assert line["webhook_url"] in steps["heard"]["advice"]


async def test_nothing_is_missing_once_messages_come_and_go(desk: Desk) -> None:
    line = await desk.connect()
    desk.sandbox.connect(line["address"], client=desk.hub.client)
    await desk.points(line)
    await desk.sandbox.say("+4915112345678", line["address"], "Hello")
    await desk.tests(line)

    missing = await desk.missing(line)

    assert missing == []


async def test_every_step_says_what_to_do_where_something_is_missing(desk: Desk) -> None:
    steps = await desk.checks(await desk.connect(key="another key"))

    assert [about for about, step in steps.items() if step["is_well"] is False and not step["advice"]] == []
    assert [about for about, step in steps.items() if not step["words"]] == []


async def test_a_wrong_key_is_found_without_sending_anything(desk: Desk) -> None:
    steps = await desk.checks(await desk.connect(key="another key"))

    assert (steps["provider"]["is_well"], steps["key"]["is_well"]) == (True, False)
    assert desk.sandbox.sent == []


async def test_a_provider_that_is_away_says_nothing_of_the_key(desk: Desk) -> None:
    line = await desk.connect()

    async with desk.sandbox.gone():
        steps = await desk.checks(line)

    assert (steps["provider"]["is_well"], steps["key"]["is_well"]) == (False, None)


async def test_an_address_that_parley_does_not_contact_is_no_providers(desk: Desk) -> None:
    steps = await desk.checks(await desk.connect(url="http://169.254.169.254"))

    assert (steps["address"]["is_well"], steps["key"]["is_well"]) == (False, None)
    assert "provider" not in steps


async def test_webhooks_that_were_refused_say_why_and_a_good_one_settles_it(desk: Desk, clock: VirtualClock) -> None:
    line = await desk.connect()
    desk.sandbox.connect(line["address"], webhook=line["webhook_url"], secret="another", client=desk.hub.client)
    await desk.sandbox.say("+4915112345678", line["address"], "Hello")
    before = (await desk.checks(line))["signatures"]

    await desk.points(line)
    # What a process remembers of a line is two seconds old at most.
    await clock.advance(seconds=3)
    await desk.sandbox.say("+4915112345678", line["address"], "Hello")

    assert (before["is_well"], "wrong" in before["words"]) == (False, True)
    assert (await desk.checks(line))["signatures"]["is_well"]


async def test_that_a_webhook_was_too_large_is_said_in_words(desk: Desk) -> None:
    line = await desk.connect()
    await desk.hub.client.post(f"/in/{line['id']}", content=bytes(5_000_000))

    step = (await desk.checks(line))["signatures"]

    assert step["words"] == "One webhook was refused since the last good one: it was too large."
    assert "is lost" in step["advice"]


async def test_a_paused_line_and_a_second_one_that_is_paused_are_missing(desk: Desk) -> None:
    line, second = await desk.connect(), await desk.connect()
    await desk.owner.does("PUT", f"/lines/{line['id']}/second", {"line_id": second["id"]})
    before = await desk.checks(line)
    for one in (line, second):
        await desk.owner.does("POST", f"/lines/{one['id']}/pause")

    missing = await desk.missing(line)

    assert before["second"]["is_well"]
    assert {"sent", "second"} <= {*missing}


async def test_the_providers_last_no_is_told(desk: Desk) -> None:
    line = await desk.connect()
    desk.sandbox.mood("refuse", code="account_suspended")
    await desk.tests(line)

    sent = (await desk.checks(line))["sent"]

    assert (sent["is_well"], "suspended" in sent["words"]) == (False, True)


async def test_a_widget_needs_no_webhook(desk: Desk) -> None:
    wanted = {"provider": "widget", "name": "Site", "address": "acme.test", "values": {"origins": "https://acme.test"}}
    line = await desk.owner.does("POST", "/lines", wanted)

    checked = await desk.owner.does("POST", f"/lines/{line['id']}/check")

    steps = {step["about"]: step for step in checked["items"]}
    assert [step["about"] for step in checked["items"]] == [about for about in STEPS if about != "webhook"]
    assert (steps["provider"]["is_well"], steps["key"]["is_well"]) == (True, True)
    assert "webhook" not in steps["heard"]["advice"]


async def test_providers_do_not_reach_a_parley_that_only_this_machine_knows(
    reaching: Settings, clock: VirtualClock, desk: Desk
) -> None:
    async with running_hub(replace(reaching, public_url=""), clock=clock) as hub:
        here = Desk(hub, await found(hub, "other"), desk.sandbox)

        missing = await here.missing(await here.connect())

    assert "public_url" in missing


@pytest.mark.parametrize(
    ("url", "is_outside"),
    [
        ("https://parley.example.com", True),
        ("https://parley.example.com:8443", True),
        ("https://8.8.8.8", True),
        ("http://parley.example.com", False),
        ("http://127.0.0.1:8000", False),
        ("https://127.0.0.1", False),
        ("https://[::1]:8000", False),
        ("https://10.0.0.7", False),
        ("https://localhost", False),
        ("https://parley", False),
        ("https://parley.local", False),
        ("https://parley.internal.", False),
    ],
)
def test_an_address_is_known_outside_or_not(url: str, is_outside: bool) -> None:
    assert is_reachable(url) is is_outside


async def test_a_mailbox_is_asked_for_nothing_that_only_webhooks_need(desk: Desk) -> None:
    wanted = {"host": "127.0.0.1", "port": "1", "security": "none"}
    body = {"provider": "smtp_email", "name": "Ours", "address": "us@acme.test", "values": wanted}
    line = await desk.owner.does("POST", "/lines", body)

    steps = await desk.checks(line)

    assert [*steps] == ["address", "key", "heard", "sent", "second"]
    assert line["mail_address"] in steps["heard"]["advice"]
