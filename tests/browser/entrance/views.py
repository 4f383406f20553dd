"""Every step of the entrance, and the way there."""

from collections.abc import Awaitable, Callable, Mapping

from playwright.async_api import Page

from tests.browser.entrance.doing import button, fill, is_in, sees, sign_in, wrong
from tests.hub.sessions.apps import App, set_up_app
from tests.hub.sessions.people import Member, invite, sign_up

Way = Callable[[Page, str, Member], Awaitable[object]]


async def front_door(page: Page, url: str, _: Member) -> None:
    await page.goto(f"{url}/sign-in")
    await sees(page, "Sign in")


async def wrong_password(page: Page, url: str, asha: Member) -> None:
    await sign_in(page, url, asha.email, "wrong horse battery")
    await wrong(page).wait_for()


async def back_from_the_company(page: Page, url: str, _: Member) -> None:
    await page.goto(f"{url}/sign-in#error=sso_refused")
    await sees(page, "Sign in")


async def single_sign_on(page: Page, url: str, asha: Member) -> None:
    await front_door(page, url, asha)
    await button(page, "Continue with single sign-on").click()


async def new_account(page: Page, url: str, _: Member) -> None:
    await page.goto(f"{url}/sign-up")
    await sees(page, "Make an account")


async def forgotten(page: Page, url: str, _: Member) -> None:
    await page.goto(f"{url}/reset")
    await sees(page, "Forgot your password?")


async def new_password(page: Page, url: str, _: Member) -> None:
    await page.goto(f"{url}/reset#token")
    await sees(page, "Set a new password")


async def invitation(page: Page, url: str, asha: Member) -> None:
    await page.goto(f"{url}/join#{await invite(asha, 'a.very.long.name.of.somebody@a-long-domain.example.test')}")
    await sees(page, "Join Acme")


async def no_invitation(page: Page, url: str, _: Member) -> None:
    await page.goto(f"{url}/join")
    await sees(page, "This link leads to no invitation")


async def second_step(page: Page, url: str, asha: Member) -> None:
    await set_up_app(asha)
    await sign_in(page, url, asha.email)
    await sees(page, "One more step")


async def inside(page: Page, url: str, asha: Member) -> None:
    other = await sign_up(asha.hub, "owner@beta.test", name="A business with quite a long name & Sons")
    await asha.does("POST", "/me/invitation", {"token": await invite(other, asha.email, role="viewer")})
    await sign_in(page, url, asha.email)
    await is_in(page)


async def required_factor(page: Page, url: str, asha: Member) -> None:
    await asha.does("PUT", "/account/sign-in-rules", {"requires_second_factor": True})
    await sign_in(page, url, asha.email)
    await sees(page, "One thing before you go in")


async def setting_up(page: Page, url: str, asha: Member) -> None:
    await sign_in(page, url, asha.email)
    await button(page, "Set it up").click()
    await sees(page, "Set up your app")


async def recovery_codes(page: Page, url: str, asha: Member) -> None:
    await setting_up(page, url, asha)
    secret = (await page.locator(".secret code").inner_text()).replace(" ", "")
    await fill(page, code=App(secret, asha.hub.deps.clock).code())
    await sees(page, "Keep these codes")


VIEWS: Mapping[str, Way] = {
    view.__name__: view
    for view in (
        front_door,
        wrong_password,
        back_from_the_company,
        single_sign_on,
        new_account,
        forgotten,
        new_password,
        invitation,
        no_invitation,
        second_step,
        inside,
        required_factor,
        setting_up,
        recovery_codes,
    )
}
