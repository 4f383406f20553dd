"""Running the fake Twilio: on loopback, for the length of a block."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime

from starlette.routing import Route

from tests.fakes.serving import Served, real_time, serving
from tests.fakes.twilio import api, control
from tests.fakes.twilio.provider import Twilio

ACCOUNT, TOKEN = f"AC{'7' * 32}", "token-of-the-account"


class RunningTwilio(Twilio, Served):
    """Twilio with its server."""

    def all_routes(self) -> Sequence[Route]:
        """Its HTTP API, and what it can be told."""
        return [*api.routes(self), *control.routes(self)]


def running_twilio(
    *, now: Callable[[], datetime] = real_time, account: str = ACCOUNT, token: str = TOKEN, port: int = 0
) -> AbstractAsyncContextManager[RunningTwilio]:
    """Until the block ends."""
    return serving(lambda client: RunningTwilio(now, client, account=account, token=token), port)
