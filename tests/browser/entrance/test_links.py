"""Coming by a link: an invitation, or a new password."""

from dataclasses import replace

import pytest
from playwright.async_api import Page, expect

from hub.logins import actions as logins
from hub.logins import resets
from hub.settings import Secret, Settings
from tests.browser.entrance.doing import button, field, fill, is_in, sees, sign_in, wrong
from tests.clock import VirtualClock
from tests.hub.sessions.people import Member, invite, sign_up
from tests.hubs import Hub, running_hub
from tests.people import PASSWORD
from tests.serving import serving

pytestmark = pytest.mark.browser

NEW = "another correct battery"


async def reset_token(hub: Hub, email: str) -> str:
    """What stands in the link that is mailed."""
    login = await logins.find(hub.deps, email)
    assert login
    return (await resets.new_link(hub.deps, login)).partition("#")[2]


async def test_a_new_colleague_joins(asha: Member, url: str, page: Page) -> None:
    await page.goto(f"{url}/join#{await invite(asha, 'ben@example.test')}")
    await sees(page, "Join Acme")
    await expect(page.get_by_role("definition").nth(0)).to_have_text("ben@example.test")
    await expect(page.get_by_role("definition").nth(1)).to_have_text("Editor")

    await fill(page, name="Ben", password=PASSWORD)
    await button(page, "Join Acme").click()

    await is_in(page)
    await expect(page.get_by_text("Good to have you here, Ben.")).to_be_visible()
    assert page.url == f"{url}/sign-in"


async def test_the_token_leaves_the_address_and_a_reload_finds_it(asha: Member, url: str, page: Page) -> None:
    await page.goto(f"{url}/join#{await invite(asha, 'ben@example.test')}")
    await sees(page, "Join Acme")
    assert page.url == f"{url}/join"

    await page.reload()

    await sees(page, "Join Acme")


async def test_whoever_has_a_login_shows_its_password(hub: Hub, asha: Member, url: str, page: Page) -> None:
    ben = await sign_up(hub, "ben@example.test", name="Beta")
    await page.goto(f"{url}/join#{await invite(asha, ben.email)}")

    await fill(page, name="Ben", password="wrong horse battery")
    await button(page, "Join Acme").click()
    await expect(wrong(page)).to_have_text("This address has a password here already: give that one.")
    await fill(page, password=PASSWORD)
    await button(page, "Join Acme").click()

    await is_in(page)
    await expect(page.get_by_role("definition").nth(0)).to_have_text("Acme")


async def test_whoever_is_signed_in_joins_by_one_press(hub: Hub, asha: Member, url: str, page: Page) -> None:
    ben = await sign_up(hub, "ben@example.test", name="Beta")
    await sign_in(page, url, ben.email)
    await is_in(page)

    await page.goto(f"{url}/join#{await invite(asha, ben.email)}")
    await button(page, "Join Acme").click()

    await is_in(page)
    await expect(page.get_by_role("definition").nth(0)).to_have_text("Acme")
    await expect(page.get_by_role("button", name="Beta Owner")).to_be_visible()


async def test_an_invitation_that_was_used_leads_to_signing_in(hub: Hub, asha: Member, url: str, page: Page) -> None:
    token = await invite(asha, "ben@example.test")
    body = {"token": token, "name": "Ben", "password": PASSWORD}
    await Member(hub, "ben@example.test").submits("/invitation/accept", body)

    await page.goto(f"{url}/join#{token}")
    await sees(page, "This invitation was used")
    await page.get_by_role("link", name="Sign in").click()

    await sees(page, "Sign in")


async def test_an_invitation_that_is_withdrawn_while_it_is_filled_in(asha: Member, url: str, page: Page) -> None:
    token = await invite(asha, "ben@example.test")
    await page.goto(f"{url}/join#{token}")
    await sees(page, "Join Acme")

    await asha.does("DELETE", f"/invitations/{token.partition('.')[0]}")
    await fill(page, name="Ben", password=PASSWORD)
    await button(page, "Join Acme").click()

    await sees(page, "This link leads to no invitation")


async def test_an_invitation_that_is_too_old_says_whom_to_ask(
    asha: Member, url: str, page: Page, clock: VirtualClock
) -> None:
    token = await invite(asha, "ben@example.test")
    await clock.advance(days=8)

    await page.goto(f"{url}/join#{token}")

    await sees(page, "This invitation is too old")
    await expect(page.get_by_text("Ask whoever invited you")).to_be_visible()


@pytest.mark.parametrize("path", ["/join", "/join#", "/join#nonsense"])
async def test_a_link_that_lost_a_part_says_so(url: str, page: Page, path: str) -> None:
    await page.goto(f"{url}{path}")

    await sees(page, "This link leads to no invitation")


async def test_a_new_password_is_set_and_signs_in(hub: Hub, asha: Member, url: str, page: Page) -> None:
    await page.goto(f"{url}/reset#{await reset_token(hub, asha.email)}")
    await sees(page, "Set a new password")
    assert page.url == f"{url}/reset"
    await page.reload()

    await fill(page, password=NEW)
    await button(page, "Set the password").click()
    await expect(page.get_by_role("status")).to_have_text("Your new password is set. Sign in with it.")
    await sign_in(page, url, asha.email, NEW)

    await is_in(page)


async def test_a_weak_new_password_leaves_the_link_good(hub: Hub, asha: Member, url: str, page: Page) -> None:
    await page.goto(f"{url}/reset#{await reset_token(hub, asha.email)}")

    await fill(page, password="aaaaaaaaaaaa")
    await button(page, "Set the password").click()
    await expect(wrong(page)).to_contain_text("guessed soon")
    await fill(page, password=NEW)
    await button(page, "Set the password").click()

    await sees(page, "Sign in")


async def test_a_link_to_a_new_password_works_once(hub: Hub, asha: Member, url: str, page: Page) -> None:
    token = await reset_token(hub, asha.email)
    await Member(hub).does("POST", "/password/reset", {"token": token, "password": NEW})

    await page.goto(f"{url}/reset#{token}")
    await fill(page, password=NEW)
    await button(page, "Set the password").click()

    await sees(page, "This link works no more")


async def test_without_mail_a_forgotten_password_is_for_whoever_runs_it(asha: Member, url: str, page: Page) -> None:
    await page.goto(f"{url}/sign-in")

    await page.get_by_role("link", name="Forgot your password?").click()

    await sees(page, "Forgot your password?")
    await expect(page.get_by_text("python -m hub member reset")).to_be_visible()


async def test_with_mail_a_link_is_asked_for(settings: Settings, clock: VirtualClock, page: Page) -> None:
    server = Secret("smtp://127.0.0.1:9")
    settings = replace(settings, mail_url=server, mail_from="Parley <parley@example.test>")
    async with running_hub(settings, clock=clock) as hub, serving(hub) as url:
        await page.goto(f"{url}/sign-in")
        await fill(page, email="asha@example.test")

        await page.get_by_role("link", name="Forgot your password?").click()
        await expect(field(page, "E-mail address")).to_have_value("asha@example.test")
        await button(page, "Send the link").click()

        await sees(page, "Check your mail")
        await expect(page.get_by_text("asha@example.test")).to_be_visible()


async def test_a_sign_up_that_is_closed_leads_on(settings: Settings, clock: VirtualClock, page: Page) -> None:
    async with running_hub(replace(settings, open_sign_up=False), clock=clock) as hub, serving(hub) as url:
        await sign_up(hub)

        await page.goto(f"{url}/sign-up")

        await sees(page, "Sign-up is closed")
        await expect(page.get_by_text("python -m hub account create")).to_be_visible()


async def test_of_two_who_sign_up_first_the_second_is_told(settings: Settings, clock: VirtualClock, page: Page) -> None:
    async with running_hub(replace(settings, open_sign_up=False), clock=clock) as hub, serving(hub) as url:
        await page.goto(f"{url}/sign-up")
        await fill(page, account_name="Beta", name="Ben", email="ben@example.test", password=PASSWORD)

        await sign_up(hub)
        await button(page, "Make the account").click()

        await sees(page, "Sign-up is closed")
