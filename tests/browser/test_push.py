"""The worker of notifications in a real browser, which is handed what a push service would hand it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import msgspec
import pytest
from playwright.async_api import CDPSession, Page

from hub.push.models import Message, PushContent, PushTakenBack
from tests.hubs import Hub
from tests.serving import serving

pytestmark = pytest.mark.browser

TRIES, SHOWN_S = 6, 20.0
CONTENT = PushContent(title="Asha", body="Is the flat free?", thread="t1", tag="t1", url="/api/docs")
# To a worker that is about to begin the browser hands nothing.
REGISTER = """
navigator.serviceWorker.register('/push-worker.js')
    .then(() => navigator.serviceWorker.ready)
    .then(({active}) => new Promise((begun) => {
        const look = () => active.state === 'activated' && begun();
        active.addEventListener('statechange', look);
        look();
    }))
"""
SHOWN = """
navigator.serviceWorker.ready
    .then((registration) => registration.getNotifications())
    .then((shown) => shown.map(({title, body, tag}) => [title, body, tag]))
"""


@dataclass
class Pushed:
    """A page whose worker runs."""

    page: Page
    devtools: CDPSession
    url: str
    registration: str

    async def tell(self, message: Message) -> None:
        """As a push service does, once the browser has opened it."""
        data = msgspec.json.encode(message).decode()
        of = {"origin": self.url.rstrip("/"), "registrationId": self.registration}
        await self.devtools.send("ServiceWorker.deliverPushMessage", {**of, "data": data})

    async def shows(self, *wanted: list[str]) -> bool:
        """Whether these are shown before long, and no others."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SHOWN_S):
                while await self.page.evaluate(SHOWN) != [*wanted]:
                    await asyncio.sleep(0.05)
                return True
        return False

    async def makes_it_show(self, message: Message, *wanted: list[str]) -> None:
        """Push services push again what was not taken: a browser that is busy may lose one. Once is enough, mostly."""
        for _ in range(TRIES):
            await self.tell(message)
            if await self.shows(*wanted):
                return
        raise AssertionError(f"not shown: {wanted}")


@pytest.fixture
async def pushed(hub: Hub, page: Page) -> AsyncIterator[Pushed]:
    """Registered, by somebody who wants to be told."""
    async with serving(hub) as url:
        await page.context.grant_permissions(["notifications"])
        devtools, registrations = await page.context.new_cdp_session(page), asyncio.Queue[str]()

        def note(told: Any) -> None:
            for one in told["registrations"]:
                registrations.put_nowait(one["registrationId"])

        devtools.on("ServiceWorker.workerRegistrationUpdated", note)
        await devtools.send("ServiceWorker.enable")
        await page.goto(url)
        await page.evaluate(REGISTER)
        yield Pushed(page, devtools, url, await registrations.get())


async def test_a_push_is_shown_until_it_is_taken_back(pushed: Pushed) -> None:
    await pushed.makes_it_show(CONTENT, ["Asha", "Is the flat free?", "t1"])

    await pushed.makes_it_show(PushTakenBack("t1"))


async def test_something_newer_takes_the_place_of_the_one_before(pushed: Pushed) -> None:
    await pushed.makes_it_show(CONTENT, ["Asha", "Is the flat free?", "t1"])

    await pushed.makes_it_show(
        msgspec.structs.replace(CONTENT, body="Are you there?"), ["Asha", "Are you there?", "t1"]
    )
