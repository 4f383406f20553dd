"""The audit log as people see it."""

from datetime import datetime
from typing import Annotated, Any

import msgspec

from hub.http.endpoint import Input, Moment, Output


class AuditFilters(Input, frozen=True):
    """Which entries: whose acts, which action, on what, from `after` on and earlier than `before`."""

    actor: str = ""
    action: str = ""
    target: str = ""
    after: Moment | None = None
    before: Moment | None = None


class AuditQuery(AuditFilters, frozen=True):
    """Which page of them."""

    cursor: str = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=200)] = 50


class AuditActor(Output, frozen=True):
    """Who acted: a member, a key, the operator, or a stranger, who has no id."""

    kind: str
    id: str


class AuditEntry(Output, frozen=True):
    """One act. `target` names what was acted on, `request` the request in the process's log, `status` how it ended.
    `address`, `before` and `after` are null when they cannot be read, because they were damaged or their key erased."""

    id: str
    seq: int
    at: datetime
    actor: AuditActor
    action: str
    target: dict[str, str]
    status: int
    request: str
    address: str | None
    before: Any
    after: Any
    hash: str


class AuditPage(Output, frozen=True):
    """Some of the log, the latest first; `next` is the cursor of the following page."""

    items: list[AuditEntry]
    next: str | None
