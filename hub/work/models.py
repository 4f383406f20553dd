"""Due work as operators and admins see it."""

from datetime import datetime

from hub.http.endpoint import Output


class KindReport(Output, frozen=True):
    """One kind of work: how much waits, how much was given up. Counted up to a thousand."""

    kind: str
    overdue: int
    buried: int


class WorkReport(Output, frozen=True):
    """All kinds."""

    kinds: list[KindReport]


class Buried(Output, frozen=True):
    """One piece of work that was given up, and why."""

    id: str
    account: str
    reason: str
    attempts: int
    at: datetime


class BuriedPage(Output, frozen=True):
    """Some of it, the latest first; `next` is the cursor of the following page."""

    items: list[Buried]
    next: str | None


class Revived(Output, frozen=True):
    """It is due again."""

    id: str
    due_at: datetime
