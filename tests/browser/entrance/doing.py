"""What people do at the entrance, by what they see there."""

from playwright.async_api import Locator, Page, expect

from tests.people import PASSWORD


def field(page: Page, name: str) -> Locator:
    """What is filled in."""
    return page.get_by_role("textbox", name=name, exact=True)


def button(page: Page, name: str) -> Locator:
    """What is pressed."""
    return page.get_by_role("button", name=name, exact=True)


def wrong(page: Page) -> Locator:
    """What is said at the field that has to be put right."""
    return page.locator(".field-note[data-is-wrong='true']")


async def fill(page: Page, **fields: str) -> None:
    """Fill fields in, by the names that password managers see too."""
    for name, value in fields.items():
        await page.locator(f"[name='{name}']").fill(value)


async def sign_in(page: Page, url: str, email: str, password: str = PASSWORD) -> None:
    """At the front door, by the keyboard."""
    await page.goto(f"{url}/sign-in")
    await fill(page, email=email, password=password)
    await page.keyboard.press("Enter")


async def sees(page: Page, title: str) -> None:
    """The page has come to this step."""
    await expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()


async def is_in(page: Page) -> None:
    """Whoever is at the browser is signed in."""
    await sees(page, "You are in")
