"""Signing up, signing in, staying so, and signing out, in a real browser."""

import asyncio

import pytest
from playwright.async_api import Page, expect

from hub.logins import actions as logins
from tests.browser.entrance.doing import button, field, fill, is_in, sees, sign_in, wrong
from tests.clock import VirtualClock
from tests.hub.sessions.people import Member, invite, sign_up
from tests.hubs import Hub
from tests.people import PASSWORD

pytestmark = pytest.mark.browser


async def test_somebody_signs_up_and_is_in(hub: Hub, url: str, page: Page) -> None:
    await page.goto(f"{url}/sign-up")

    await fill(page, account_name="Borealis", name="Asha Rao", email="asha@example.test", password=PASSWORD)
    await button(page, "Make the account").click()

    await is_in(page)
    await expect(page.get_by_role("definition").nth(0)).to_have_text("Borealis")
    await expect(page.get_by_role("definition").nth(1)).to_have_text("Owner")
    assert await logins.find(hub.deps, "asha@example.test")
    assert page.url == f"{url}/sign-in"


async def test_a_weak_password_is_refused_before_it_is_sent(url: str, page: Page) -> None:
    await page.goto(f"{url}/sign-up")

    await fill(page, account_name="Borealis", name="Asha", email="asha@example.test", password="short")
    await button(page, "Make the account").click()

    await expect(wrong(page)).to_contain_text("10 letters or more")
    await expect(field(page, "Password")).to_be_focused()


async def test_what_the_hub_refuses_is_said_at_the_field_and_nothing_typed_is_lost(url: str, page: Page) -> None:
    await page.goto(f"{url}/sign-up")

    await fill(page, account_name="Borealis", name="Asha", email="asha@nowhere", password=PASSWORD)
    await button(page, "Make the account").click()

    await expect(wrong(page)).to_contain_text("not an e-mail address")
    await expect(field(page, "E-mail address")).to_be_focused()
    await expect(field(page, "Name of your business")).to_have_value("Borealis")
    await expect(field(page, "Password")).to_have_value(PASSWORD)


async def test_a_wrong_password_is_said_and_the_right_one_lets_in(asha: Member, url: str, page: Page) -> None:
    await sign_in(page, url, asha.email, "wrong horse battery")
    await expect(wrong(page)).to_have_text("Address and password do not belong together.")
    await expect(field(page, "Password")).to_be_focused()
    await expect(field(page, "E-mail address")).to_have_value(asha.email)

    await fill(page, password=PASSWORD)
    await expect(wrong(page)).to_have_count(0)
    await button(page, "Sign in").click()

    await is_in(page)


async def test_what_is_left_out_is_named_first_things_first(url: str, page: Page) -> None:
    await page.goto(f"{url}/sign-in")

    await button(page, "Sign in").click()
    await expect(wrong(page)).to_have_text("Write your e-mail address.")
    await fill(page, email="asha@example.test")
    await button(page, "Sign in").click()

    await expect(wrong(page)).to_have_text("Write your password.")


async def test_a_reload_stays_signed_in(asha: Member, url: str, page: Page) -> None:
    await sign_in(page, url, asha.email)
    await is_in(page)

    await page.reload()

    await is_in(page)


async def test_tabs_that_reload_at_once_all_stay_signed_in(asha: Member, url: str, page: Page) -> None:
    await sign_in(page, url, asha.email)
    await is_in(page)
    tabs = [page, *[await page.context.new_page() for _ in range(3)]]
    await asyncio.gather(*(tab.goto(f"{url}/sign-in") for tab in tabs))

    for _ in range(3):
        await asyncio.gather(*(tab.reload() for tab in tabs))

    await asyncio.gather(*(is_in(tab) for tab in tabs))


async def test_tabs_stay_signed_in_where_browsers_have_no_locks(asha: Member, url: str, page: Page) -> None:
    await page.context.add_init_script("delete Navigator.prototype.locks")
    await sign_in(page, url, asha.email)
    await is_in(page)
    other = await page.context.new_page()
    await other.goto(f"{url}/sign-in")

    for _ in range(3):
        await asyncio.gather(page.reload(), other.reload())
        await asyncio.gather(is_in(page), is_in(other))


async def test_a_page_that_is_reloaded_before_it_is_there_stays_signed_in(asha: Member, url: str, page: Page) -> None:
    await sign_in(page, url, asha.email)
    await is_in(page)

    for _ in range(5):
        async with page.expect_request("**/session/refresh"):
            await page.evaluate("location.reload()")

    await is_in(page)


async def test_an_old_token_is_renewed_unseen(asha: Member, url: str, page: Page, clock: VirtualClock) -> None:
    await sign_in(page, url, asha.email)
    await is_in(page)

    await clock.advance(minutes=11)
    await button(page, "Set it up").click()

    await sees(page, "Set up your app")


async def test_the_access_token_is_kept_where_no_other_page_finds_it(asha: Member, url: str, page: Page) -> None:
    await sign_in(page, url, asha.email)
    await is_in(page)

    kept = await page.evaluate("[{...localStorage}, {...sessionStorage}, document.cookie, history.state]")

    assert kept == [{"parley.signed-in": "yes"}, {}, "", None]


async def test_signing_out_counts_in_every_tab(asha: Member, url: str, page: Page) -> None:
    await sign_in(page, url, asha.email)
    await is_in(page)
    other = await page.context.new_page()
    await other.goto(f"{url}/sign-in")
    await is_in(other)

    await button(page, "Sign out").click()

    await sees(page, "Sign in")
    await expect(other.get_by_role("status")).to_have_text("You are signed out.")
    await other.reload()
    await sees(other, "Sign in")


async def test_a_session_that_was_ended_elsewhere_leads_to_the_front_door(asha: Member, url: str, page: Page) -> None:
    await sign_in(page, url, asha.email)
    await is_in(page)

    await asha.does("DELETE", "/me/sessions")
    await page.reload()

    await sees(page, "Sign in")


async def test_too_many_tries_count_down_and_then_it_goes_on(
    hub: Hub, asha: Member, url: str, page: Page, clock: VirtualClock
) -> None:
    await page.clock.install()
    stranger = Member(hub, asha.email)
    for _ in range(10):
        await stranger.signs_in("wrong horse battery")

    await sign_in(page, url, asha.email)
    await expect(page.get_by_role("alert")).to_contain_text("Too many tries")
    await expect(page.get_by_role("button", name="Wait 1:")).to_have_attribute("aria-disabled", "true")
    await clock.advance(minutes=2)
    await page.clock.fast_forward("02:00")

    await button(page, "Sign in").click()
    await is_in(page)


async def test_without_an_answer_what_was_typed_stays(asha: Member, url: str, page: Page) -> None:
    await page.goto(f"{url}/sign-in")
    await page.route("**/api/v1/session", lambda route: route.abort())

    await fill(page, email=asha.email, password=PASSWORD)
    await button(page, "Sign in").click()
    await expect(page.get_by_role("alert")).to_contain_text("Parley does not answer.")
    await page.unroute("**/api/v1/session")
    await button(page, "Sign in").click()

    await is_in(page)


async def test_a_reload_without_an_answer_signs_nobody_out(asha: Member, url: str, page: Page) -> None:
    await sign_in(page, url, asha.email)
    await is_in(page)
    await page.route("**/session/refresh", lambda route: route.abort())

    await page.reload()
    await sees(page, "That did not work")
    await expect(page.get_by_role("alert")).to_contain_text("Check your connection")
    await page.unroute("**/session/refresh")
    await button(page, "Try again").click()

    await is_in(page)


async def test_another_account_is_one_press_away(hub: Hub, asha: Member, url: str, page: Page) -> None:
    other = await sign_up(hub, "owner@beta.test", name="Beta")
    await asha.does("POST", "/me/invitation", {"token": await invite(other, asha.email, role="viewer")})
    await sign_in(page, url, asha.email)

    await page.get_by_role("button", name="Beta Viewer").click()
    await expect(page.get_by_role("definition").nth(0)).to_have_text("Beta")
    await page.reload()

    await expect(page.get_by_role("definition").nth(0)).to_have_text("Beta")
    await expect(page.get_by_role("definition").nth(1)).to_have_text("Viewer")


async def test_the_start_page_leads_to_the_right_door(url: str, page: Page) -> None:
    await page.goto(url)
    await page.get_by_role("link", name="Sign up").click()
    await fill(page, account_name="Acme", name="Asha", email="asha@example.test", password=PASSWORD)
    await page.keyboard.press("Enter")
    await is_in(page)

    await page.goto(url)
    await page.get_by_role("link", name="Sign in").click()

    await is_in(page)
