"""A server whose certificate changes while the hub runs: nothing is said to who cannot prove who they are, people see
why, and what has waited goes out once all is well."""

import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hub.egress import Egress
from tests.channels.way_out import LOOPBACK
from tests.fakes.certificates import self_signed, serving, trusting
from tests.fakes.mailgun.running import RunningMailgun, running_mailgun
from tests.fakes.resolver import ScriptedResolver
from tests.fakes.smtp import FakeSmtp, fake_smtp
from tests.faults.mails import HOST, Mails, by_mailgun, by_server, goes_out_by
from tests.hub.sending.conftest import *  # noqa: F403 - its scene
from tests.hub.sending.scene import Scene

BAD = ["over", "untrusted", "of another name"]
USER, PASSWORD = "sales", "correct-horse"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """What the server shows at first."""
    return self_signed(HOST, tmp_path)


@pytest.fixture(params=BAD)
async def bad(tmp_path: Path, good: Path, request: pytest.FixtureRequest, scene: Scene) -> AsyncIterator[Path]:
    """What it shows then; whose time is over, and whose name is another, would be trusted otherwise."""
    (elsewhere := tmp_path / "elsewhere").mkdir()
    over, other = self_signed(HOST, tmp_path, is_over=True), self_signed("other.test", tmp_path)
    tls = trusting(good, over, other)
    async with Egress.open(allow=[LOOPBACK], resolver=ScriptedResolver(["127.0.0.1"]), tls=tls) as egress:
        goes_out_by(scene, egress)
        yield dict(zip(BAD, (over, self_signed(HOST, elsewhere), other), strict=True))[request.param]


@pytest.fixture
def tls(good: Path) -> ssl.SSLContext:
    """What the server has; it can be given another certificate."""
    return serving(good)


@pytest.fixture
async def server(tls: ssl.SSLContext) -> AsyncIterator[FakeSmtp]:
    """A mail server."""
    async with fake_smtp(logins={USER: PASSWORD}, starttls=tls) as server:
        yield server


@pytest.fixture
async def mailgun(scene: Scene, tls: ssl.SSLContext) -> AsyncIterator[RunningMailgun]:
    """A provider with an API."""
    async with running_mailgun(now=scene.clock.now) as mailgun:
        mailgun.connect("sales@acme.test")
        await shows(mailgun, tls)
        yield mailgun


async def shows(mailgun: RunningMailgun, tls: ssl.SSLContext) -> None:
    """From the next connection on."""
    async with mailgun.gone():
        mailgun.tls = tls


async def fares(mails: Mails) -> str:
    """What the line's health says last, and is no older than what went out."""
    health = await mails.health()
    return health.failed.code if health.failed and (not health.sent_at or health.sent_at < health.failed.at) else ""


async def test_a_mail_server_that_proves_itself_no_more_gets_nothing_until_it_does(
    scene: Scene, server: FakeSmtp, tls: ssl.SSLContext, good: Path, bad: Path
) -> None:
    mails = await by_server(scene, server.port, host=HOST, security="starttls", user=USER, password=PASSWORD)
    await mails.says("Before")
    server.passwords.clear()

    tls.load_cert_chain(bad)
    said = await mails.says("Meanwhile")
    await scene.pass_time(minutes=20)
    meanwhile = len(server.taken), len(server.passwords), (await mails.stands(said))[0], await fares(mails)
    tls.load_cert_chain(good)
    await scene.pass_time(minutes=20)

    assert meanwhile == (1, 0, "sending", "untrusted_certificate")
    assert (len(server.taken), await mails.stands(said), await fares(mails)) == (2, ("sent", ""), "")


async def test_a_provider_that_proves_itself_no_more_gets_nothing_until_it_does(
    scene: Scene, mailgun: RunningMailgun, good: Path, bad: Path
) -> None:
    mails = await by_mailgun(scene, f"https://{HOST}:{mailgun.port}")
    await mails.says("Before")

    await shows(mailgun, serving(bad))
    said = await mails.says("Meanwhile")
    await scene.pass_time(minutes=20)
    meanwhile = len(mailgun.sent), (await mails.stands(said))[0], await fares(mails)
    await shows(mailgun, serving(good))
    await scene.pass_time(minutes=20)

    assert meanwhile == (1, "sending", "untrusted_provider")
    assert (len(mailgun.sent), await mails.stands(said), await fares(mails)) == (2, ("sent", ""), "")


@pytest.mark.parametrize("bad", BAD[:1], indirect=True)
async def test_what_waits_too_long_for_it_has_failed_and_says_why(
    scene: Scene, mailgun: RunningMailgun, bad: Path
) -> None:
    mails = await by_mailgun(scene, f"https://{HOST}:{mailgun.port}")
    await shows(mailgun, serving(bad))

    said = await mails.says()
    for _ in range(12):
        await scene.pass_time(minutes=15)

    assert (mailgun.sent, await mails.stands(said)) == ([], ("failed", "untrusted_provider"))
