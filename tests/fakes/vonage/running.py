"""Running the fake Vonage: on loopback, for the length of a block."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime

from starlette.routing import Route

from tests.fakes.serving import real_time, serving
from tests.fakes.vonage import api
from tests.fakes.vonage.provider import SIGNATURE_SECRET, Vonage


class RunningVonage(Vonage):
    """With its server."""

    def routes(self) -> list[Route]:
        """Its HTTP API."""
        return api.routes(self)


def running_vonage(
    *, now: Callable[[], datetime] = real_time, signature_secret: str = SIGNATURE_SECRET, port: int = 0
) -> AbstractAsyncContextManager[RunningVonage]:
    """Until the block ends; `now` is the hub's clock, since signatures grow old by it."""
    return serving(lambda client: RunningVonage(now, client, signature_secret=signature_secret), port)
