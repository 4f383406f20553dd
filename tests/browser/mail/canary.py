"""Who hears it when a mail does anything: a proxy through which all that the browser asks for has to go, and a function
that no page has a reason to call."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from playwright.async_api import Browser, Page

from tests.browser.mail.vectors import HOST

NUMBER = re.compile(rf"(?:{re.escape(HOST)}/|\bn)(\d+)")
# Long enough for a page that goes elsewhere after some time, and for what comes late.
SETTLED_MS = 3_000
# So often what should be heard is waited for again.
PATIENCE = 20
# Everything that somebody might do to an element, done at once.
TOUCH = """() => {
    for (const frame of document.querySelectorAll('iframe')) {
        for (const element of frame.contentDocument?.querySelectorAll('*') ?? []) {
            for (const { name } of [...element.attributes]) {
                if (name.startsWith('on')) element.dispatchEvent(new Event(name.slice(2)));
            }
            // What a click on an honest link does is no news.
            if (/^https?:/.test(element.href ?? '')) continue;
            element.dispatchEvent(new MouseEvent('click', { cancelable: true }));
        }
    }
}"""
FRAMES = """([documents, sandbox]) => {
    for (const html of documents) {
        const frame = document.createElement('iframe');
        if (sandbox !== null) frame.setAttribute('sandbox', sandbox);
        frame.srcdoc = html;
        document.body.append(frame);
    }
}"""
# A member's screen: what is text is put there as text.
TEXTS = """texts => {
    for (const text of texts) {
        const shown = document.body.appendChild(document.createElement('p'));
        shown.textContent = text;
        shown.title = text;
        document.title = text;
        const link = shown.appendChild(document.createElement('a'));
        link.download = text;
    }
}"""


@dataclass
class Canary:
    """What was heard: which vectors have run something, and what was asked for."""

    page: Page
    ran: set[int] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)

    @property
    def loaded(self) -> set[int]:
        """Which of them have asked for something."""
        return {int(found[1]) for line in self.asked if (found := NUMBER.search(line))}

    @property
    def elsewhere(self) -> list[str]:
        """Frames that show something other than what was put into them."""
        return [frame.url for frame in self.page.frames if frame.url not in ("about:blank", "about:srcdoc")]

    async def shows(self, documents: Sequence[str], *, sandbox: str | None) -> None:
        """Each in a frame of its own, and then all that might come."""
        await self.page.evaluate(FRAMES, [documents, sandbox])
        await self.page.wait_for_timeout(SETTLED_MS)

    async def touches(self) -> None:
        """What can be touched from outside is."""
        await self.page.evaluate(TOUCH)
        await self.page.wait_for_timeout(SETTLED_MS)

    async def hears_of(self, most: int) -> int:
        """How many have run something or asked for something, as soon as they are so many: a busy machine is slow."""
        for _ in range(PATIENCE):
            if len(self.ran | self.loaded) >= most:
                break
            await self.page.wait_for_timeout(SETTLED_MS)
        return len(self.ran | self.loaded)

    async def writes(self, texts: Sequence[str]) -> None:
        """As text."""
        await self.page.evaluate(TEXTS, texts)
        await self.page.wait_for_timeout(SETTLED_MS)


@asynccontextmanager
async def listening_to(browser: Browser) -> AsyncIterator[Canary]:
    """A page all of whose ways lead to us."""
    asked: list[str] = []

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode(errors="replace")
            asked.append(head.partition("\r\n")[0])
            writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(hear, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    context = await browser.new_context(proxy={"server": f"http://127.0.0.1:{port}", "bypass": "<-loopback>"})
    canary = Canary(await context.new_page(), asked=asked)
    await context.expose_function("hit", lambda number=-1, *_: canary.ran.add(number))
    context.on("page", lambda page: canary.opened.append(page.url))
    canary.page.on("dialog", lambda dialog: canary.opened.append(dialog.message))
    await canary.page.goto("about:blank")
    try:
        yield canary
    finally:
        await context.close()
        server.close()
