"""Running the sandbox: on loopback, for the length of a block."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime

from starlette.routing import Route

from tests.fakes.sandbox import api, control
from tests.fakes.sandbox.provider import Sandbox
from tests.fakes.serving import Served, real_time, serving

KEY = "key-of-the-sandbox"


class RunningSandbox(Sandbox, Served):
    """The sandbox with its server."""

    def all_routes(self) -> Sequence[Route]:
        """Its HTTP API, and what it can be told."""
        return [*api.routes(self), *control.routes(self)]


def running_sandbox(
    *, now: Callable[[], datetime] = real_time, key: str = KEY, port: int = 0
) -> AbstractAsyncContextManager[RunningSandbox]:
    """Until the block ends; `now` is the hub's clock, since signatures grow old by it."""
    return serving(lambda client: RunningSandbox(now, client, key=key), port)
