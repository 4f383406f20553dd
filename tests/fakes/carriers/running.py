"""Running a provider of SMS: on loopback, for the length of a block."""

from collections.abc import Sequence

from starlette.routing import Route

from tests.fakes.carriers import control
from tests.fakes.carriers.provider import Carrier


class Served(Carrier):
    """With its server."""

    def all_routes(self) -> Sequence[Route]:
        """Its HTTP API, and what it can be told."""
        return [*self.routes(), *control.routes(self)]
