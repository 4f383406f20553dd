"""Pages of a business's site, with the widget on them, as the tests open them: by HTTP, then by a real socket."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx2

from hub.deps import Deps
from hub.lines.models import Line
from hub.sending.delivery import KINDS as DELIVERY
from tests.hub.lines.connected import connect
from tests.hub.sending.scene import work_off
from tests.hubs import Hub
from tests.people import Person, well
from tests.screens import Screen, screen

ORIGIN = "https://www.acme.test"


@dataclass(frozen=True)
class Page:
    """A page of a site, open in a visitor's browser: what it has been told."""

    hub: Hub
    url: str
    line: Line
    visit: Mapping[str, Any]

    @asynccontextmanager
    async def opened(self, after: str = "") -> AsyncIterator[tuple[Screen, Any]]:
        """Its socket, and what it is told at first."""
        async with screen(self.url, self.visit["token"], namespace="/widget", origin=ORIGIN) as opened:
            yield opened, await opened.does("open", {"after": after})


@dataclass(frozen=True)
class Site:
    """A business with a widget on its site, served on a real socket."""

    hub: Hub
    url: str
    owner: Person
    line: Line

    @property
    def deps(self) -> Deps:
        """What the hub has opened."""
        return self.hub.deps

    async def begins(self, secret: str = "", **headers: str) -> httpx2.Response:
        """A page asks for a visit."""
        body = {"secret": secret} if secret else {}
        path = f"/api/v1/widget/{self.line.id}/visits"
        return await self.hub.client.post(path, json=body, headers={"origin": ORIGIN, **headers})

    async def page(self, secret: str = "") -> Page:
        """One of a new visitor, or of whose secret it is."""
        return Page(self.hub, self.url, self.line, well(await self.begins(secret)))

    async def thread_id(self) -> str:
        """The account's only conversation."""
        return str((await self.owner.does("GET", "/threads?view=all"))["items"][0]["id"])

    async def replies(self, text: str, **more: Any) -> None:
        """The owner writes, and whatever is due is sent."""
        body = {"client_id": text, "text": text, **more}
        await self.owner.does("POST", f"/threads/{await self.thread_id()}/messages", body)
        await work_off(self.deps, DELIVERY)

    async def states(self) -> list[str]:
        """How far what was said to the visitor has come, as members see it."""
        log = await self.owner.does("GET", f"/threads/{await self.thread_id()}/messages")
        return [entry["delivery"]["state"] for entry in log["items"] if entry["delivery"]]


async def site_of(hub: Hub, url: str, owner: Person) -> Site:
    """A widget on the site of the owner's account."""
    values = {"origins": ORIGIN}
    line = await connect(hub.deps, "widget", account=owner.account, address="www.acme.test", values=values)
    return Site(hub, url, owner, line)
