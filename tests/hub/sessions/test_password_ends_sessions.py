"""A password that changes ends every session of the one before, by that one write."""

from hub.logins import actions as logins
from hub.logins.models import Login
from hub.sessions import repository
from tests.clock import VirtualClock
from tests.hub.sessions.people import EMAIL, Member, shows, sign_in
from tests.hubs import Hub
from tests.people import PASSWORD, code_of

NEW = "staple paper clip"
OUT = (401, "signed_out")


async def login_of(hub: Hub) -> Login:
    """Asha's, as it is now."""
    login = await logins.find(hub.deps, EMAIL)
    assert login
    return login


async def test_the_access_token_is_good_no_more(hub: Hub, other: Hub, asha: Member, clock: VirtualClock) -> None:
    assert await asha.is_in()

    await logins.set_password(hub.deps, await login_of(hub), NEW)
    await clock.advance(seconds=5)

    assert not await asha.is_in()
    asha.move(other)
    assert not await asha.is_in()


async def test_the_cookie_is_good_no_more(hub: Hub, asha: Member) -> None:
    await logins.set_password(hub.deps, await login_of(hub), NEW)

    assert code_of(await shows(hub, asha.cookie)) == OUT


async def test_starting_over_ends_them_too(hub: Hub, asha: Member, clock: VirtualClock) -> None:
    await logins.start_over(hub.deps, await login_of(hub), NEW)
    await clock.advance(seconds=5)

    assert not await asha.is_in()
    assert code_of(await shows(hub, asha.cookie)) == OUT


async def test_a_session_that_the_tidying_up_has_missed_is_out_all_the_same(hub: Hub, asha: Member) -> None:
    phone = await sign_in(hub)
    missed = await repository.find(hub.deps.mongo, phone.session, hub.deps.clock.now())
    assert missed

    await asha.does("POST", "/me/password", {"current": PASSWORD, "new": NEW})
    await repository.add(hub.deps.mongo, missed)

    assert code_of(await shows(hub, phone.cookie)) == OUT


async def test_whoever_has_changed_it_stays(hub: Hub, other: Hub, asha: Member, clock: VirtualClock) -> None:
    await asha.does("POST", "/me/password", {"current": PASSWORD, "new": NEW})

    assert await asha.is_in()
    await clock.advance(seconds=5)
    asha.move(other)
    assert await asha.is_in()
    assert (await asha.refreshes()).is_success


async def test_whatever_else_changes_about_the_login_ends_nothing(hub: Hub, asha: Member, clock: VirtualClock) -> None:
    await logins.drop_second_factor(hub.deps, await login_of(hub))
    await clock.advance(seconds=5)

    assert await asha.is_in()
    assert (await asha.refreshes()).is_success


async def test_whoever_signs_in_with_the_new_one_is_in(hub: Hub, asha: Member) -> None:
    await logins.set_password(hub.deps, await login_of(hub), NEW)

    again = await sign_in(hub, password=NEW)

    assert await again.is_in()
    assert (await again.refreshes()).is_success
