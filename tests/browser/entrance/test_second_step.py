"""A second step when signing in: setting it up, taking it, and being asked for it by the account."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.entrance.doing import button, field, fill, is_in, sees, sign_in, wrong
from tests.clock import VirtualClock
from tests.hub.sessions.apps import App, set_up_app
from tests.hub.sessions.people import Member

pytestmark = pytest.mark.browser


async def app_on(page: Page, clock: VirtualClock) -> App:
    """An app that somebody has typed the secret into."""
    return App((await page.locator(".secret code").inner_text()).replace(" ", ""), clock)


async def shown_codes(page: Page) -> list[str]:
    """The recovery codes, as they stand on the page."""
    return await page.get_by_test_id("recovery-codes").locator("code").all_inner_texts()


async def test_an_app_is_set_up_and_its_codes_are_asked_for(
    asha: Member, url: str, page: Page, clock: VirtualClock
) -> None:
    await sign_in(page, url, asha.email)
    await button(page, "Set it up").click()
    app = await app_on(page, clock)
    await fill(page, code=app.code())
    await sees(page, "Keep these codes")
    assert len(set(await shown_codes(page))) == 10
    await button(page, "I have kept them").click()
    await expect(page.get_by_role("definition").nth(3)).to_have_text("An app, and 10 recovery codes")
    await button(page, "Sign out").click()

    await sign_in(page, url, asha.email)
    await sees(page, "One more step")
    await expect(field(page, "Code")).to_be_focused()
    await fill(page, code=app.code(1))

    await is_in(page)


async def test_the_qr_code_is_drawn_and_the_link_says_the_same(asha: Member, url: str, page: Page) -> None:
    await sign_in(page, url, asha.email)
    await button(page, "Set it up").click()

    drawn = page.get_by_role("img", name="QR code for your app").locator("path")
    link = page.get_by_role("link", name="Open it here.")

    await expect(drawn).to_have_attribute("d", re.compile(r"^(M\d+ \d+h1v1h-1z){300,}$"))
    secret = (await page.locator(".secret code").inner_text()).replace(" ", "")
    assert f"secret={secret}" in str(await link.get_attribute("href"))


async def test_a_wrong_code_can_be_put_right(asha: Member, url: str, page: Page) -> None:
    app = await set_up_app(asha)
    await sign_in(page, url, asha.email)

    await fill(page, code=app.wrong())
    await expect(wrong(page)).to_have_text("This code is wrong, or was used before.")
    await expect(field(page, "Code")).to_be_focused()
    await fill(page, code=app.code(1))

    await is_in(page)


async def test_a_code_is_taken_as_it_was_pasted(asha: Member, url: str, page: Page) -> None:
    app = await set_up_app(asha)
    await sign_in(page, url, asha.email)
    await sees(page, "One more step")
    code = app.code(1)

    await field(page, "Code").fill(f"{code[:3]}-{code[3:]} ")

    await is_in(page)


async def test_a_recovery_code_lets_in_when_the_app_is_lost(asha: Member, url: str, page: Page) -> None:
    app = await set_up_app(asha)
    await sign_in(page, url, asha.email)

    await button(page, "Use a recovery code").click()
    await fill(page, code=app.recovery[0].upper().replace("-", " "))
    await button(page, "Sign in").click()

    await is_in(page)
    await expect(page.get_by_role("definition").nth(3)).to_have_text("An app, and 9 recovery codes")


async def test_whoever_takes_too_long_begins_again_with_the_address_still_there(
    asha: Member, url: str, page: Page, clock: VirtualClock
) -> None:
    app = await set_up_app(asha)
    await sign_in(page, url, asha.email)
    await sees(page, "One more step")

    await clock.advance(minutes=11)
    await fill(page, code=app.code())

    await expect(page.get_by_role("alert")).to_have_text("That took too long. Sign in once more.")
    await expect(field(page, "E-mail address")).to_have_value(asha.email)


async def test_an_account_that_asks_for_it_leads_through_it(
    asha: Member, url: str, page: Page, clock: VirtualClock
) -> None:
    await asha.does("PUT", "/account/sign-in-rules", {"requires_second_factor": True})
    await sign_in(page, url, asha.email)
    await sees(page, "One thing before you go in")

    await button(page, "Set up the app").click()
    await fill(page, code=(await app_on(page, clock)).code())
    await button(page, "I have kept them").click()

    await is_in(page)


async def test_codes_can_be_copied_and_kept_as_a_file(asha: Member, url: str, page: Page, clock: VirtualClock) -> None:
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await sign_in(page, url, asha.email)
    await button(page, "Set it up").click()
    await fill(page, code=(await app_on(page, clock)).code())
    await sees(page, "Keep these codes")
    codes = await shown_codes(page)

    await page.get_by_role("button", name="Copy the codes").click()
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Download").click()

    kept = (await (await download.value).path()).read_text()
    assert kept.splitlines()[3:] == codes
    assert asha.email in kept
    assert (await page.evaluate("navigator.clipboard.readText()")).splitlines() == kept.splitlines()
