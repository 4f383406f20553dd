"""Lines are looked after: whoever can do something about what is wrong hears of it before it hurts."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from hub.connecting.minding import KINDS
from hub.mail.jobs import KINDS as MAILING
from hub.settings import Settings
from tests.clock import VirtualClock
from tests.fakes.sandbox.running import running_sandbox
from tests.fakes.smtp import FakeSmtp, fake_smtp
from tests.hub.connecting.desk import Desk
from tests.hub.lines.connected import SECRET
from tests.hub.mail.opened import by_server
from tests.hub.sending.scene import work_off
from tests.hubs import running_hub
from tests.people import found, join, sign_in


@pytest.fixture
async def post_office() -> AsyncIterator[FakeSmtp]:
    """Where letters go."""
    async with fake_smtp() as server:
        yield server


@pytest.fixture
async def desk(reaching: Settings, clock: VirtualClock, post_office: FakeSmtp) -> AsyncIterator[Desk]:
    """The owner, and a colleague who may only answer."""
    settings = replace(reaching, public_url="https://parley.example.com")
    mailing = replace(settings, **by_server(post_office.port))
    async with (
        running_hub(settings, clock=clock) as hub,
        running_hub(mailing, clock=clock) as mailing_hub,
        running_sandbox(now=clock.now) as sandbox,
    ):
        owner = await found(hub, "acme")
        await join(owner, "rep@acme.test")
        yield Desk(mailing_hub, replace(owner, hub=mailing_hub), sandbox)


async def pass_time(desk: Desk, clock: VirtualClock, **by: float) -> None:
    """What is due by then is done, and letters go out."""
    await clock.advance(**by)
    for kinds in (KINDS, MAILING):
        await work_off(desk.hub.deps, kinds)


async def wrong(desk: Desk, line: Any) -> list[str]:
    """What the line is shown to lack."""
    owner = await sign_in(desk.hub, desk.owner.email)
    return [one["about"] for one in (await owner.does("GET", f"/lines/{line['id']}"))["wrong"]]


async def looks_again_in(desk: Desk, line: Any) -> timedelta:
    """After so long somebody looks how it stands."""
    minded = (await desk.stored(line)).minded
    assert minded and minded.due_at
    return minded.due_at - desk.hub.deps.clock.now()


def told(post_office: FakeSmtp) -> list[str]:
    """Who got a letter."""
    return [one for letter in post_office.taken for one in letter.recipients]


async def test_of_a_line_that_is_well_nobody_hears(desk: Desk, clock: VirtualClock, post_office: FakeSmtp) -> None:
    line = await desk.connect()
    await desk.points(line)

    await pass_time(desk, clock, hours=30)

    assert (await wrong(desk, line), told(post_office)) == ([], [])


async def test_where_another_line_is_removed_they_are_looked_at_at_once(desk: Desk, clock: VirtualClock) -> None:
    first, line = await desk.connect(), await desk.connect(key="another key")

    await desk.owner.does("DELETE", f"/lines/{first['id']}")
    await pass_time(desk, clock, seconds=1)

    assert await wrong(desk, line) == ["key"]


async def test_what_is_wrong_is_shown_and_told_to_those_who_manage_lines(
    desk: Desk, clock: VirtualClock, post_office: FakeSmtp
) -> None:
    line = await desk.connect(key="another key")

    await pass_time(desk, clock, hours=7)

    assert await wrong(desk, line) == ["key"]
    assert told(post_office) == ["owner@acme.test"]
    assert "needs you" in str(post_office.taken[0].message["Subject"])


async def test_what_stays_wrong_is_told_once_a_week(desk: Desk, clock: VirtualClock, post_office: FakeSmtp) -> None:
    await desk.connect(key="another key")
    await pass_time(desk, clock, hours=7)

    came = []
    for _ in range(7):
        await pass_time(desk, clock, days=1)
        came.append(len(post_office.taken))

    assert came == [1, 1, 1, 1, 1, 1, 2]


async def test_what_was_mended_is_wrong_no_more(desk: Desk, clock: VirtualClock, post_office: FakeSmtp) -> None:
    line = await desk.connect(key="another key")
    await desk.points(line)
    await pass_time(desk, clock, hours=7)
    owner = await sign_in(desk.hub, desk.owner.email)
    await owner.does("PATCH", f"/lines/{line['id']}", {"values": {"key": desk.sandbox.key}})
    await replace(desk, owner=owner).points(line)

    await pass_time(desk, clock, days=1)

    assert await wrong(desk, line) == []


async def test_a_provider_that_is_away_is_no_fault_of_the_line(
    desk: Desk, clock: VirtualClock, post_office: FakeSmtp
) -> None:
    line = await desk.connect()
    await desk.points(line)

    async with desk.sandbox.gone():
        await pass_time(desk, clock, hours=7)

    assert (await wrong(desk, line), told(post_office)) == ([], [])


@pytest.mark.parametrize("mood", [{"does": "down"}, {"does": "refuse", "code": "rate_limited"}], ids=["down", "busy"])
async def test_an_answer_that_says_nothing_of_the_line_takes_back_nothing(
    desk: Desk, clock: VirtualClock, post_office: FakeSmtp, mood: Any
) -> None:
    line = await desk.connect()
    await pass_time(desk, clock, hours=7)
    desk.sandbox.mood(line="lines", **mood)

    await pass_time(desk, clock, days=1)

    assert (await wrong(desk, line), len(post_office.taken)) == (["webhook"], 1)
    assert await looks_again_in(desk, line) == timedelta(hours=1)


async def test_a_provider_that_is_away_for_hours_is_told(
    desk: Desk, clock: VirtualClock, post_office: FakeSmtp
) -> None:
    line = await desk.connect()
    await desk.points(line)
    came = []

    async with desk.sandbox.gone():
        for hours in (7, 1, 1, 1):
            await pass_time(desk, clock, hours=hours)
            came.append((await wrong(desk, line), len(post_office.taken)))
    await pass_time(desk, clock, hours=1)

    assert came == [([], 0), ([], 0), ([], 0), (["provider"], 1)]
    assert await wrong(desk, line) == []


async def test_an_address_where_no_provider_can_be_is_told_at_once(
    desk: Desk, clock: VirtualClock, post_office: FakeSmtp
) -> None:
    line = await desk.connect(url="http://169.254.169.254")

    await pass_time(desk, clock, hours=7)

    assert (await wrong(desk, line), told(post_office)) == (["address"], ["owner@acme.test"])


async def test_what_was_mended_at_the_provider_is_wrong_no_more_once_parley_has_set_it(
    desk: Desk, clock: VirtualClock
) -> None:
    line = await desk.connect()
    await pass_time(desk, clock, hours=7)
    before = await wrong(desk, line)

    await replace(desk, owner=await sign_in(desk.hub, desk.owner.email)).points(line)
    await pass_time(desk, clock, minutes=1)

    assert (before, await wrong(desk, line)) == (["webhook"], [])


async def test_whoever_checks_what_was_wrong_has_it_looked_at_anew(desk: Desk, clock: VirtualClock) -> None:
    line = await desk.connect()
    await pass_time(desk, clock, hours=7)
    desk.sandbox.connect(line["address"], webhook=line["webhook_url"], secret=SECRET, client=desk.hub.client)

    owner = await sign_in(desk.hub, desk.owner.email)
    await replace(desk, owner=owner).checks(line)
    await pass_time(desk, clock, minutes=1)

    assert await wrong(desk, line) == []


async def test_a_check_of_a_new_line_sends_no_letter(desk: Desk, clock: VirtualClock, post_office: FakeSmtp) -> None:
    line = await desk.connect(key="another key")

    await desk.checks(line)
    await pass_time(desk, clock, minutes=5)

    assert (await wrong(desk, line), told(post_office)) == ([], [])


async def test_webhooks_that_are_refused_are_told(desk: Desk, clock: VirtualClock, post_office: FakeSmtp) -> None:
    line = await desk.connect()
    await desk.points(line)
    desk.sandbox.connect(line["address"], webhook=line["webhook_url"], secret="another", client=desk.hub.client)
    await desk.sandbox.say("+4915112345678", line["address"], "Hello")
    await desk.stored(line)

    await pass_time(desk, clock, hours=7)

    assert (await wrong(desk, line), told(post_office)) == (["signatures"], ["owner@acme.test"])


async def test_what_is_known_is_told_while_the_provider_is_away(
    desk: Desk, clock: VirtualClock, post_office: FakeSmtp
) -> None:
    line = await desk.connect(key="another key")
    await pass_time(desk, clock, hours=7)
    desk.sandbox.connect(line["address"], webhook=line["webhook_url"], secret="another", client=desk.hub.client)
    await desk.sandbox.say("+4915112345678", line["address"], "Hello")
    await desk.stored(line)

    async with desk.sandbox.gone():
        await pass_time(desk, clock, days=1)

    assert await wrong(desk, line) == ["key", "signatures"]
