"""The page behind the link in a mail, for eyes, keyboards and small screens."""

import asyncio

import pytest
from msgspec.structs import replace
from playwright.async_api import Page, Route

from channels.base import Address, IdentityKind, Medium
from hub.consent.models import Reason
from hub.consent.suppression import suppress
from hub.people.changing import change
from hub.people.getting import get_person
from hub.people.models import ConsentState
from hub.unsubscribing.links import GOOD_FOR
from tests.browser.entrance.doing import button, sees
from tests.browser.entrance.seeing import nameless, overflow, poor_contrast
from tests.hub.letterheads.conftest import ASHA
from tests.hub.sending.scene import Scene

pytestmark = pytest.mark.browser

ASKED, ENDED = "No more mails from acme?", "You are written to no more"


async def consent(mailing: Scene) -> ConsentState:
    """Whether they want to be mailed."""
    return (await get_person(mailing.deps, mailing.account, mailing.someone.id)).consent_on(Medium.EMAIL)


async def look_well(page: Page) -> None:
    """Everything can be read in the light and in the dark, has a name, and fits."""
    assert await poor_contrast(page, "light") == []
    assert await poor_contrast(page, "dark") == []
    assert await nameless(page) == []
    assert await overflow(page) <= 0


async def test_to_open_the_link_ends_nothing(mailing: Scene, link: str, page: Page) -> None:
    await page.goto(link)

    await sees(page, ASKED)
    assert await consent(mailing) is ConsentState.GRANTED


async def test_one_button_ends_the_mails_and_there_is_a_way_back(mailing: Scene, link: str, page: Page) -> None:
    await page.goto(link)
    await button(page, "Send me no more mails").click()
    await sees(page, ENDED)
    ended = await consent(mailing)

    await mailing.clock.advance(seconds=1)
    await button(page, "Send me mails again").click()
    await sees(page, ASKED)

    assert (ended, await consent(mailing)) == (ConsentState.REVOKED, ConsentState.GRANTED)
    assert await page.get_by_text("acme may write to you again.").is_visible()


async def test_whoever_comes_again_sees_that_it_is_done(link: str, page: Page) -> None:
    await page.goto(link)
    await button(page, "Send me no more mails").click()
    await sees(page, ENDED)

    await page.reload()

    await sees(page, ENDED)


async def test_every_step_is_well_to_read_on_the_smallest_screen(mailing: Scene, link: str, page: Page) -> None:
    await page.set_viewport_size({"width": 320, "height": 640})
    await page.goto(link)
    await sees(page, ASKED)
    await look_well(page)

    await button(page, "Send me no more mails").click()

    await sees(page, ENDED)
    await look_well(page)


async def test_the_keyboard_alone_is_enough(link: str, page: Page) -> None:
    await page.goto(link)
    await sees(page, ASKED)

    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")

    await sees(page, ENDED)


SAYS_FRENCH = "Object.defineProperty(navigator, 'languages', { get: () => ['hi', 'fr-CA', 'en'] })"


@pytest.mark.parametrize(
    ("locale", "asked", "end"),
    [
        ("de-AT", "Keine E-Mails mehr von acme?", "Keine E-Mails mehr senden"),
        (None, "Ne plus recevoir d’e-mails de acme ?", "Ne plus m’envoyer d’e-mails"),  # noqa: RUF001
    ],
)
async def test_it_speaks_as_the_person_does_or_else_as_their_browser(
    mailing: Scene, link: str, page: Page, locale: str | None, asked: str, end: str
) -> None:
    await change(mailing.deps, mailing.account, mailing.someone.id, lambda now: replace(now, locale=locale))
    await page.add_init_script(SAYS_FRENCH)

    await page.goto(link)
    await sees(page, asked)
    language = await page.evaluate("document.documentElement.lang")
    await look_well(page)
    await button(page, end).click()

    await page.locator(".unsubscribe-back").wait_for()
    assert language == (locale or "fr")[:2]
    assert await consent(mailing) is ConsentState.REVOKED


async def test_what_does_not_work_is_said_where_it_can_be_tried_again(link: str, page: Page) -> None:
    await page.goto(link)
    await sees(page, ASKED)
    await page.route("**/u/*", lambda route: route.abort())
    await button(page, "Send me no more mails").click()
    await page.get_by_text("Nobody answers. Check your connection, then try again.").wait_for()

    await page.unroute_all()
    await button(page, "Send me no more mails").click()

    await sees(page, ENDED)


async def test_why_it_does_not_work_is_said_at_each_try(link: str, page: Page) -> None:
    away, asked = page.get_by_text("Nobody answers. Check your connection, then try again."), list[str]()

    async def refuse(route: Route) -> None:
        asked.append(route.request.url)
        await route.abort()

    await page.route("**/u/*/state", refuse)
    await page.goto(link)
    await away.wait_for()
    await button(page, "Try again").click()
    while len(asked) < 2:
        await asyncio.sleep(0.05)
    await button(page, "Try again").wait_for()

    assert await away.is_visible()
    await page.unroute_all()
    await button(page, "Try again").click()
    await sees(page, ASKED)


async def test_a_link_that_ends_while_the_page_is_open_says_so(mailing: Scene, link: str, page: Page) -> None:
    await page.goto(link)
    await sees(page, ASKED)
    await mailing.clock.advance(days=GOOD_FOR.days + 1)

    await button(page, "Send me no more mails").click()

    await sees(page, "This link works no more")


async def test_who_cannot_come_back_learns_whom_to_ask(mailing: Scene, link: str, page: Page) -> None:
    address, reason = Address(kind=IdentityKind.EMAIL, value=ASHA), Reason.HARD_BOUNCE
    await suppress(mailing.deps, mailing.account, address, medium=Medium.EMAIL, reason=reason, evidence="550")

    await page.goto(link)

    await sees(page, ENDED)
    await page.get_by_text("Write to acme: they can mend it.").wait_for()
    assert await button(page, "Send me mails again").count() == 0
    await look_well(page)
