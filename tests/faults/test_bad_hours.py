"""A provider that fails for an hour: what waits is told so, goes out once when it is well again, and the line's health
says both."""

import pytest

from hub.lines.outages import is_down
from tests.fakes.mailgun.running import running_mailgun
from tests.fakes.sendgrid import provider as sendgrids
from tests.fakes.sendgrid.running import running_sendgrid
from tests.fakes.sendgrid.signing import public_key
from tests.fakes.smtp import fake_smtp
from tests.faults.mails import Mails, by_mailgun, by_server, over
from tests.hub.sending.conftest import *  # noqa: F403 - its scene
from tests.hub.sending.scene import Scene

MINUTES = 60


async def an_hour_passes(mails: Mails) -> None:
    """Minute by minute."""
    for _ in range(MINUTES):
        await mails.scene.pass_time(minutes=1)


async def looks_down(mails: Mails) -> bool:
    """As everybody sees the line."""
    return is_down(await mails.stored_line())


@pytest.mark.parametrize("stage", ["CONNECT", "DATA"])
async def test_what_a_mail_server_does_not_take_for_an_hour_goes_out_after_it(scene: Scene, stage: str) -> None:
    async with fake_smtp() as server:
        mails = await by_server(scene, server.port)
        server.replies[stage] = "451 4.3.0 not now"
        said = [await mails.says(text) for text in ("One", "Two")]
        await an_hour_passes(mails)
        meanwhile, was_down = len(server.taken), await looks_down(mails)

        server.replies.clear()
        await scene.pass_time(minutes=16)
        await scene.pass_time(minutes=2)

        assert (meanwhile, was_down, await looks_down(mails)) == (0, True, False)
        assert [taken.part("plain").split("\n")[0] for taken in server.taken] == ["One", "Two"]
        assert [await mails.stands(one) for one in said] == [("sent", "")] * 2


async def test_what_a_provider_may_have_taken_is_asked_for_until_it_answers(scene: Scene) -> None:
    async with running_mailgun(now=scene.clock.now) as mailgun:
        mailgun.connect("sales@acme.test")
        mailgun.mood("down", times=None)
        mails = await by_mailgun(scene, mailgun.url)
        said = await mails.says()
        await an_hour_passes(mails)
        meanwhile, was_down = await mails.stands(said), await looks_down(mails)

        mailgun.moods.all.clear()
        await an_hour_passes(mails)

        assert (meanwhile, was_down, await looks_down(mails)) == (("unknown", ""), True, False)
        assert (len(mailgun.sent), await mails.stands(said)) == (1, ("sent", ""))


async def test_where_nobody_can_be_asked_it_is_a_person_who_decides(scene: Scene) -> None:
    async with running_sendgrid(now=scene.clock.now) as sendgrid:
        sendgrid.connect("sales@acme.test")
        sendgrid.mood("down", times=None)
        values = {"api_key": sendgrids.KEY, "public_key": public_key(sendgrids.SIGNER), "url": sendgrid.url}
        mails = await over(scene, "sendgrid_email", values)
        said = await mails.says()
        await an_hour_passes(mails)

        sendgrid.moods.all.clear()
        await an_hour_passes(mails)
        after, path = await mails.stands(said), f"/threads/{said.thread.id}/messages/{said.entry.id}/retry"
        await scene.comes_back()
        await scene.owner.does("POST", path, {})
        await scene.work()

        assert after == ("unknown", "outcome_unknown")
        assert (len(sendgrid.sent), await mails.stands(said)) == (1, ("sent", ""))
