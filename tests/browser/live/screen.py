"""A page that uses the client of `web/shared/live`, and the hub that it speaks to, which can be cut off."""

import asyncio
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Page

from hub.running.web import Server, listen, server_of
from tests.hubs import Hub
from tests.people import PASSWORD, Person

PATIENCE_MS = 20_000


@dataclass
class Place:
    """A hub at an address of its own: it can go, and come back there."""

    hub: Hub
    port: int
    server: Server | None = None
    task: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def come(self) -> None:
        """It is there."""
        self.server = server_of(self.hub.app, self.hub.deps.settings, heeds_signals=False)
        self.task = asyncio.create_task(self.server.serve([listen("127.0.0.1", self.port)]))

    async def go(self) -> None:
        """Nobody answers there, and whoever was connected is so no more."""
        if self.server and self.task:
            self.server.should_exit = True
            await self.task
        self.server = self.task = None


@dataclass
class Looking:
    """Somebody's page with one conversation open."""

    page: Page
    url: str
    thread: str

    async def open(self) -> None:
        """Load it; whoever is signed in here goes on."""
        await self.page.goto(f"{self.url}/live-page?thread={self.thread}")

    async def sign_in(self, person: Person) -> None:
        """By password, as people do."""
        await self.page.evaluate("([email, password]) => parley.signIn(email, password)", [person.email, PASSWORD])

    async def shows(self, *texts: str, unsent: int = 0) -> None:
        """Wait until the log reads so, and until so many messages wait to be sent."""
        await self.page.wait_for_function(
            """([texts, unsent]) => {
                const shown = parley.shown();
                return shown && shown.unsent.length === unsent
                    && JSON.stringify(shown.texts.map(([, , text]) => text)) === JSON.stringify(texts);
            }""",
            arg=[list(texts), unsent],
            timeout=PATIENCE_MS,
        )

    async def is_cut_off(self) -> None:
        """Wait until the page knows."""
        await self.page.wait_for_function("() => parley.state() === 'waiting'", timeout=PATIENCE_MS)

    async def is_out(self) -> None:
        """Wait until the page comes back no more."""
        await self.page.wait_for_function("() => parley.state() === 'ended'", timeout=PATIENCE_MS)

    async def close(self) -> None:
        """Go elsewhere."""
        await self.page.goto("about:blank")

    async def note(self, text: str) -> None:
        """Write something to colleagues."""
        await self.page.evaluate("([thread, text]) => void parley.note(thread, text)", [self.thread, text])

    async def everything(self) -> Any:
        """All that it shows."""
        return await self.page.evaluate("parley.shown()")
