"""A worker that is killed between a provider's yes and writing it down: nothing is sent twice, and nothing is lost."""

import asyncio
import sys
from datetime import UTC, datetime

import pytest

from hub.intake.jobs import KINDS as INTAKE
from hub.postbox.receiving import receive
from hub.settings import Settings
from tests.clock import VirtualClock
from tests.fakes.mailgun.running import running_mailgun
from tests.fakes.smtp import fake_smtp
from tests.faults.mails import LINE, Mails, by_mailgun, by_server
from tests.hub.sending.conftest import *  # noqa: F403 - its scene
from tests.hub.sending.scene import Scene
from tests.hub.sending.test_mail import bounce
from tests.processes import ROOT

BY_KILL = -9


@pytest.fixture
def clock() -> VirtualClock:
    """It begins now, as another process will have it."""
    return VirtualClock(datetime.now(UTC))


async def is_killed(settings: Settings) -> int:
    """A worker has begun to send; how it ended."""
    known = {
        "PARLEY_DATA": str(settings.data),
        "PARLEY_MONGODB_URL": settings.mongodb_url.reveal(),
        "PARLEY_MONGODB_DATABASE": settings.mongodb_database,
        "PARLEY_REDIS_URL": settings.redis_url.reveal(),
        "PARLEY_MASTER_KEY": settings.master_key.reveal(),
        "PARLEY_EGRESS_ALLOW": "127.0.0.0/8",
    }
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.faults.killed", cwd=ROOT, env=known)
    async with asyncio.timeout(60):
        return await process.wait()


async def hours_pass(mails: Mails) -> None:
    """Other workers look at what is due."""
    for _ in range(24):
        await mails.scene.pass_time(minutes=10)


async def test_of_a_mail_that_its_server_has_nobody_knows_until_something_comes_back(
    scene: Scene, settings: Settings
) -> None:
    async with fake_smtp() as server:
        mails = await by_server(scene, server.port)
        said = await mails.says(work=False)

        killed_by = await is_killed(settings)
        await hours_pass(mails)
        before = await mails.stands(said)
        await receive(scene.deps, {LINE: mails.line}, "", bounce(server.taken[0]))
        await scene.work(INTAKE)
        await scene.deps.background.settle()

    assert (killed_by, len(server.taken), before) == (BY_KILL, 1, ("unknown", "outcome_unknown"))
    assert await mails.stands(said) == ("failed", "unknown_address")


async def test_a_mail_that_its_provider_has_is_found_there(scene: Scene, settings: Settings) -> None:
    async with running_mailgun(now=scene.clock.now) as mailgun:
        mailgun.connect("sales@acme.test")
        mailgun.follows = ("accepted",)
        mails = await by_mailgun(scene, mailgun.url)
        said = await mails.says(work=False)

        killed_by = await is_killed(settings)
        await hours_pass(mails)

    assert (killed_by, len(mailgun.sent), await mails.stands(said)) == (BY_KILL, 1, ("sent", ""))
