"""Whether a rule acts on an entry: the same decision for a real run and for a dry one."""

from typing import Literal

import msgspec

from hub.rules.case import Case
from hub.rules.filters import RuleCondition
from hub.rules.loops import MOST_DEPTH, depth_of, is_own
from hub.rules.matching import failing
from hub.rules.models import Opened
from hub.rules.whens import is_so

Because = Literal["", "no_entry", "own_entry", "condition", "chain_too_long", "hidden"]


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """Yes; or no, and why: with the first condition that was not so, where it was a condition."""

    because: Because = ""
    failed: RuleCondition | None = None

    @property
    def is_yes(self) -> bool:
        """Whether the rule acts."""
        return not self.because


async def decide(case: Case, rule: Opened) -> Decision:
    """Ask the cheapest first. A chain that is too long counts only where the rule would have acted."""
    if is_own(rule.id, case.entry):
        return Decision(because="own_entry")
    if not await is_so(case.deps, case.entry, rule.when):
        return Decision(because="no_entry")
    if failed := failing(rule.body.only_if, await case.facts(rule.body.only_if)):
        return Decision(because="condition", failed=failed)
    if depth_of(case.entry) >= MOST_DEPTH:
        return Decision(because="chain_too_long")
    return Decision()
