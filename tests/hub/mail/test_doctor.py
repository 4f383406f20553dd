"""What the doctor says of mail."""

from hub.doctor import outside
from hub.doctor.checks import guarded
from hub.doctor.models import State
from hub.settings import Settings
from hub.store.embedded import free_port
from tests.fakes.smtp import fake_smtp
from tests.hub.mail.opened import by_server, opened


async def test_mail_that_is_not_set_up_is_worth_a_note(settings: Settings) -> None:
    async with opened(settings) as deps:
        found = await guarded(outside.mail, deps)

    assert (found.name, found.state) == ("mail", State.NOTE)
    assert "PARLEY_MAIL_URL=" in found.mend


async def test_server_that_lets_us_in_is_well_and_gets_nothing(settings: Settings) -> None:
    async with (
        fake_smtp(logins={"parley": "right"}) as server,
        opened(settings, **by_server(server.port, "parley:right@")) as deps,
    ):
        found = await guarded(outside.mail, deps)

        assert (found.name, found.state) == ("mail", State.OK)
        assert (server.passwords, server.taken) == (["right"], [])


async def test_wrong_password_fails(settings: Settings) -> None:
    async with (
        fake_smtp(logins={"parley": "right"}) as server,
        opened(settings, **by_server(server.port, "parley:wrong@")) as deps,
    ):
        found = await guarded(outside.mail, deps)

        assert (found.name, found.state) == ("mail", State.FAIL)
        assert "user and password of PARLEY_MAIL_URL" in found.detail


async def test_server_that_is_not_there_fails(settings: Settings) -> None:
    async with opened(settings, **by_server(free_port())) as deps:
        found = await guarded(outside.mail, deps)

    assert (found.name, found.state) == ("mail", State.FAIL)
    assert "cannot be reached" in found.detail
