"""What a page complains of while a test looks at something else."""

from urllib.parse import urlsplit

from playwright.async_api import ConsoleMessage, Page, Request


class Watched:
    """Errors in the console, exceptions, and requests that leave this machine."""

    def __init__(self, page: Page) -> None:
        self.complaints: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._left)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def _left(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in ("127.0.0.1", "localhost", None):
            self.complaints.append(f"request to {request.url}")
