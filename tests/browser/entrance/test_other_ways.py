"""Signing in by a passkey, and where one's company signs in."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from playwright.async_api import Page, expect

from hub.running.web import listen, server_of
from hub.settings import Settings
from tests.browser.entrance.doing import button, fill, is_in, sees, wrong
from tests.browser.test_passkeys import CREATE, DEVICE
from tests.fakes.dns import NameServer, serving_names
from tests.fakes.oidc.running import client, running_provider
from tests.hub.sessions.people import Member, sign_up
from tests.hub.sso.businesses import AT_PROVIDER, CALLBACK, CHITRA, EVA, OWNER, SECRET, prove, set_up
from tests.hub.sso.signing import HERE
from tests.hubs import Hub, running_hub
from tests.people import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
async def names() -> AsyncIterator[NameServer]:
    """The DNS, as it is for the hub."""
    async with serving_names({}) as names:
        yield names


@pytest.fixture
async def home(settings: Settings, names: NameServer) -> AsyncIterator[Hub]:
    """On a real socket, known to browsers by a name: passkeys belong to names. The provider lives in the present."""
    with listen("127.0.0.1", 0) as sock:
        origin = f"http://localhost:{sock.getsockname()[1]}"
        settings = replace(settings, public_url=origin, egress_allow=HERE, dns=names.address)
        async with running_hub(settings) as hub:
            server = server_of(hub.app, settings, heeds_signals=False)
            task = asyncio.create_task(server.serve([sock]))
            yield hub
            server.should_exit = True
            await task


@pytest.fixture
async def company(home: Hub) -> AsyncIterator[str]:
    """A real provider that knows this hub."""
    registered = client("parley", home.deps.settings.base_url + CALLBACK, secret=SECRET)
    async with running_provider(AT_PROVIDER, [registered]) as issuer:
        yield issuer


async def add_device(page: Page) -> None:
    """A device for passkeys beside the browser."""
    devices = await page.context.new_cdp_session(page)
    await devices.send("WebAuthn.enable")
    await devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


async def add_passkey(page: Page, owner: Member) -> None:
    """One of this device."""
    begun = await owner.does("POST", "/me/passkeys/begin", {"password": PASSWORD})
    credential = await page.evaluate(CREATE, begun["options"])
    await owner.does("POST", "/me/passkeys", {"ticket": begun["ticket"], "name": "Laptop", "credential": credential})


async def test_a_passkey_lets_in_without_an_address_or_a_code(home: Hub, page: Page) -> None:
    await add_device(page)
    await page.goto(f"{home.deps.settings.base_url}/sign-in")
    await add_passkey(page, await sign_up(home))

    await button(page, "Sign in with a passkey").click()

    await is_in(page)
    await expect(page.get_by_role("definition").nth(3)).to_have_text("A passkey")


async def test_a_device_without_a_passkey_leaves_the_other_ways(home: Hub, page: Page) -> None:
    await add_device(page)
    await page.goto(f"{home.deps.settings.base_url}/sign-in")

    await button(page, "Sign in with a passkey").click()

    await expect(page.get_by_role("alert")).to_contain_text("No passkey was used")
    await expect(button(page, "Sign in")).to_be_enabled()


async def test_at_another_address_of_the_same_hub_the_right_one_is_named(home: Hub, page: Page) -> None:
    await page.goto(f"{home.deps.settings.base_url.replace('localhost', '127.0.0.1')}/sign-in")

    await button(page, "Sign in with a passkey").click()

    await expect(page.get_by_role("alert")).to_contain_text(home.deps.settings.base_url)


async def go_to_company(page: Page, home: Hub, email: str) -> None:
    """As far as the company's own form."""
    await page.goto(f"{home.deps.settings.base_url}/sign-in")
    await fill(page, email=email)
    await button(page, "Continue with single sign-on").click()
    await button(page, "Continue").click()
    await expect(page.get_by_role("button", name="Go on")).to_be_visible()


async def test_single_sign_on_leads_to_the_company_and_back_in(
    home: Hub, company: str, names: NameServer, page: Page
) -> None:
    owner = await sign_up(home, OWNER)
    await set_up(owner, company)
    await prove(owner, names)

    await go_to_company(page, home, CHITRA.email)
    await page.get_by_role("button", name="Go on").click()
    await page.wait_for_url(f"{home.deps.settings.base_url}/sign-in")

    await is_in(page)
    await expect(page.get_by_text(f"Good to have you here, {CHITRA.name}.")).to_be_visible()


async def test_whom_the_company_does_not_vouch_for_is_told_why(
    home: Hub, company: str, names: NameServer, page: Page
) -> None:
    owner = await sign_up(home, OWNER)
    await set_up(owner, company)
    await prove(owner, names)

    await go_to_company(page, home, CHITRA.email)
    await fill(page, email=EVA.email)
    await page.get_by_role("button", name="Go on").click()

    await expect(page.get_by_role("alert")).to_contain_text("Ask its owner for an invitation")
    assert page.url == f"{home.deps.settings.base_url}/sign-in"


async def test_an_address_without_single_sign_on_is_told_so(home: Hub, page: Page) -> None:
    await page.goto(f"{home.deps.settings.base_url}/sign-in")
    await button(page, "Continue with single sign-on").click()
    await button(page, "Continue").click()
    await expect(wrong(page)).to_have_text("Write your e-mail address.")

    await fill(page, email="asha@example.test")
    await button(page, "Continue").click()
    await expect(page.get_by_role("alert")).to_contain_text("no identity provider")
    await button(page, "Sign in another way").click()

    await sees(page, "Sign in")
