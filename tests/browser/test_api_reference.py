"""The API reference, for eyes, keyboards and small screens."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.entrance.doing import button
from tests.browser.entrance.seeing import overflow, poor_contrast
from tests.hubs import Hub
from tests.serving import serving

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [390, 1280])
async def test_it_can_be_read_and_fits(hub: Hub, page: Page, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 844})
    async with serving(hub) as url:
        await page.goto(f"{url}/api/docs")
        await expect(page.locator("#revive_work")).to_be_visible()

        assert await poor_contrast(page, "light") == []
        assert await poor_contrast(page, "dark") == []
        assert await overflow(page) <= 0


async def test_on_a_phone_the_contents_are_behind_a_button_beside_the_filter(hub: Hub, page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    async with serving(hub) as url:
        await page.goto(f"{url}/api/docs")
        filter_box = await page.get_by_role("searchbox").bounding_box()
        await button(page, "Contents").click()

        await expect(page.get_by_role("navigation", name="Contents")).to_be_visible()
        assert filter_box
        assert filter_box["width"] > 200
