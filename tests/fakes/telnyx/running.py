"""Running the fake Telnyx: on loopback, for the length of a block."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime

from starlette.routing import Route

from tests.fakes.serving import real_time, serving
from tests.fakes.telnyx import api
from tests.fakes.telnyx.provider import SIGNER, Telnyx


class RunningTelnyx(Telnyx):
    """With its server."""

    def routes(self) -> list[Route]:
        """Its HTTP API."""
        return api.routes(self)


def running_telnyx(
    *, now: Callable[[], datetime] = real_time, signer: str = SIGNER, port: int = 0
) -> AbstractAsyncContextManager[RunningTelnyx]:
    """Until the block ends; `now` is the hub's clock, since signatures grow old by it."""
    return serving(lambda client: RunningTelnyx(now, client, signer=signer), port)
