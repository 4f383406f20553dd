"""Rules, as they are stored: what a rule says is sealed, since it may quote somebody and speaks to people."""

from datetime import datetime
from enum import StrEnum

import msgspec
from bson.binary import Binary

from hub.rules.deeds import Deeds
from hub.rules.filters import RuleFilter
from hub.store.documents import Stored

RULES, RUNS = "rules", "rule_runs"
PLACE = f"{RULES}.body"
# In the place of a rule.
ALL = "all"


class When(StrEnum):
    """What a rule waits for. docs/rules.md says of each what it is."""

    MESSAGE_RECEIVED = "message_received"
    FIRST_MESSAGE = "first_message"
    MESSAGE_SENT = "message_sent"
    NOTE_WRITTEN = "note_written"
    THREAD_OPENED = "thread_opened"
    THREAD_CLOSED = "thread_closed"
    THREAD_REOPENED = "thread_reopened"
    THREAD_SNOOZED = "thread_snoozed"
    OWNER_CHANGED = "owner_changed"
    TAGGED = "tagged"
    PRIORITY_SET = "priority_set"
    LEAD_CHANGED = "lead_changed"
    STAGE_CHANGED = "stage_changed"
    OPTED_OUT = "opted_out"
    CLOCK_WARNING = "clock_warning"
    CLOCK_BREACHED = "clock_breached"
    SURVEY_ANSWERED = "survey_answered"


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """All of a rule that is sealed."""

    name: str
    only_if: RuleFilter = msgspec.field(name="if")
    then: Deeds


class Rule(Stored, frozen=True):
    """When something happens, if it is so, then do this. `body` is sealed JSON."""

    body: Binary
    when: When
    made_at: datetime
    # Rules run in this order.
    position: int
    is_on: bool = True
    # Whatever stands behind it does not run where this one has run.
    stop_here: bool = False
    # How often it has failed without a success between, and why it was switched off.
    failures: int = 0
    stopped_because: str | None = None
    # Raised by whoever changes what it says.
    rev: int = 0


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that can be read."""

    id: str
    account: str
    body: Body
    when: When
    is_on: bool = True
    stop_here: bool = False
    failures: int = 0
    rev: int = 0


class Run(Stored, frozen=True):
    """A rule has decided to act on an entry. It stands before anything is done, so that whoever takes over from a
    process that died finishes what was begun, whatever the rule would decide by then. That of `ALL` says that all rules
    are through with the entry."""

    rule: str
    thread: str
    entry: str
    at: datetime
    depth: int = 0
    deeds: int = 0
    # As which the rule was decided, and under which epoch.
    rule_rev: int = 0
    epoch: int = 0
    # The rules in front of it that have decided to do nothing.
    passed: list[str] = msgspec.field(default_factory=list)
    # Which of the deeds that leave nothing in the log are done.
    done: list[int] = msgspec.field(default_factory=list)
    done_at: datetime | None = None


def run_id(rule: str, entry: str) -> str:
    """A rule runs once for an entry."""
    return f"{rule}.{entry}"
