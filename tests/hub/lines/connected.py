"""Lines of the sandbox, connected without anybody signing in."""

import itertools
from typing import Any

from hub.access import Caller, Permission, Scope
from hub.act import Act
from hub.deps import Deps
from hub.lines import actions
from hub.lines.models import Line
from hub.lines.shapes import LineWanted
from hub.store.ids import new_id

SECRET = "the secret of the webhook"
VALUES = {"url": "http://127.0.0.1:1", "key": "the key", "webhook_secret": SECRET}
NUMBERS = itertools.count(1)


def act_in(deps: Deps, account: str = "acme") -> Act:
    """An act of somebody who may everything."""
    caller = Caller("member", "somebody", account, dict.fromkeys(Permission, Scope.ALL))
    return Act(deps, caller, new_id(deps.clock.now()))


def a_number() -> str:
    """A number that no other line has."""
    return f"+49302{next(NUMBERS):07}"


async def connect(deps: Deps, provider: str = "sandbox_sms", *, account: str = "acme", **more: Any) -> Line:
    """A line that works."""
    given: dict[str, Any] = {"name": "Our number", "address": a_number(), "values": VALUES, **more}
    made = await actions.make_line(act_in(deps, account), LineWanted(provider=provider, **given))
    return await actions.get_line(deps, account, made.id)
