"""Accounts that let their members in by the provider only."""

import pytest

from tests.clock import VirtualClock
from tests.fakes.dns import NameServer
from tests.fakes.oidc.forger import Forger
from tests.hub.sessions.people import Member, join, sign_in, sign_up
from tests.hub.sso.businesses import arrives, forges, prove, set_up_forger
from tests.hubs import Hub
from tests.people import code_of

GITA = "gita@acme.test"


@pytest.fixture
async def gita(founder: Member, names: NameServer, forger: Forger, clock: VirtualClock) -> Member:
    """A member by password of an account that asks for more."""
    gita = await join(founder, GITA)
    await prove(founder, names)
    await set_up_forger(founder, forger, mode="required")
    await clock.advance(seconds=3)
    return gita


async def test_member_by_password_may_do_nothing_but_for_oneself(timed: Hub, gita: Member) -> None:
    again = await sign_in(timed, GITA)

    for browser in (gita, again):
        assert code_of(await browser.asks("GET", "/account")) == (403, "sso_required")
        assert (await browser.does("GET", "/me"))["permissions"] == {"me": "all"}


async def test_member_by_the_provider_may_do_everything(
    timed: Hub, gita: Member, forger: Forger, clock: VirtualClock
) -> None:
    browser = Member(timed, GITA)

    await arrives(browser, await forges(browser, forger, clock.now()))

    assert browser.id == gita.id
    assert await browser.does("GET", "/account")


async def test_owner_by_password_may_do_everything(timed: Hub, founder: Member, gita: Member) -> None:
    again = await sign_in(timed, founder.email)

    assert await again.does("GET", "/account/sso")


async def test_password_is_enough_for_other_accounts(timed: Hub, gita: Member) -> None:
    other = await sign_up(timed, "owner@elsewhere.test", name="Elsewhere")
    at_other = await join(other, GITA)

    assert at_other.account == other.account
    assert await at_other.does("GET", "/account")


async def test_keys_go_on(timed: Hub, founder: Member, gita: Member) -> None:
    made = await founder.does("POST", "/keys", {"name": "Script", "grants": [{"permission": "account.view"}]})

    answer = await timed.client.get("/api/v1/account", headers={"authorization": f"Bearer {made['secret']}"})

    assert answer.status_code == 200


@pytest.mark.parametrize("mode", ["offered", "off"])
async def test_account_that_asks_for_it_no_more_lets_passwords_in(
    mode: str, founder: Member, gita: Member, forger: Forger, clock: VirtualClock
) -> None:
    await set_up_forger(founder, forger, mode=mode)

    await clock.advance(seconds=3)

    assert await gita.does("GET", "/account")


async def test_account_whose_provider_was_removed_lets_passwords_in(
    founder: Member, gita: Member, clock: VirtualClock
) -> None:
    await founder.does("DELETE", "/account/sso")

    await clock.advance(seconds=3)

    assert await gita.does("GET", "/account")


async def test_whoever_shows_both_needs_no_second_factor_of_ours(
    timed: Hub, founder: Member, gita: Member, forger: Forger, clock: VirtualClock
) -> None:
    await founder.does("PUT", "/account/sign-in-rules", {"requires_second_factor": True})
    browser = Member(timed, GITA)

    await arrives(browser, await forges(browser, forger, clock.now()))

    assert await browser.does("GET", "/account")
