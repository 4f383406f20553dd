"""How much a socket may ask, its caller over all their sockets, and all of an account: counted in the process that
holds them, so that a question costs no way to Redis."""

import time
from collections.abc import Sequence

PER_S, MOST = 20.0, 60.0
# All screens that one may have come back at once, each asking for everything; then they ask as often as one.
CALLER_PER_S, MOST_OF_CALLER = 20.0, 400.0
# And so a thousand screens of an account.
ACCOUNT_PER_S, MOST_OF_ACCOUNT = 400.0, 12_000.0
# Whoever has not asked for longer than so many others have most likely as much as at first.
REMEMBERED = 20_000


class Budget:
    """Fills by `per_s` a second, up to `most`."""

    __slots__ = ("_at_s", "_left", "_most", "_per_s")

    def __init__(self, per_s: float = PER_S, most: float = MOST) -> None:
        self._per_s, self._most = per_s, most
        self._left, self._at_s = most, time.monotonic()

    def take(self, weight: int) -> float:
        """0.0 when it was enough; else after how many seconds it will be."""
        return take_of_all([self], weight)

    def wait_s(self, weight: int) -> float:
        """After how many seconds there is so much in it."""
        now = time.monotonic()
        self._left = min(self._most, self._left + (now - self._at_s) * self._per_s)
        self._at_s = now
        return max(0.0, weight - self._left) / self._per_s

    def spend(self, weight: int) -> None:
        """So much is gone."""
        self._left -= weight


class Budgets:
    """One for each of those who ask, by their ids. They outlast sockets: going and coming fills none."""

    def __init__(self, per_s: float, most: float) -> None:
        self._per_s, self._most = per_s, most
        self._known: dict[str, Budget] = {}

    def forget(self) -> None:
        """Everybody begins anew."""
        self._known.clear()

    def of(self, id: str) -> Budget:
        """What this one may ask."""
        budget = self._known.pop(id) if id in self._known else Budget(self._per_s, self._most)
        self._known[id] = budget
        if len(self._known) > REMEMBERED:
            self._known.pop(next(iter(self._known)))
        return budget


def take_of_all(budgets: Sequence[Budget], weight: int) -> float:
    """As much from each, or nothing from any: 0.0 when all had enough; else after how many seconds they will."""
    wait_s = max(budget.wait_s(weight) for budget in budgets)
    if not wait_s:
        for budget in budgets:
            budget.spend(weight)
    return wait_s
