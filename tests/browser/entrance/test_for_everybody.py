"""The entrance for eyes, keyboards, screen readers and small screens."""

import pytest
from playwright.async_api import Page

from tests.browser.entrance.doing import button, fill, sees, wrong
from tests.browser.entrance.seeing import nameless, overflow, poor_contrast
from tests.browser.entrance.views import VIEWS, Way
from tests.hub.sessions.people import Member

pytestmark = pytest.mark.browser

every_view = pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
SHIFTS = """
() => new Promise((told) => new PerformanceObserver((list) => told(
    list.getEntries().filter((one) => !one.hadRecentInput).reduce((sum, one) => sum + one.value, 0)
)).observe({type: "layout-shift", buffered: true}) ?? setTimeout(() => told(0), 200))
"""


@every_view
async def test_everything_can_be_read_in_the_light_and_in_the_dark(
    asha: Member, url: str, page: Page, view: Way
) -> None:
    await view(page, url, asha)

    assert await poor_contrast(page, "light") == []
    assert await poor_contrast(page, "dark") == []


@every_view
async def test_everything_has_a_name_and_fits_the_smallest_screen(
    asha: Member, url: str, page: Page, view: Way
) -> None:
    await page.set_viewport_size({"width": 320, "height": 640})

    await view(page, url, asha)

    assert await nameless(page) == []
    assert await page.get_by_role("heading", level=1).count() == 1
    assert " · Parley" in await page.title()
    assert await overflow(page) <= 0


async def test_what_measures_contrast_is_not_blind(asha: Member, url: str, page: Page) -> None:
    await VIEWS["front_door"](page, url, asha)

    await page.evaluate("document.querySelectorAll('label').forEach(label => (label.style.color = '#cccccc'))")

    assert any("Password" in one for one in await poor_contrast(page, "light"))


async def test_the_keyboard_goes_through_the_form_before_it_goes_elsewhere(url: str, page: Page) -> None:
    await page.goto(f"{url}/sign-in")
    await sees(page, "Sign in")

    passed = []
    for _ in range(7):
        passed.append(await page.evaluate("document.activeElement.name || document.activeElement.textContent"))
        await page.keyboard.press("Tab")

    assert passed == [
        "email",
        "password",
        "Show password",
        "Forgot your password?",
        "Sign in",
        "Sign in with a passkey",
        "Continue with single sign-on",
    ]


async def test_nothing_moves_while_the_page_comes_or_says_what_is_wrong(asha: Member, url: str, page: Page) -> None:
    await page.goto(f"{url}/sign-in")
    await sees(page, "Sign in")
    before = await button(page, "Sign in").bounding_box()

    await fill(page, email=asha.email, password="wrong horse battery")
    await page.keyboard.press("Enter")
    await wrong(page).wait_for()

    assert await button(page, "Sign in").bounding_box() == before
    assert await page.evaluate(SHIFTS) == 0


async def test_a_password_is_shown_to_whoever_wants_to_look_at_it(url: str, page: Page) -> None:
    await page.goto(f"{url}/sign-in")
    await fill(page, password="correct horse")

    await button(page, "Show password").click()
    shown = await page.locator("[name='password']").get_attribute("type")
    await button(page, "Hide password").click()

    assert (shown, await page.locator("[name='password']").get_attribute("type")) == ("text", "password")


async def test_going_back_and_forth_between_the_doors_keeps_what_was_typed(url: str, page: Page) -> None:
    await page.goto(f"{url}/sign-in")
    await fill(page, email="asha@example.test")

    await page.get_by_role("link", name="Make an account").click()
    await sees(page, "Make an account")
    await page.go_back()
    await sees(page, "Sign in")

    assert await page.locator("[name='email']").input_value() == "asha@example.test"


async def test_the_pages_keep_to_their_policy(asha: Member, url: str, page: Page) -> None:
    await page.add_init_script(
        "addEventListener('securitypolicyviolation', e => (window.broken ??= []).push(e.blockedURI))"
    )

    await VIEWS["recovery_codes"](page, url, asha)

    assert await page.evaluate("window.broken ?? []") == []


async def test_a_touched_screen_is_not_covered_by_a_keyboard_at_once(url: str, page: Page) -> None:
    devices = await page.context.new_cdp_session(page)
    await devices.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    await devices.send("Emulation.setEmulatedMedia", {"features": [{"name": "pointer", "value": "coarse"}]})

    await page.goto(f"{url}/sign-in")
    await sees(page, "Sign in")

    assert await page.evaluate("document.activeElement.tagName") == "H1"
