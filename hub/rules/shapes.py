"""What the API takes and shows of rules."""

from datetime import datetime

import msgspec

from hub.accounts.shapes import Ids, Name
from hub.http.endpoint import Input, Output
from hub.rules.deciding import Because
from hub.rules.deeds import AnyDeed, Deeds
from hub.rules.filters import RuleCondition, RuleFilter
from hub.rules.models import When
from hub.threads.shapes import EntryShown


class RuleWanted(Input, frozen=True, kw_only=True):
    """When something happens, if it is so, then do this. `stop_here`: where it has run, the rules behind it do not."""

    name: Name
    when: When
    only_if: RuleFilter = msgspec.field(name="if", default=RuleFilter())
    then: Deeds
    is_on: bool = True
    stop_here: bool = False


class RuleChange(Input, frozen=True):
    """What is to be otherwise; what is left out stays. Switching it on forgets why it was switched off."""

    name: Name | None = None
    when: When | None = None
    only_if: RuleFilter | None = msgspec.field(name="if", default=None)
    then: Deeds | None = None
    is_on: bool | None = None
    stop_here: bool | None = None


class RuleShown(Output, frozen=True):
    """A rule. `failures` is how often it has failed without a success between; `stopped_because` is why it was
    switched off, if it was not a member who did so."""

    id: str
    name: str
    when: When
    only_if: RuleFilter = msgspec.field(name="if")
    then: list[AnyDeed]
    is_on: bool
    stop_here: bool
    failures: int
    stopped_because: str | None
    made_at: datetime


class RuleList(Output, frozen=True):
    """All rules, in the order in which they run."""

    items: list[RuleShown]


class OrderWanted(Input, frozen=True):
    """Rules by id: these first, in this order; the others stay behind them, in theirs."""

    rule_ids: Ids


class DeedForeseen(Output, frozen=True):
    """What would be done, and why not, where that can be known before: the code of the gate or of the error,
    or `hidden` where it would tell of a person whom whoever asks may not see."""

    do: str
    refused: str | None


class Tried(Output, frozen=True):
    """What a rule would have done in one conversation, at the last entry of the kind that it waits for. `because` says
    why it would have done nothing: `no_entry`, `condition` (`failed` is the first that was not so), `own_entry`, or
    `chain_too_long`; or `hidden`: the rule asks about a person whom whoever asks may not see."""

    thread_id: str
    person_id: str
    person_name: str
    entry: EntryShown | None
    is_match: bool
    because: Because
    failed: RuleCondition | None
    would: list[DeedForeseen]


class DryRun(Output, frozen=True):
    """What a rule would have done in the conversations that moved last, of those that whoever asks may read."""

    items: list[Tried]
    matched: int
