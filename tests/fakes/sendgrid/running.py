"""Running the fake SendGrid: on loopback, for the length of a block."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime

from starlette.routing import Route

from tests.fakes.mailers import control
from tests.fakes.sendgrid import api
from tests.fakes.sendgrid.provider import SIGNER, SendGrid
from tests.fakes.serving import real_time, serving


class RunningSendGrid(SendGrid):
    """With its server."""

    def routes(self) -> list[Route]:
        """Its HTTP API."""
        return api.routes(self)

    def all_routes(self) -> Sequence[Route]:
        """Its HTTP API, and what it can be told."""
        return [*self.routes(), *control.routes(self)]


def running_sendgrid(
    *, now: Callable[[], datetime] = real_time, signer: str = SIGNER, port: int = 0
) -> AbstractAsyncContextManager[RunningSendGrid]:
    """Until the block ends; `now` is the hub's clock, since signatures grow old by it."""
    return serving(lambda client: RunningSendGrid(now, client, signer=signer), port)
