"""A rule that goes on failing is switched off, with the reason where everybody sees it."""

from collections.abc import Mapping
from typing import Any

import structlog

from hub.deps import Deps
from hub.rules import repository
from hub.rules.keeping import forget
from hub.rules.models import Opened

log = structlog.get_logger()

MOST_FAILURES = 20
ATTEMPTS = 10


async def count(deps: Deps, rule: Opened, why: str) -> None:
    """It has failed, for this reason; or has not, when there is none. In a row is what counts."""
    if not why and not rule.failures:
        return
    for _ in range(ATTEMPTS):
        found = await repository.find_rule(deps.mongo, rule.account, rule.id)
        if found is None:
            return
        now = found.failures + 1 if why else 0
        more = stopped(why) if now >= MOST_FAILURES else {}
        if await repository.count_failures(deps.mongo, rule.account, rule.id, seen=found.failures, now=now, more=more):
            if more:
                log.warning("rule_stopped", rule=rule.id)
            break
    forget(deps, rule.account)


def stopped(why: str) -> Mapping[str, Any]:
    """It does nothing more until somebody switches it on again."""
    return {"is_on": False, "stopped_because": why}
