"""Running Meta: on loopback, for the length of a block."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime

from starlette.routing import Route

from tests.fakes.meta import api, control
from tests.fakes.meta.provider import Meta
from tests.fakes.serving import Served, real_time, serving

TOKEN, SECRET, VERIFY_TOKEN = "token-of-the-app", "secret-of-the-app", "a-word-of-ours"


class RunningMeta(Meta, Served):
    """Meta with its server."""

    def all_routes(self) -> Sequence[Route]:
        """Its HTTP API, and what it can be told."""
        return [*control.routes(self), *api.routes(self)]


def running_meta(
    *,
    now: Callable[[], datetime] = real_time,
    token: str = TOKEN,
    secret: str = SECRET,
    verify_token: str = VERIFY_TOKEN,
    port: int = 0,
) -> AbstractAsyncContextManager[RunningMeta]:
    """Until the block ends; `now` is the hub's clock, since windows close by it."""
    return serving(lambda client: RunningMeta(now, client, token=token, secret=secret, verify_token=verify_token), port)
