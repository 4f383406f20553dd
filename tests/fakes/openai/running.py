"""Running the fake endpoint of models: on loopback, for the length of a block."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager

from starlette.routing import Route

from tests.fakes.openai import api
from tests.fakes.openai.provider import KEY, Endpoint
from tests.fakes.serving import Served, serving


class RunningOpenAI(Endpoint, Served):
    """With its server."""

    @property
    def base_url(self) -> str:
        """What is entered as its URL."""
        return f"{self.url}{api.PATH}"

    def all_routes(self) -> Sequence[Route]:
        """Its HTTP API, and what it can be told."""
        return api.routes(self)


def running_openai(*, key: str = KEY, port: int = 0) -> AbstractAsyncContextManager[RunningOpenAI]:
    """Until the block ends."""
    return serving(lambda client: RunningOpenAI(key=key), port)
