"""So many of what is large in the memory of one process at once, and no more: whoever finds no place comes again."""

from collections.abc import Iterator
from contextlib import contextmanager

from hub.errors import Unavailable

AGAIN_AFTER_S = 5


class NoPlace(Unavailable):
    """Too much that is large comes in at once."""

    code = "no_place"


class Places:
    """What is taken is given back at the end of the block, however that comes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken = 0

    @contextmanager
    def one(self) -> Iterator[None]:
        """A place for the length of the block, or NoPlace."""
        if self._taken >= self._most:
            raise NoPlace("Too much that is large comes in at once.", retry_after_s=AGAIN_AFTER_S)
        self._taken += 1
        try:
            yield
        finally:
            self._taken -= 1
