"""Passkeys in a real browser, by the device that Chromium has for tests: what the hub serves is what browsers take."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from playwright.async_api import CDPSession, Page

from hub.running.web import listen, server_of
from hub.settings import Settings
from tests.hub.http.rooms import build_pages, rooms_with_pages
from tests.hubs import Hub, running_hub
from tests.people import PASSWORD, Person, found

pytestmark = pytest.mark.browser

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
# As a page would do it.
ASK = """
async ([path, body, token]) => {
    const headers = {"content-type": "application/json", ...(token ? {authorization: `Bearer ${token}`} : {})};
    const answer = await fetch(`/api/v1${path}`, {method: "POST", headers, body: JSON.stringify(body)});
    return {status: answer.status, body: await answer.json()};
}
"""
CREATE = """
async (options) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
    return (await navigator.credentials.create({publicKey})).toJSON();
}
"""
GET = """
async (options) => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
    return (await navigator.credentials.get({publicKey})).toJSON();
}
"""


@dataclass(frozen=True)
class Opened:
    """A page of the hub, and the device beside the browser."""

    hub: Hub
    page: Page
    devices: CDPSession
    device: str

    async def asks(self, path: str, body: Any = None, token: str = "") -> Any:
        """From the page, as its scripts would."""
        return await self.page.evaluate(ASK, [path, body or {}, token])

    async def creates(self, asha: Person) -> Any:
        """A passkey, by the options as they are served."""
        begun = (await self.asks("/me/passkeys/begin", {"password": PASSWORD}, asha.token))["body"]
        credential = await self.page.evaluate(CREATE, begun["options"])
        body = {"ticket": begun["ticket"], "name": "Laptop", "credential": credential}
        return await self.asks("/me/passkeys", body, asha.token)

    async def signs_in(self) -> Any:
        """With whatever passkey the device has."""
        begun = (await self.asks("/session/passkey/begin"))["body"]
        credential = await self.page.evaluate(GET, begun["options"])
        return await self.asks("/session/passkey", {"ticket": begun["ticket"], "credential": credential})


@pytest.fixture
async def opened(settings: Settings, page: Page, tmp_path: Any) -> AsyncIterator[Opened]:
    """A hub as anybody starts it, known to browsers as localhost."""
    async with serving_at_home(settings, tmp_path) as hub:
        devices = await page.context.new_cdp_session(page)
        await devices.send("WebAuthn.enable")
        added = await devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        await page.goto(f"http://localhost:{hub.deps.settings.port}/")
        yield Opened(hub, page, devices, added["authenticatorId"])


@asynccontextmanager
async def serving_at_home(settings: Settings, folder: Any) -> AsyncIterator[Hub]:
    """On a real socket whose port the hub knows."""
    with listen("127.0.0.1", 0) as sock:
        at_port = replace(settings, port=sock.getsockname()[1])
        async with running_hub(at_port, rooms=rooms_with_pages(build_pages(folder))) as hub:
            server = server_of(hub.app, at_port, heeds_signals=False)
            task = asyncio.create_task(server.serve([sock]))
            try:
                yield hub
            finally:
                server.should_exit = True
                await task


async def test_a_real_browser_makes_a_passkey_and_signs_in_with_it(opened: Opened) -> None:
    asha = await found(opened.hub, "acme")

    made = await opened.creates(asha)
    entered = await opened.signs_in()

    assert (made["status"], made["body"]["transports"]) == (201, ["internal"])
    assert (entered["status"], entered["body"]["state"]) == (200, "signed_in")
    assert entered["body"]["access"]["member_id"] == asha.member
    assert "parley_refresh" in {cookie.get("name") for cookie in await opened.page.context.cookies()}


async def test_a_real_device_is_not_asked_for_a_second_one(opened: Opened) -> None:
    asha = await found(opened.hub, "acme")
    await opened.creates(asha)

    with pytest.raises(Exception, match="InvalidStateError"):
        await opened.creates(asha)


async def test_a_real_device_that_counts_backwards_is_locked(opened: Opened) -> None:
    asha = await found(opened.hub, "acme")
    await opened.creates(asha)
    await opened.signs_in()
    on_device = {"authenticatorId": opened.device}
    kept = (await opened.devices.send("WebAuthn.getCredentials", on_device))["credentials"][0]
    await opened.devices.send("WebAuthn.clearCredentials", on_device)
    await opened.devices.send("WebAuthn.addCredential", {**on_device, "credential": {**kept, "signCount": 0}})

    answer = await opened.signs_in()

    assert answer["body"]["error"]["code"] == "passkey_locked"


async def test_a_real_device_that_nobody_has_unlocked_shows_nothing(opened: Opened) -> None:
    asha = await found(opened.hub, "acme")
    await opened.creates(asha)
    locked = {"authenticatorId": opened.device, "isUserVerified": False}
    await opened.devices.send("WebAuthn.setUserVerified", locked)

    with pytest.raises(Exception, match="NotAllowedError"):
        await opened.signs_in()
