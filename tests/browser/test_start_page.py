"""The start page, as an owner sees it first."""

import dataclasses
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from hub.settings import Secret, Settings
from tests.hubs import Hub, running_hub
from tests.own_redis import own_redis
from tests.serving import serving

pytestmark = pytest.mark.browser


async def test_it_shows_parley_alive_with_each_part(hub: Hub, page: Page) -> None:
    async with serving(hub) as url:
        await page.goto(url)

        await expect(page.get_by_test_id("state")).to_have_attribute("data-state", "degraded")
        await expect(page.get_by_test_id("part-database")).to_have_attribute("data-state", "ok")
        await expect(page.get_by_test_id("part-redis")).to_have_attribute("data-state", "ok")
        await expect(page.get_by_test_id("part-worker")).to_contain_text("python -m hub work")


async def test_it_leads_on_to_the_api(hub: Hub, page: Page) -> None:
    async with serving(hub) as url:
        await page.goto(url)

        await page.get_by_role("link", name="API").first.click()

        await expect(page.get_by_test_id("docs-state")).to_have_attribute("data-testid", "docs-state")
        await expect(page.locator("#revive_work")).to_be_visible()


async def test_it_notices_a_hub_that_goes_and_comes_back(hub: Hub, page: Page) -> None:
    async with serving(hub) as url:
        await page.goto(url)
        await expect(page.get_by_test_id("state")).to_have_attribute("data-state", "degraded")

        await page.route("**/ready", lambda route: route.abort())
        await expect(page.get_by_test_id("state")).to_have_attribute("data-state", "unreachable", timeout=10_000)
        await page.unroute("**/ready")

        await expect(page.get_by_test_id("state")).to_have_attribute("data-state", "degraded", timeout=10_000)


async def test_it_says_that_redis_is_away(settings: Settings, page: Page, tmp_path: Path) -> None:
    with own_redis(tmp_path) as nobody:
        settings = dataclasses.replace(settings, redis_url=Secret(nobody.url))
        async with running_hub(settings) as hub, serving(hub) as url:
            await page.goto(url)

            await expect(page.get_by_test_id("part-redis")).to_have_attribute("data-state", "degraded")


@pytest.mark.parametrize("width", [320, 390, 1280])
async def test_it_fits_every_screen(hub: Hub, page: Page, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 800})
    async with serving(hub) as url:
        await page.goto(url)
        await expect(page.get_by_test_id("part-worker")).to_be_visible()

        overflow = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")

        assert overflow <= 0


async def test_the_keyboard_reaches_every_link_and_button(hub: Hub, page: Page) -> None:
    async with serving(hub) as url:
        await page.goto(url)
        await expect(page.get_by_test_id("part-worker")).to_be_visible()
        wanted = await page.locator("a:visible, button:visible").count()

        for _ in range(wanted):
            await page.keyboard.press("Tab")
            await page.evaluate("document.activeElement.classList.add('reached')")

        assert await page.locator("a.reached, button.reached").count() == wanted
