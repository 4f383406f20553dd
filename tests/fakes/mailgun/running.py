"""Running the fake Mailgun: on loopback, for the length of a block."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime

from starlette.routing import Route

from tests.fakes.mailers import control
from tests.fakes.mailgun import api
from tests.fakes.mailgun.provider import SIGNER, Mailgun
from tests.fakes.serving import real_time, serving


class RunningMailgun(Mailgun):
    """With its server."""

    def routes(self) -> list[Route]:
        """Its HTTP API."""
        return api.routes(self)

    def all_routes(self) -> Sequence[Route]:
        """Its HTTP API, and what it can be told."""
        return [*self.routes(), *control.routes(self)]


def running_mailgun(
    *, now: Callable[[], datetime] = real_time, signer: str = SIGNER, port: int = 0
) -> AbstractAsyncContextManager[RunningMailgun]:
    """Until the block ends; `now` is the hub's clock, since signatures grow old by it."""
    return serving(lambda client: RunningMailgun(now, client, signer=signer), port)
